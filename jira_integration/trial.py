"""What a way to measure would make of a key result, tried out before it is chosen.

A field that nothing is measured by yet is not in the mirror: then Jira is asked for it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from jira_integration.calculation import Breakdown, IssueId, Work
from jira_integration.client import JiraClient, JiraError
from jira_integration.counting import Way, fields_named
from jira_integration.explain import explain_to_asker
from jira_integration.linking import PERSON_WAITS, prove_identity
from jira_integration.models import JiraConnection, JiraField, Measuring
from jira_integration.outlook import Known, Rules, calculated, known_issues
from okr.models import KeyResult, Reading

MOST_TRIED = 1_000
TOO_MANY = (
    f"More than {MOST_TRIED:,} issues are linked, too many to try this out. "
    "The number follows after saving."
)
NOT_TOLD = "{name} could not be asked, so the numbers by a field follow after saving. {sentence}"
Numbers = dict[IssueId, Mapping[str, Decimal]]


@dataclass
class Trial:
    """`known` are the linked issues; `numbers` was read just now, and stands above the mirror.

    `trouble` says why no number can be told for what is sized.
    """

    key_result: KeyResult
    sites: list[JiraConnection]
    trouble: str = ""
    numbers: Numbers = field(default_factory=dict)

    @cached_property
    def known(self) -> list[Known]:
        return known_issues(self.key_result)

    @cached_property
    def rules(self) -> Rules:
        return Rules.load()

    @property
    def linked(self) -> int:
        return len({name for name, _, _ in self.known})

    def breakdown(self, way: Way) -> Breakdown:
        return calculated(map(self._told, self.known), way, self.rules)

    def makes(self, way: Way) -> Decimal | None:
        """The percentage as it would be stored; None where there is none, or nobody knows."""
        if way.fields and self.trouble:
            return None
        share = self.breakdown(way).progress
        return None if share is None else Reading(0, share).settled

    def average(self, way: Way) -> Fraction | None:
        """Of the sizes that are known; None where none is."""
        known = [work.size for work in self._works(way) if work.size is not None]
        return sum(known, Fraction(0)) / len(known) if known else None

    def without_size(self, way: Way) -> int:
        return sum(work.size is None for work in self._works(way))

    def _works(self, way: Way) -> Iterable[Work]:
        return self.breakdown(way).works.values()

    def ask_fields(self, now: datetime) -> None:
        """Lists the fields of sites that never told theirs."""
        for site in self.sites:
            if site.fields_listed_at is None:
                self._ask(site, now, lambda client: _list(client, site, now))  # noqa: B023

    def ask_sizes(self, way: Way, now: datetime) -> None:
        """Reads what the way is sized by, where the mirror lacks it."""
        for site in self.sites:
            names = _not_mirrored(way, site)
            linked = sorted({name.number for name, _, _ in self.known if name.site == site.pk})
            if names and len(linked) > MOST_TRIED:
                self.trouble = TOO_MANY
            elif names and linked:
                self._ask(site, now, lambda client: self._read(client, site, linked, names))  # noqa: B023

    def _ask(self, site: JiraConnection, now: datetime, ask: Callable[[JiraClient], None]) -> None:
        refusal = site.refusal(now)
        if refusal is None:
            try:
                with site.client(PERSON_WAITS) as client:
                    prove_identity(client, site)
                    ask(client)
            except JiraError as error:
                refusal = explain_to_asker(error)
        if refusal:
            self.trouble = NOT_TOLD.format(name=site.name, sentence=refusal.sentence)

    def _read(
        self, client: JiraClient, site: JiraConnection, linked: list[int], names: list[str]
    ) -> None:
        for batch in client.read_issues(linked, names):
            for issue in batch:
                self.numbers[IssueId(site.pk, issue.id)] = issue.numbers

    def _told(self, known: Known) -> Known:
        name, seen, weight = known
        return name, replace(seen, numbers={**seen.numbers, **self.numbers.get(name, {})}), weight


def _list(client: JiraClient, site: JiraConnection, now: datetime) -> None:
    JiraField.objects.refresh(site, client.fields(), now)


def _not_mirrored(way: Way, site: JiraConnection) -> list[str]:
    mirrored = fields_named(Measuring.objects.feeding_on(site.pk), site.pk)
    gone = JiraField.objects.gone_from(site.pk)
    return sorted(set(fields_named([way], site.pk)) - set(mirrored) - gone)
