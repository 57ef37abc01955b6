"""What the clients of all products have in common: where they ask, and reading the answers."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import urlsplit

from okr.outgoing import Patience

from .credentials import Credentials
from .dialect import Dialect
from .errors import BrokenAnswer
from .policy import AddressPolicy
from .shapes import ShapeError, required
from .transport import Call, Transport

T = TypeVar("T")

CLOUD_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


class Driver:
    """Asks below `url`, which is the site itself or the gateway. Close it after use."""

    dialect: ClassVar[Dialect]
    api: ClassVar[str] = ""

    def __init__(
        self,
        url: str,
        credentials: Credentials,
        policy: AddressPolicy,
        *,
        patience: Patience | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._base = url + self.api
        patience = patience or Patience()
        self._transport = Transport(self.dialect, credentials, policy, patience, clock)

    @property
    def calls(self) -> int:
        return self._transport.calls

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._transport.close()

    @property
    def _host(self) -> str:
        return urlsplit(self._base).hostname or ""

    def _get(self, path: str, what: str, **params: str | int) -> Any:
        return self._transport.ask(Call("GET", self._base + path, params, what=what))

    def _send(
        self,
        method: str,
        path: str,
        what: str,
        body: Mapping[str, Any] | None = None,
        **params: str | int,
    ) -> Any:
        return self._transport.ask(Call(method, self._base + path, params, body, what=what))

    def _prove(self, path: str, what: str, read: Callable[[Any], T]) -> T:
        """From then on every answer must name the account that this one names."""
        call = Call("GET", self._base + path, what=what)
        return self._read(read, self._transport.prove(call))

    def _cloud_id(self, origin: str) -> str:
        """The name of a site of Cloud at the gateway."""
        call = Call("GET", f"{origin}/_edge/tenant_info", signed=False, what="this site")
        return self._read(_cloud_id, self._transport.ask(call))

    def _read(self, read: Callable[[Any], T], body: Any) -> T:
        try:
            return read(body)
        except ShapeError as problem:
            place = str(problem)
        raise BrokenAnswer(host=self._host, reason="wrong shape", detail=f"at {place}")


def _cloud_id(body: Any) -> str:
    found = required(body, "cloudId")
    if not CLOUD_ID.fullmatch(found):
        raise ShapeError("cloudId")
    return found
