"""What an OpenID provider publishes about itself, read anew each time."""

from dataclasses import dataclass
from functools import cached_property

from jwt import PyJWK, PyJWKSet, PyJWTError

from okr.company_sign_in.calls import Told, get_json
from okr.company_sign_in.errors import ProviderError

WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Discovery:
    told: Told
    issuer: str

    def __post_init__(self) -> None:
        if self.told.get("issuer") != self.issuer:
            raise ProviderError(f"calls itself {self.told.get('issuer')!r}, not {self.issuer!r}")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            self.address(name)

    def address(self, name: str) -> str:
        found = self.told.get(name)
        if not isinstance(found, str) or not found.startswith(("https://", "http://")):
            raise ProviderError(f"tells no {name}")
        return found

    @property
    def asks_by_header(self) -> bool:
        """Whether the secret goes into the header, as the standard has it where nothing is told."""
        ways = self.told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_post" not in ways

    @cached_property
    def keys(self) -> list[PyJWK]:
        try:
            return PyJWKSet.from_dict(get_json(self.address("jwks_uri"))).keys
        except (PyJWTError, AttributeError, TypeError, ValueError) as error:
            raise ProviderError(f"publishes no key that can be used: {error}") from None


def discover(issuer: str) -> Discovery:
    """Raises ProviderError."""
    return Discovery(get_json(issuer.rstrip("/") + WELL_KNOWN), issuer)
