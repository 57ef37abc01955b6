"""Takes out of a log line, or of what goes to Sentry, what has the shape of a secret or an address.

The second layer: what we log names no secret to begin with. This one is for what others say.
"""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

MASK = "•••"
LONGEST = 8_000
NAMES = r"(?:token|password|passwd|secret|authorization|cookie|session_?id|api_?key|dsn)"
SECRET_NAME = re.compile(NAMES, re.IGNORECASE)
SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)\b(basic|bearer)\s+[\w+/=.~-]{8,}"), rf"\1 {MASK}"),
    (re.compile(r"\bAT[A-Z]{1,4}3?[A-Za-z0-9_=-]{16,}"), MASK),  # how Atlassian's tokens begin
    (re.compile(rf"(?i)({NAMES}[\"']?\s*[:=]\s*[\"']?)(?!{MASK})[^\s\"',;&)}}]+"), rf"\1{MASK}"),
    (re.compile(r"(://)[^/\s:@]*:[^/\s@]+@"), rf"\1{MASK}@"),
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), f"{MASK}@{MASK}"),
    (re.compile(r"\?[^\s\"'<>=?]+=[^\s\"'<>]*"), f"?{MASK}"),  # the query of an address
    (re.compile(r"DETAIL:[^\n]*"), f"DETAIL: {MASK}"),  # PostgreSQL quotes whole rows there
)


def redact(text: str) -> str:
    """Clipped as well: nobody reads on, and the shapes are searched for in linear time."""
    text = text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    for shape, masked in SHAPES:
        text = shape.sub(masked, text)
    return text


def redact_line(
    _logger: Any, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A step of structlog."""
    return {name: redacted(name, value) for name, value in line.items()}


def redacted(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if SECRET_NAME.search(name):
        return MASK
    if isinstance(value, Mapping):
        return {str(key): redacted(str(key), each) for key, each in value.items()}
    if isinstance(value, list | tuple | set):
        return [redacted("", each) for each in value]
    return redact(value if isinstance(value, str) else repr(value))
