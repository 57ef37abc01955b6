"""Opens every connection that leaves the product, and only to addresses that the operator allows.

A name is resolved once, every one of its addresses is checked, and the socket goes to a checked
address, so that a name cannot change its meaning in between. TLS still proves the name.
"""

import socket
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from .address import PORTS
from .errors import AddressRefused, PlainHttp, ServerNotFound, TimedOut
from .policy import AddressPolicy
from .ranges import Address, Reach, reach_of, read_literal

CONNECT_SECONDS = 10.0


def admit(
    scheme: str, host: str, port: int, policy: AddressPolicy, seconds: float = CONNECT_SECONDS
) -> list[Address]:
    """The addresses of the host, when each of them may be connected to."""
    listed = policy.lists(host, port)
    if scheme != "https" and not listed:
        raise PlainHttp(host=host)
    if port != PORTS["https"] and not listed:
        raise AddressRefused(host=host, detail=f"port {port} is not listed")
    addresses = _resolve(host, port, policy, seconds)
    for address in addresses:
        if not _may_connect(address, host, listed):
            reach = reach_of(address)
            raise AddressRefused(host=host, detail=f"{address} is {reach}, listed: {listed}")
    return addresses


def refuse_at_sight(scheme: str, host: str, port: int, policy: AddressPolicy) -> None:
    """Raises AddressRefused or PlainHttp for what no answer to its name could open."""
    with suppress(ServerNotFound):
        admit(scheme, host, port, replace(policy, resolver=lambda *_: []))


def _resolve(host: str, port: int, policy: AddressPolicy, seconds: float) -> list[Address]:
    if literal := read_literal(host):
        return [literal]
    try:
        addresses = policy.resolver(host, port, seconds)
    except TimeoutError:
        addresses, problem = [], "the name could not be resolved in time"
    except OSError as error:
        addresses, problem = [], f"the name could not be resolved: {error}"
    else:
        problem = "the name has no address"
    if not addresses:
        raise ServerNotFound(host=host, detail=problem)
    return addresses


def _may_connect(address: Address, host: str, listed: bool) -> bool:
    """A private address needs its host listed; loopback needs the address itself listed."""
    match reach_of(address):
        case Reach.PUBLIC:
            return True
        case Reach.PRIVATE:
            return listed
        case Reach.LOOPBACK:
            return listed and host == str(address)
        case _:
            return False


def connect(host: str, port: int, addresses: list[Address], seconds: float) -> socket.socket:
    """A connection to the first address that takes one; the time is shared among them."""
    ends = time.monotonic() + seconds
    problem: OSError | None = None
    for place, address in enumerate(addresses):
        share = max((ends - time.monotonic()) / (len(addresses) - place), 0.05)
        try:
            return socket.create_connection((str(address), port), timeout=share)
        except OSError as error:
            problem = error
    if isinstance(problem, TimeoutError):
        raise TimedOut(host=host, seconds=round(seconds), connected=False)
    raise ServerNotFound(host=host, detail=str(problem))


class _GuardedConnection(HTTPConnection):
    """Asks the adapter for its socket instead of opening one."""

    def __init__(self, *args: Any, adapter: "GuardedAdapter", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._adapter = adapter

    def _new_conn(self) -> socket.socket:
        scheme = "https" if self.default_port == PORTS["https"] else "http"
        return self._adapter.dial(scheme, self.host, self.port or self.default_port)


class _GuardedTlsConnection(_GuardedConnection, HTTPSConnection):
    pass


class _GuardedPool(HTTPConnectionPool):
    ConnectionCls = _GuardedConnection


class _GuardedTlsPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedTlsConnection


class GuardedAdapter(HTTPAdapter):
    """The only way out. For one thread; `cut` alone may be called from another."""

    def __init__(self, policy: AddressPolicy, connect_seconds: float = CONNECT_SECONDS) -> None:
        self._policy = policy
        self._connect_seconds = connect_seconds
        self._line: socket.socket | None = None
        super().__init__(pool_connections=2, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self._take_over(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        self._take_over(manager)
        return manager

    def _take_over(self, pools: PoolManager) -> None:
        makers = {
            "http": partial(_GuardedPool, adapter=self),
            "https": partial(_GuardedTlsPool, adapter=self),
        }
        pools.pool_classes_by_scheme = cast("dict[str, type]", makers)

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        if self._policy.proxy:
            self._screen(request.url or "")
        return super().send(request, *args, **kwargs)

    def _screen(self, url: str) -> None:
        """Behind a proxy only the proxy may know the name: then it decides where that leads."""
        parts = urlsplit(url)
        try:
            admit(
                parts.scheme,
                parts.hostname or "",
                parts.port or PORTS[parts.scheme],
                self._policy,
                self._connect_seconds,
            )
        except ServerNotFound:
            return

    def dial(self, scheme: str, host: str, port: int) -> socket.socket:
        if self._policy.proxy:  # the operator's own choice of address
            addresses = _resolve(host, port, self._policy, self._connect_seconds)
        else:
            addresses = admit(scheme, host, port, self._policy, self._connect_seconds)
        line = connect(host, port, addresses, self._connect_seconds)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._let_go()
        self._line = line.dup()  # TLS takes the socket itself away
        return line

    def cut(self) -> None:
        """Ends the connection at once, wherever the reading thread is waiting."""
        if line := self._line:
            with suppress(OSError):  # it may have ended by itself
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        super().close()
        self._let_go()

    def _let_go(self) -> None:
        if self._line:
            self._line.close()
            self._line = None
