"""What is told of the successor of a site's credentials, and of who gave which before."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from jira_integration.models import CredentialChange, JiraConnection, Successor
from jira_integration.question import Question

SHOWN = 10
WAITS = "A successor waits, read as {account}{by}."
ON_REFUSAL = "It takes over the moment that Jira refuses the present one."
ON_A_DAY = "It takes over on {day}, or sooner if Jira refuses the present one."
ENDS = "It ends on {day}."
OTHER = "It is another account than the present one, {account}."

USE = Question(
    "Use the successor now?",
    "It is tried once more first. Jira is then read with it at once, and the present token is "
    "forgotten here; delete it in Jira yourself.",
    "Use it now",
)
TAKE_AWAY = Question(
    "Take the successor away?",
    "Its token is forgotten here. When Jira refuses the present one, Jira is read no longer until "
    "somebody connects it again.",
    "Take away",
    is_danger=True,
)


@dataclass(frozen=True, slots=True)
class Succession:
    connection: JiraConnection
    successor: Successor | None
    changes: list[CredentialChange]

    @classmethod
    def load(cls, connection: JiraConnection | None) -> "Succession | None":
        if connection is None:
            return None
        successors = Successor.objects.filter(connection=connection).select_related("put_by")
        changes = connection.credential_changes.select_related("by")[:SHOWN]
        return cls(connection, successors.first(), list(changes))

    @property
    def sentences(self) -> list[str]:
        """Of the one that waits."""
        waiting = self.successor
        if waiting is None:
            return []
        by = (
            f", put in place by {waiting.put_by} on {_day(waiting.put_at)}"
            if waiting.put_by
            else ""
        )
        told = [WAITS.format(account=waiting.account_name, by=by)]
        day = waiting.takes_over_on
        told.append(ON_A_DAY.format(day=f"{day:%-d %B %Y}") if day else ON_REFUSAL)
        if waiting.ends_on:
            told.append(ENDS.format(day=f"{waiting.ends_on:%-d %B %Y}"))
        if waiting.account_id != self.connection.account_id:
            told.append(OTHER.format(account=self.connection.account_name))
        return told


def _day(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B %Y}"
