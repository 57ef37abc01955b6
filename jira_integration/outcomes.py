"""How the linked issues of a site ended: its resolutions, and how many Done issues have each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from jira_integration.calculation import Category
from jira_integration.client import JiraError
from jira_integration.explain import explain_to_asker
from jira_integration.explanation import issues_counted
from jira_integration.linking import PERSON_WAITS, prove_identity
from jira_integration.models import JiraConnection, JiraIssue

NOT_TOLD = "These are the resolutions that linked issues have. {sentence}"


@dataclass(frozen=True, slots=True)
class Outcome:
    id: str
    name: str
    number: int

    @property
    def counted(self) -> str:
        """3 linked Done issues."""
        return issues_counted(self.number, "linked Done ") if self.number else "No linked issue"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """`trouble` says why Jira did not tell of all."""

    each: list[Outcome]
    trouble: str = ""

    @classmethod
    def of(cls, connection: JiraConnection, now: datetime) -> "Outcomes":
        """Those that Jira names, and whatever linked issues had or somebody chose."""
        names, trouble = _told(connection, now)
        linked = _linked(connection)
        known = {**{id_: name for id_, (name, _) in linked.items()}, **names}
        known |= {id_: id_ for id_ in connection.left_out if id_ not in known}
        each = [Outcome(id_, name, linked.get(id_, ("", 0))[1]) for id_, name in known.items()]
        return cls(sorted(each, key=lambda one: (-one.number, one.name.casefold())), trouble)

    @property
    def ids(self) -> Collection[str]:
        return {one.id for one in self.each}


def _told(connection: JiraConnection, now: datetime) -> tuple[dict[str, str], str]:
    refusal = connection.refusal(now)
    if refusal is None:
        try:
            with connection.client(PERSON_WAITS) as client:
                prove_identity(client, connection)
                return {each.id: each.name or each.id for each in client.resolutions()}, ""
        except JiraError as error:
            refusal = explain_to_asker(error)
    return {}, NOT_TOLD.format(sentence=refusal.sentence)


def _linked(connection: JiraConnection) -> dict[str, tuple[str, int]]:
    """By id, the name and the number of linked Done issues, each once."""
    done = JiraIssue.objects.filter(connection=connection, category=Category.DONE)
    counted = done.exclude(resolution_id="").filter(linked__isnull=False)
    rows = counted.values_list("resolution_id", "resolution").annotate(Count("pk", distinct=True))
    return {id_: (name, number) for id_, name, number in rows}
