"""Small real servers on loopback that say whatever a test wants, and remember what they heard."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Heard:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Said:
    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json;charset=UTF-8"

    @property
    def payload(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Answer = Callable[[Heard], Said]
Speak = Callable[[socket.socket], object]


class Station(ThreadingHTTPServer):
    """An HTTP server whose answers a test writes."""

    daemon_threads = True

    def __init__(self, answer: Answer, tls: ssl.SSLContext | None = None) -> None:
        self.answer = answer
        self.heard: list[Heard] = []
        self.callers: set[int] = set()
        super().__init__(("127.0.0.1", 0), _Desk)
        self.scheme = "http"
        if tls:
            self.scheme = "https"
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.place}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers may hang up."""


class _Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Station

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length)) if length else None
        headers = dict(self.headers.items())
        heard = Heard(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
        self.server.heard.append(heard)
        self.server.callers.add(self.client_address[1])
        said = self.server.answer(heard)
        self.send_response(said.status)
        length_said = {"Content-Length": str(len(said.payload)), "Content-Type": said.kind}
        for name, value in {**length_said, **said.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(said.payload)

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def station(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[Station]:
    server = Station(answer, tls)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def line(speak: Speak) -> Iterator["Line"]:
    """A bare TCP listener, for what no HTTP server would say."""
    listening = Line(speak)
    try:
        yield listening
    finally:
        listening.close()


class Line:
    def __init__(self, speak: Speak) -> None:
        self.connections = 0
        self.over = threading.Event()
        self._speak = speak
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.place = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.place}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.over.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            self._speak(connection)
