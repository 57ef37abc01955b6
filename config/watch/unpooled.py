"""A database connection of one thread's own, outside the pool, given back when it is done.

A worker forks: a pool that its main program had opened would be inherited, sockets and all. And a
probe asks whether the database answers, not whether the pool has a connection to spare.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

SECONDS = 3
PATIENCE = {"connect_timeout": SECONDS, "tcp_user_timeout": SECONDS * 1000}


@contextmanager
def own_connection() -> Iterator[None]:
    """Only for a thread of our own: what the thread had before is not given back."""
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    options = {k: v for k, v in connection.settings_dict["OPTIONS"].items() if k != "pool"}
    if settings.DATABASE_URL:
        options = PATIENCE | options
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        yield
    finally:
        connection.close()
        del connections[DEFAULT_DB_ALIAS]
