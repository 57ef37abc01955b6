"""What an OKR admin sees of one person: who they are, what they own, what leaving would mean."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings

from okr import invitations
from okr.factors import Factors, factors_of
from okr.models import Person, State, Visibility
from okr.models.unit import paths
from okr.pages.counting import counted, listed

SHOWN = 12


@dataclass(frozen=True)
class PersonPage:
    person: Person
    now: datetime

    @cached_property
    def unit(self) -> str:
        return paths().get(self.person.unit_id or 0, "")

    @cached_property
    def reports(self) -> list[Person]:
        return list(self.person.reports.active().order_by("name", "id"))

    @property
    def shown_reports(self) -> list[Person]:
        return self.reports[:SHOWN]

    @property
    def hidden_reports(self) -> int:
        return max(0, len(self.reports) - SHOWN)

    @cached_property
    def factors(self) -> Factors:
        return factors_of(self.person)

    @cached_property
    def owned(self) -> list[str]:
        return [*_counts(self.person)]

    @property
    def is_waiting(self) -> bool:
        """Whether the person has never been in."""
        return self.person.state in (State.INVITED, State.NOT_INVITED)

    @property
    def comes_by_company(self) -> bool:
        """There is no link for such a person, and no password."""
        return not self.person.may_use_password

    @property
    def may_invite(self) -> bool:
        """Or be sent a link to a new password."""
        return self.person.is_active and (self.is_waiting or not self.comes_by_company)

    @property
    def has_link(self) -> bool:
        may_have_one = self.person.is_active and not self.comes_by_company
        return may_have_one and self.link_ends_at is not None and not self.has_expired

    @property
    def link(self) -> str:
        """To hand on by another way, where no mail server does."""
        shown = self.has_link and not settings.MAIL_SERVER
        return invitations.link_of(self.person) if shown else ""

    @property
    def link_ends_at(self) -> datetime | None:
        return invitations.ends_at(self.person)

    @property
    def has_expired(self) -> bool:
        ends = self.link_ends_at
        return not self.comes_by_company and ends is not None and ends <= self.now


def _counts(person: Person) -> list[str]:
    counts = (
        counted(person.open_objectives.count(), "open objective"),
        counted(person.open_key_results.count(), "open key result"),
    )
    units = [f"the lead of {unit}" for unit in person.leads.order_by("name")]
    return [*filter(None, counts), *units]


def handed_over(person: Person) -> str:
    """What the new owner is told; empty where there is nothing to take over."""
    owned = _counts(person)
    return f"{person} has left. You take over {listed(owned)}." if owned else ""


def leaving(person: Person) -> list[str]:
    """What follows when the person is deactivated, in sentences."""
    owned = _counts(person)
    sentences = [
        f"{person} is signed out everywhere at once and cannot sign in again.",
        "Past check-ins, comments and closed cycles keep their name.",
    ]
    if owned:
        sentences.append(f"The new owner takes over {listed(owned)}.")
    secret = person.open_objectives.filter(visibility=Visibility.CONFIDENTIAL).count()
    if secret:
        are = "1 of these objectives is" if secret == 1 else f"{secret} of these objectives are"
        sentences.append(f"{are} confidential: the new owner and their managers will see it.")
    return [*sentences, *_reports(person)]


def _reports(person: Person) -> list[str]:
    reports = person.reports.active().count()
    if not reports:
        return []
    people = counted(reports, "person reports", "people report")
    above = f"report to {person.manager}" if person.manager else "stand at the top of the line"
    return [f"{people} to {person}; from then on they {above}."]
