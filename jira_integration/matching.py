"""Who of our people is who in Jira, as far as Jira itself tells: it may hide e-mail addresses."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from jira_integration.client import Account, AnonymousAnswer, Forbidden, JiraError, NotFound
from jira_integration.explain import explain_error
from jira_integration.models import JiraConnection, JiraPerson, Match, Matched
from okr.audit import noted
from okr.models import Person

MATCHED, NOT_FOUND = "Matched", "No Jira account found"
HIDDEN = Match.HIDDEN.label
MAY_NOT = (
    "The connected account may not list Jira's users. In Jira, an administrator gives it Browse"
    " users and groups under Settings › System › Global permissions. A file works without it."
)
NO_LIST = "This version of Jira has no list of its users to read. Upload a file instead."


@dataclass(frozen=True, slots=True)
class Census:
    """How many of the active people are known in one Jira."""

    connection: JiraConnection
    everybody: int
    by_file: int
    by_email: int
    hidden: int

    @classmethod
    def of(cls, connection: JiraConnection) -> "Census":
        known = JiraPerson.objects.filter(
            connection=connection, person__in=Person.objects.active()
        ).aggregate(
            by_file=Count("pk", filter=Q(match=Match.FILE)),
            by_email=Count("pk", filter=Q(match=Match.EMAIL)),
            hidden=Count("pk", filter=Q(match=Match.HIDDEN)),
        )
        return cls(connection, Person.objects.active().count(), **known)

    @property
    def matched(self) -> int:
        return self.by_file + self.by_email

    @property
    def is_told(self) -> bool:
        return bool(self.matched or self.connection.people_read_at)

    @property
    def missing(self) -> int:
        return self.everybody - self.matched - self.hidden


def ask_jira(connection: JiraConnection, at: datetime) -> Census:
    """Reads Jira's accounts and notes whom their e-mail addresses name. May raise JiraError."""
    with connection.client() as client:
        if client.myself().id != connection.account_id:
            raise AnonymousAnswer(host=connection.host, email=connection.email)
        accounts = [account for page in client.accounts() for account in page]
    with noted("jira.accounts", connection, always=True):
        JiraPerson.objects.told_by_jira(connection, matched(accounts), at)
    connection.people_read_at = at
    return Census.of(connection)


def why_not_told(error: JiraError) -> str:
    """Why Jira did not tell its accounts, with what to do instead."""
    match error:
        case Forbidden():
            return MAY_NOT
        case NotFound():
            return NO_LIST
    return explain_error(error).sentence


def matched(accounts: Iterable[Account]) -> dict[int, Matched]:
    """By the person's id. An address that two accounts have tells nothing; of the accounts whose
    address is hidden, only a name tells who they may be."""
    known, hidden = list(accounts), set()
    by_email = {account.email.casefold(): account for account in known if account.email}
    often = Counter(account.email.casefold() for account in known if account.email)
    hidden = {_plain(account.name) for account in known if not account.email}
    found = {}
    for pk, email, name in Person.objects.active().values_list("pk", "email", "name"):
        account = by_email.get(email.casefold())
        if account and often[email.casefold()] == 1:
            found[pk] = Matched(account.id, Match.EMAIL)
        elif _plain(name) in hidden:
            found[pk] = Matched("", Match.HIDDEN)
    return found


def states(people: Iterable[Person]) -> dict[int, list[str]]:
    """What is known of each, a line for each Jira; nothing of a Jira that was never asked."""
    people = list(people)
    sites = list(JiraConnection.objects.order_by("pk"))
    rows = JiraPerson.objects.filter(person__in=people)
    known = {(row.connection_id, row.person_id): row for row in rows}
    found: dict[int, list[str]] = {person.pk: [] for person in people}
    for site in sites:
        for person in people:
            if said := _state(known.get((site.pk, person.pk)), site):
                named = f"{site.name}: {said}" if len(sites) > 1 else said
                found[person.pk].append(named)
    return found


def _state(row: JiraPerson | None, site: JiraConnection) -> str:
    if row is None:
        return NOT_FOUND if site.people_read_at else ""
    return HIDDEN if row.match == Match.HIDDEN else MATCHED


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
