"""One portable file of the whole database, for PostgreSQL and SQLite alike.

A zip archive: a member for each table with a row in each line, as a JSON list of its columns, and a
manifest of what is in it. It holds sealed secrets as they are, and never a key that opens them.
"""

from collections.abc import Callable

OFTEN = 100_000
"""Rows, after which people are told how far it is."""
Say = Callable[[str], None]


class BackupError(Exception):
    """Why nothing was written or restored, in sentences."""
