"""Bodies as they arrive: JSON in UTF-8, of a size that one holds in memory, and each name once."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

NO_JSON = "This is no JSON in UTF-8."
TOO_DEEP = "This JSON is nested too deeply."
TWICE = "The name {} stands twice in one object."


class StrictJSON(BaseParser):
    media_type = "application/json"

    def parse(
        self,
        stream: Any,  # noqa: ARG002
        media_type: str | None = None,  # noqa: ARG002
        parser_context: Any = None,
    ) -> Any:
        try:
            text = parser_context["request"].body.decode()
            parsed = json.loads(text, object_pairs_hook=_once_each, parse_constant=_refuse)
            json.dumps(parsed, ensure_ascii=False).encode()  # no half characters
        except RecursionError:
            raise ParseError(TOO_DEEP) from None
        except ValueError:
            raise ParseError(NO_JSON) from None
        return parsed


def _once_each(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(each for each in names if names.count(each) > 1)
        raise ParseError(TWICE.format(twice.encode("utf-8", "replace").decode()))
    return found


def _refuse(_: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise ValueError
