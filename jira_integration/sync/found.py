"""What Jira answered in one run: of the issues, only what is news."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jira_integration.client import Field, Issue, QueryRefused
from jira_integration.sync.planned import Search
from jira_integration.sync.sieve import (
    CATEGORY,
    FINGERPRINT,
    MOMENT,
    NO_SIZES,
    SIZES,
    Sieve,
    Standing,
    is_news,
    sizes,
)

NO_FINGERPRINTS: Mapping[int, str] = {}


@dataclass(slots=True)
class Found:
    """Empty where a run works from the mirror.

    `read` are all issues that came, by number; `issues` those that are not as the mirror tells,
    `moved` those among them whose category is another; `fingerprints` are of their letters, where
    they are known, and `renews` says that the mirror takes over those of all. `sizes` are what such
    issues had before, `filled` the numeric fields that any issue has now and `had` those that one
    of them had.
    `missing` are issues asked for by number that Jira did not return: deleted or hidden from us.
    `damaged` came in a shape that cannot be read: they have not vanished.
    `outside` came, and lie in no chosen project: their projects by the issue's number.
    `gone` says that an issue which a search had found cannot be read by its number any more.
    `refused` are queries that Jira rejects; they spoil their own links only. `fields` is what the
    site lists, where it was asked.
    """

    read: set[int] = field(default_factory=set)
    issues: dict[int, Issue] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    fingerprints: dict[int, str] = field(default_factory=dict)
    renews: bool = False
    sizes: dict[int, Mapping[str, Decimal]] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    had: set[str] = field(default_factory=set)
    missing: set[int] = field(default_factory=set)
    damaged: set[int] = field(default_factory=set)
    outside: dict[int, int] = field(default_factory=dict)
    queries: dict[Search, list[int]] = field(default_factory=dict)
    refused: dict[Search, QueryRefused] = field(default_factory=dict)
    gone: bool = False
    fields: list[Field] = field(default_factory=list)
    proven: bool = False

    def take(
        self,
        page: Collection[Issue],
        sieve: Sieve,
        fingerprints: Mapping[int, str] = NO_FINGERPRINTS,
    ) -> None:
        """Keeps what is news: a search may lag behind what was read by number, or known before."""
        known = sieve.standing(page)
        for issue in page:
            if issue.id in self.missing:
                continue
            self.read.add(issue.id)
            self.filled.update(issue.numbers)
            earlier, before = self.issues.get(issue.id), known.get(issue.id)
            if before and before[SIZES] != NO_SIZES:
                self.had.update(sizes(before))
            if not _is_older(issue, earlier, before):
                self._keep(issue, earlier, before, fingerprints.get(issue.id, ""))

    def _keep(
        self, issue: Issue, earlier: Issue | None, before: Standing | None, fingerprint: str
    ) -> None:
        if earlier == issue or not (
            earlier
            or before is None
            or is_news(issue, before)
            or self._is_news(fingerprint, before[FINGERPRINT])
        ):
            return
        self.issues[issue.id] = issue
        self.fingerprints[issue.id] = fingerprint
        if before is None:
            return
        if before[CATEGORY] != issue.category:
            self.moved.add(issue.id)
        if before[SIZES] != NO_SIZES:
            self.sizes[issue.id] = sizes(before)

    def _is_news(self, fingerprint: str, before: str) -> bool:
        """Once a day for all: letters that come in another order each time, and tell the same,
        must not be written each time."""
        return bool(fingerprint) and fingerprint != before and (self.renews or not before)


def _is_older(issue: Issue, earlier: Issue | None, before: Standing | None) -> bool:
    if not issue.updated:
        return False
    if earlier:
        return bool(earlier.updated and issue.updated < earlier.updated)
    return bool(before and before[MOMENT] and issue.updated < before[MOMENT])
