"""Serves one of these providers on a port of its own, until the program's standard input ends."""

import sys
import threading
from collections.abc import Callable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, demo_app, make_server


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args) -> None:
        """Nothing."""


def serve(application: Callable[[str], Any]) -> None:
    """What it makes of the address, which it prints."""
    server = make_server("127.0.0.1", 0, demo_app, Threaded, Quiet)
    address = f"http://127.0.0.1:{server.server_port}"
    server.set_app(application(address))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    sys.stdin.read()
