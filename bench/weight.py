"""How many bytes a browser that has seen nothing yet loads for a page, everything gzipped."""

import gzip
import re
from functools import cache

from django.test import Client

LEVEL = 6
"""As a web server packs on the fly; what is packed beforehand is smaller."""
PARTS = re.compile(rb'(?:href|src)="(/static/[^"]+)"')


def weight(page: bytes) -> int:
    """The HTML with each style, script and picture that it names."""
    parts = sorted(set(PARTS.findall(page)))
    return _packed(page) + sum(_weight_of_file(part.decode()) for part in parts)


@cache
def _weight_of_file(url: str) -> int:
    answer = Client().get(url)
    assert answer.status_code == 200, url  # noqa: S101  a page that names it is broken
    return _packed(answer.getvalue())


def _packed(body: bytes) -> int:
    return len(gzip.compress(body, LEVEL))
