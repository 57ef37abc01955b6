"""Growing the wiki from the tables of a seed: spaces, and pages with all their versions."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from math import ceil

from jira_sandbox.model.nouns import Role
from jira_sandbox.model.page import Page, Space, Standing, Version
from jira_sandbox.model.site import Site
from jira_sandbox.model.tables import SEEDS, Row, read_table

HEADING = "@ "


def seed_spaces(site: Site) -> None:
    for row in read_table(site.seed, "spaces"):
        view, edit = Role(row["view"]), Role(row["edit"])
        site.wiki.spaces[row["key"]] = Space(int(row["id"]), row["key"], row["name"], view, edit)


def seed_pages(site: Site) -> None:
    bodies = _bodies(site.seed)
    for row in read_table(site.seed, "pages"):
        site.wiki.add(_page(site, row, bodies[row["id"]]))


def _page(site: Site, row: Row, lines: list[str]) -> Page:
    parent = int(row["parent"]) if row["parent"] else None
    page = Page(int(row["id"]), site.wiki.spaces[row["space"]], parent)
    page.readers = frozenset(row["readers"].split())
    marks = row["marks"].split()
    page.locked = "locked" in marks
    page.status = next((each for each in Standing if each in marks), Standing.CURRENT)
    page.versions = list(_versions(site, row, lines))
    return page


def _versions(site: Site, row: Row, lines: list[str]) -> Iterator[Version]:
    """`who` and `days` name one for each; an earlier version has less of the text."""
    writers, days = row["who"].split(), row["days"].split()
    for number, (who, days_ago) in enumerate(zip(writers, days, strict=True), 1):
        at = _moment(site.clock().date(), int(days_ago), int(row["id"]) + number)
        body = "".join(lines[: ceil(len(lines) * number / len(days))])
        yield Version(number, at, site.accounts[who], row["title"], body)


def _moment(today: date, days_ago: int, number: int) -> datetime:
    """Somewhere in the working hours of that day, a little different for every version."""
    at = time(8 + number % 9, number * 7 % 60, number * 13 % 60, tzinfo=UTC)
    return datetime.combine(today - timedelta(days=days_ago), at)


def _bodies(seed: str) -> dict[str, list[str]]:
    """By the number of the page: each line is a block in storage format."""
    bodies: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (SEEDS / seed / "bodies.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(HEADING):
            lines = bodies.setdefault(line.removeprefix(HEADING).strip(), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return bodies
