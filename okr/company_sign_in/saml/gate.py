"""The one way to the library that reads SAML, which need not be installed."""

from importlib.util import find_spec

from okr.company_sign_in.errors import ProviderError
from okr.company_sign_in.saml.shapes import Here, House, Proven, Wanted

HOW = "needs more than is installed here: see “Company sign-in” in the operator's guide"


def is_installed() -> bool:
    return find_spec("onelogin") is not None


def read_metadata(text: bytes | str) -> House:
    """Raises ProviderError."""
    _ask_whether_installed()
    from okr.company_sign_in.saml.metadata import read

    return read(text)


def prove(sent: str, house: House, here: Here, wanted: Wanted) -> Proven:
    """Raises ProviderError."""
    _ask_whether_installed()
    from okr.company_sign_in.saml import proving

    return proving.prove(sent, house, here, wanted)


def _ask_whether_installed() -> None:
    if not is_installed():
        raise ProviderError(HOW)
