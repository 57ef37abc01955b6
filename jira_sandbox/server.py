"""Carrying requests and responses over HTTP/1.1: threads, keep-alive, and broken deliveries."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from jira_sandbox.messages import Request, Response

LARGEST_BODY = 5_000_000
HANG_UP_NOW = struct.pack("ii", 1, 0)  # linger on, zero seconds: close with a reset
Answer = Callable[[Request], Response]


class SandboxServer(ThreadingHTTPServer):
    """Listens once made. `close` also ends the connections that callers keep alive."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, answer: Answer) -> None:
        self.answer = answer
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        self._thread: threading.Thread | None = None
        super().__init__((host, port), Conversation)

    @property
    def address(self) -> str:
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def start(self) -> None:
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        with self._open_lock:
            for connection in self._open:
                _shut(connection)
        if self._thread:
            self._thread.join()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8) == HANG_UP_NOW:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hangs up is no event here."""


class Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: SandboxServer

    def _converse(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            self.close_connection = True
            self._send(Response(413))
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(length))
        self._send(self.server.answer(Request(self.command, self.path, headers, body)))

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _converse  # noqa: N815

    def _send(self, response: Response) -> None:
        delivery = response.delivery
        if delivery.reset:
            self._reset()
            return
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        body = response.body if self.command != "HEAD" else b""
        if delivery.cut_after is not None:
            body, self.close_connection = body[: delivery.cut_after], True
        if delivery.pause:
            self._drip(body, delivery.pause)
        else:
            self.wfile.write(body)

    def _drip(self, body: bytes, pause: float) -> None:
        for place in range(len(body)):
            self.wfile.write(body[place : place + 1])
            self.wfile.flush()
            time.sleep(pause)

    def _reset(self) -> None:
        """Closing then sends a reset instead of a farewell; see `shutdown_request`."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, HANG_UP_NOW)

    def version_string(self) -> str:
        return "SandboxJira"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """The ledger keeps what matters."""


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
