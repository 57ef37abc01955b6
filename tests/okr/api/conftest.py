"""What the tests of lists ask."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST = 16


@pytest.fixture
def queries_of() -> Callable[[Client, str], int]:
    """How many queries a page of a list costs; never many."""

    def ask(client: Client, url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(f"{url}?limit=100").status_code == 200
        assert len(asked) <= MOST
        return len(asked)

    return ask
