"""What the log would hold of a test, as whoever collects it reads it."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from config.watch.logs import WithoutAddresses, formatter


class Lines(logging.Handler):
    """As our handler writes them, and as parsed again."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(formatter("json"))
        self.addFilter(WithoutAddresses())
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))

    @property
    def text(self) -> str:
        return "\n".join(self.written)

    @property
    def parsed(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.written]

    def of(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.parsed if line["event"] == event]


@contextmanager
def listening() -> Iterator[Lines]:
    """From INFO on, as in production."""
    root, handler = logging.getLogger(), Lines()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
