"""Whether a person links only what they may browse in Jira themselves, and what that takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from jira_integration.client import Forbidden, JiraError
from jira_integration.explain import explain_to_asker
from jira_integration.linking import propose
from jira_integration.matching import Census
from jira_integration.models import Hosting, JiraConnection, JiraPerson
from jira_integration.proposal import MOST_READ, MOST_SHOWN, Proposal, Typed
from jira_integration.rights import ADMINISTER
from okr.audit import noted
from okr.models import Person

WAITS = 10.0
NOT_THERE = (
    "Jira Data Center does not answer what other people may browse, so that this cannot be turned"
    " on. Choose the projects instead."
)
MAY_NOT = (
    "The connected account may not ask what other people may browse: that takes Administer Jira"
    " (Settings › System › Global permissions)."
)
UNKNOWN = (
    "Here people link only what they may see in Jira, and your Jira account is not known yet. Ask"
    " an OKR admin to import the Jira users."
)
CANNOT_ASK = (
    "Here people link only what they may see in Jira, and Jira does not tell that to the connected"
    " account any more. Ask an OKR admin."
)
WITHHELD = (
    "This finds issues that you may not see in Jira. Narrow it to what you can see there, for"
    " example to one project."
)
TOO_MANY = (
    "This finds more issues than can be checked against what you may see in Jira: 1,000. Narrow it."
)


@dataclass(frozen=True, slots=True)
class OwnRights:
    """As the admin sees it: on, off, or not to be had on this kind of Jira."""

    connection: JiraConnection
    census: Census

    @classmethod
    def of(cls, connection: JiraConnection) -> "OwnRights":
        return cls(connection, Census.of(connection))

    @property
    def can_be_had(self) -> bool:
        return self.connection.hosting == Hosting.CLOUD

    @property
    def reason(self) -> str:
        """Why it cannot be turned on at all; empty where it can be tried."""
        return "" if self.can_be_had else NOT_THERE

    @property
    def is_on(self) -> bool:
        return self.connection.as_person and self.can_be_had

    def turn(self) -> str:
        """The other way from now on; or why Jira does not let us, in a sentence."""
        wanted = not self.connection.as_person
        if wanted and (refusal := self.reason or _refusal(self.connection)):
            return refusal
        with noted("jira.own_rights", self.connection):
            self.connection.as_person = wanted
            self.connection.save(update_fields=["as_person"])
        return ""


def account_of(person: Person, connection: JiraConnection) -> str | None:
    """As whom this person links: empty where that does not matter; None where nobody knows."""
    if not (connection.as_person and connection.hosting == Hosting.CLOUD):
        return ""
    return JiraPerson.objects.account_of(person, connection) or None


def propose_for(
    person: Person,
    typed: Typed,
    connection: JiraConnection,
    most: int = MOST_SHOWN,
    numbers: Sequence[str] = (),
) -> Proposal:
    """What Jira says to what this person typed; no more than they may see where that is asked for.

    A search is then read to its end, since all that it finds has to be theirs to see. May raise
    JiraError.
    """
    account = account_of(person, connection)
    if account is None:
        return Proposal(connection.pk, picked=list(typed.picked), fault=UNKNOWN)
    if not account:
        return propose(typed, connection, most, numbers)
    try:
        proposal = propose(typed, connection, MOST_READ, numbers, account)
    except Forbidden:
        return Proposal(connection.pk, picked=list(typed.picked), fault=CANNOT_ASK)
    if proposal.withholds and not proposal.words and not proposal.fault:
        return Proposal(connection.pk, picked=list(typed.picked), fault=WITHHELD)
    if (proposal.jql or proposal.goes_below) and not proposal.whole:
        return Proposal(connection.pk, picked=list(typed.picked), fault=TOO_MANY)
    return proposal


def _refusal(connection: JiraConnection) -> str:
    try:
        with connection.client(WAITS) as client:
            client.myself()
            held = client.permissions([ADMINISTER])
    except JiraError as error:
        return explain_to_asker(error).sentence
    return "" if ADMINISTER in held else MAY_NOT
