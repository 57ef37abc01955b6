"""Sends prepared requests, each as soon as one before it is answered, and notes what came back.

In a process of its own, so that whoever measures something else meanwhile is not slowed down.
"""

import multiprocessing
import socket
import time
from collections import Counter, deque
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

LANES = 16
"""Connections that stay open, as those of a proxy in front of the product."""
PATIENCE = 30.0
HEAD_ENDS = b"\r\n\r\n"


@dataclass(slots=True)
class Volley:
    """`took` are the seconds of each answer, `seconds` how long all of it lasted."""

    seconds: float = 0.0
    took: list[float] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds


def sent(port: int, requests: Sequence[bytes], lanes: int = LANES) -> Volley:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as beside:
        return beside.submit(fire, port, requests, lanes).result()


def fire(port: int, requests: Sequence[bytes], lanes: int) -> Volley:
    waiting, volley = deque(requests), Volley()
    begun = time.monotonic()
    with ThreadPoolExecutor(lanes) as pool:
        for done in [pool.submit(_lane, port, waiting, volley) for _ in range(lanes)]:
            done.result()
    volley.seconds = time.monotonic() - begun
    return volley


def _lane(port: int, waiting: deque[bytes], volley: Volley) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), PATIENCE)) as line:
        while waiting:
            try:
                request = waiting.popleft()
            except IndexError:
                return
            begun = time.monotonic()
            line.sendall(request)
            volley.answers[_status(line)] += 1
            volley.took.append(time.monotonic() - begun)


def _status(line: socket.socket) -> int:
    """Of an answer without a body, which is all that is asked for here."""
    head = b""
    while not head.endswith(HEAD_ENDS):
        part = line.recv(4096)
        if not part:
            raise ConnectionError("The server hung up.")
        head += part
    return int(head.split(b" ", 2)[1])


def post(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A whole request, ready to be sent."""
    named = {"Host": "127.0.0.1", "Content-Type": "application/json; charset=utf-8"} | headers
    lines = [f"{name}: {value}" for name, value in named.items()]
    head = [f"POST {path} HTTP/1.1", *lines, f"Content-Length: {len(body)}"]
    return "\r\n".join(head).encode() + HEAD_ENDS + body
