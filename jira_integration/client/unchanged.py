"""Passes over the issues of an answer that are told exactly as they are known.

Most of them are, in a reading that is repeated every minute. Comparing what Jira wrote with what is
known takes a fraction of reading it; whatever is not the same to the letter is read as ever.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

Standing = tuple[Any, ...]
"""Key, summary, status, category, type, the resolution's id and name, the number of the project,
the moment of the change in seconds since 1970 and None; then what its owner wants to remember."""
LookUp = Callable[[Collection[int]], Mapping[int, Standing]]
COMPARED = 10
ODD = (KeyError, TypeError, ValueError)


def without_known(body: Any, look_up: LookUp) -> tuple[Any, set[int]]:
    """The body with what has to be read, and the numbers of the others."""
    rows = body.get("issues") if isinstance(body, dict) else None
    if not isinstance(rows, list):
        return body, set()
    told = dict(_told(rows))
    known = look_up(told.keys())
    same = {number for number, before in known.items() if told.get(number) == before[:COMPARED]}
    return {**body, "issues": [row for row in rows if _number(row) not in same]}, same


def _told(rows: list[Any]) -> Iterator[tuple[int, Standing]]:
    """Those in the usual shape; the others are read with care."""
    moment = datetime.fromisoformat
    for row in rows:
        try:
            fields = row["fields"]
            status, outcome = fields["status"], fields["resolution"]
            yield (
                int(row["id"]),
                (
                    row["key"],
                    fields["summary"],
                    status["name"],
                    status["statusCategory"]["key"],
                    fields["issuetype"]["name"],
                    outcome["id"] if outcome else "",
                    outcome["name"] if outcome else "",
                    int(fields["project"]["id"]),
                    moment(fields["updated"]).timestamp(),
                    None,
                ),
            )
        except ODD:
            continue


def _number(row: Any) -> int | None:
    try:
        return int(row["id"])
    except ODD:
        return None
