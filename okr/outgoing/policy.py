"""What the operator allows: which addresses, by which way out, trusting whom."""

import queue
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from .address import bracketed
from .ranges import Address, read_literal

Resolver = Callable[[str, int, float], list[Address]]
"""(host, port, seconds) → every address of the name, or a TimeoutError or OSError."""


def look_up(host: str, port: int, seconds: float) -> list[Address]:
    """Asks the system, which has no time limit of its own."""
    return in_time(lambda: _ask_system(host, port), seconds)


def in_time(ask: Callable[[], list[Address]], seconds: float) -> list[Address]:
    """What is asked, in a thread that nobody waits for after the time is up."""
    answers: queue.SimpleQueue[list[Address] | OSError] = queue.SimpleQueue()

    def listen() -> None:
        try:
            answers.put(ask())
        except OSError as error:
            answers.put(error)

    threading.Thread(target=listen, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError("no answer in time") from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def _ask_system(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(str(error)) from error
    texts = dict.fromkeys(str(place[4][0]) for place in found)
    return [address for text in texts if (address := read_literal(text))]


@dataclass(frozen=True)
class AddressPolicy:
    """`allowed_hosts` holds exact `host:port` texts (IPv6 in brackets); each opens itself alone."""

    allowed_hosts: frozenset[str] = frozenset()
    proxy: str = field(default="", repr=False)
    ca_bundle: str = ""
    """A file or folder of certificates that replaces the usual authorities."""
    resolver: Resolver = field(default=look_up, repr=False, compare=False)

    def lists(self, host: str, port: int) -> bool:
        return f"{bracketed(host)}:{port}" in self.allowed_hosts
