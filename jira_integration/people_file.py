"""Atlassian's "Export users" as an import: which e-mail address is which account in one Jira."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from jira_integration.models import Hosting, JiraConnection, JiraPerson, Match, Matched
from jira_integration.sites import are_several
from okr.imports import Column, Fate, Finding, Line, RowError, Shape, Verdict
from okr.models import Person
from okr.slots import fill

CLOUD_ACCOUNT = re.compile(r"[0-9A-Za-z][0-9A-Za-z:_-]{0,127}")
OWN_ACCOUNT = re.compile(r"[^\s=+@\x00-\x1f-][^\x00-\x1f]{0,254}")
SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?e\+?[0-9]+", re.IGNORECASE)

NO_EMAIL = "The e-mail address is missing."
NO_SUCH_EMAIL = "This is not an e-mail address."
NOBODY = "Nobody here has this address. Add the person under People, then import again."
LEFT = "{} was deactivated here."
NO_ACCOUNT = "The account id is missing, and Jira does not tell it by this address."
NOT_AN_ACCOUNT = "This is not an account id."
ROUNDED = (
    "A spreadsheet program has turned this account id into a number. Upload the file as it came."
)
TWICE = "Row {} says the same."
ANOTHER_ACCOUNT = "Row {} gives this address another account. Leave the right row only."
ANOTHER_PERSON = "Row {} gives this account to another address. Leave the right row only."
TAKEN = "This account is connected with {} already."

EMAIL = Column(
    "email",
    "What the person signs in with here",
    "dana.holt@example.com",
    required=True,
    also=("e-mail", "email_address", "e-mail_address", "mail"),
)
CLOUD_ID = Column(
    "account_id",
    "Jira's name for the account; “User id” in the export",
    "712020:0a1b2c3d-4e5f-6789-abcd-ef0123456789",
    also=("user_id", "accountid", "userid", "atlassian_id", "atlassian_account_id"),
)
OWN_ID = Column(
    "account_id",
    "The user key, as JIRAUSER10100; “User key” in an export",
    "JIRAUSER10100",
    also=("user_key", "key", "user_id", "accountid", "userid"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One person and the account that the file gives them; `before` is what they have now."""

    number: int
    person_id: int
    account_id: str
    before: str


class Company:
    """Who is here, and which accounts are known; two queries for any number of rows."""

    def __init__(self, connection: JiraConnection) -> None:
        people = Person.objects.only("email", "name", "is_active")
        self.people = {person.email.lower(): person for person in people}
        self.names = {person.pk: person.name for person in self.people.values()}
        known = JiraPerson.objects.filter(connection=connection).exclude(account_id="")
        self.accounts = dict(known.values_list("person_id", "account_id"))
        self.pattern = CLOUD_ACCOUNT if connection.hosting == Hosting.CLOUD else OWN_ACCOUNT

    def row(self, line: Line) -> Row:
        """Raises RowError."""
        if line.fault:
            raise RowError("", line.fault)
        pk = self._person(line.cells.get("email", ""))
        before = self.accounts.get(pk, "")
        return Row(line.number, pk, self._account(line.cells.get("account_id", ""), before), before)

    def _person(self, email: str) -> int:
        if not email:
            raise RowError("email", NO_EMAIL)
        try:
            validate_email(email)
        except ValidationError:
            raise RowError("email", NO_SUCH_EMAIL) from None
        if (found := self.people.get(email.lower())) is None:
            raise RowError("email", NOBODY)
        if not found.is_active:
            raise RowError("email", LEFT.format(found.name))
        return int(found.pk)

    def _account(self, text: str, before: str) -> str:
        if not text and not before:
            raise RowError("account_id", NO_ACCOUNT)
        if SCIENTIFIC.fullmatch(text):
            raise RowError("account_id", ROUNDED)
        if text and not self.pattern.fullmatch(text):
            raise RowError("account_id", NOT_AN_ACCOUNT)
        return text or before


class JiraUsersShape(Shape):
    admins_only: ClassVar = True
    title = "Import Jira users"
    why = (
        "Connects the people here with their accounts in Jira. Jira may hide e-mail addresses, so"
        " that it cannot tell by itself who is who. An Atlassian admin gets the file at"
        " admin.atlassian.com, under Directory › Users › Export users. Nobody is added or removed."
    )

    def __init__(self, connection: JiraConnection) -> None:
        self.connection = connection
        self.slug = f"jira-users-{connection.pk}"  # type: ignore[misc]
        cloud = connection.hosting == Hosting.CLOUD
        self.columns = (EMAIL, CLOUD_ID if cloud else OWN_ID)  # type: ignore[misc]

    def may_import(self, person: Person) -> bool:
        return person.is_okr_admin

    def back(self) -> str:
        return f"{reverse('jira:manage')}#access"

    def start(self) -> str:
        return f"{reverse('jira:import')}?site={self.connection.pk}"

    def takes_accounts(self) -> str:
        """An account of Atlassian is the same at every site of Cloud, and none elsewhere."""
        if self.connection.hosting != Hosting.CLOUD:
            return ""
        return f"Jira access of {self.connection.name}" if are_several() else "Jira access"

    def hold(self) -> None:
        JiraConnection.objects.select_for_update().get(pk=self.connection.pk)

    def check(self, lines: Sequence[Line], by: Person) -> Finding:  # noqa: ARG002
        company = Company(self.connection)
        rows, faults = _read(lines, company)
        faults |= dict(_repeated(rows))
        faults |= _taken(rows, faults, company)
        return Finding([_verdict(line, rows, faults) for line in lines])

    def write(self, finding: Finding, by: Person, at: datetime) -> None:  # noqa: ARG002
        accounts = {row.person_id: Matched(row.account_id, Match.FILE) for row in finding.plans}
        JiraPerson.objects.assign(self.connection, accounts, at)

    def afterwards(self) -> tuple[str, str] | None:
        return "Edit Jira Users", reverse("jira:users")


@fill("imports.shapes")
def shapes() -> list[Shape]:
    return [JiraUsersShape(connection) for connection in JiraConnection.objects.order_by("pk")]


def _read(lines: Sequence[Line], company: Company) -> tuple[dict[int, Row], dict[int, RowError]]:
    """What each row says, by its number; and what is wrong with single rows."""
    rows, faults = {}, {}
    for line in lines:
        try:
            rows[line.number] = company.row(line)
        except RowError as error:
            faults[line.number] = error
    return rows, faults


def _repeated(rows: Mapping[int, Row]) -> Iterator[tuple[int, RowError]]:
    """Rows that say the same again, and those that contradict each other: neither is believed."""
    by_person: dict[int, list[Row]] = defaultdict(list)
    by_account: dict[str, list[Row]] = defaultdict(list)
    for row in rows.values():
        by_person[row.person_id].append(row)
        by_account[row.account_id].append(row)
    for row in rows.values():
        same = by_person[row.person_id]
        others = by_account[row.account_id]
        if other := next((each for each in same if each.account_id != row.account_id), None):
            yield row.number, RowError("email", ANOTHER_ACCOUNT.format(other.number))
        elif other := next((each for each in others if each.person_id != row.person_id), None):
            yield row.number, RowError("account_id", ANOTHER_PERSON.format(other.number))
        elif same[0].number != row.number:
            yield row.number, RowError("email", TWICE.format(same[0].number))


def _taken(
    rows: Mapping[int, Row], faults: Mapping[int, RowError], company: Company
) -> dict[int, RowError]:
    """Rows whose account somebody else keeps; refusing one may leave another's account where it
    was, so it is asked until nothing changes."""
    found: dict[int, RowError] = {}
    while True:
        sound = [row for n, row in rows.items() if n not in faults and n not in found]
        after = company.accounts | {row.person_id: row.account_id for row in sound}
        often = Counter(after.values())
        owner = {account: pk for pk, account in company.accounts.items()}
        clashing = [row for row in sound if often[row.account_id] > 1]
        if not clashing:
            return found
        for row in clashing:
            name = company.names[owner[row.account_id]]
            found[row.number] = RowError("account_id", TAKEN.format(name))


def _verdict(line: Line, rows: Mapping[int, Row], faults: Mapping[int, RowError]) -> Verdict:
    what = line.cells.get("email", "")
    if fault := faults.get(line.number):
        return Verdict.problem(line, what, fault.column, fault.sentence)
    row = rows[line.number]
    told = (
        f"account: {row.before} → {row.account_id}" if row.before else f"account: {row.account_id}"
    )
    if row.before == row.account_id:
        return Verdict(line.number, Fate.UNCHANGED, what, plan=row)
    fate = Fate.CHANGED if row.before else Fate.NEW
    return Verdict(line.number, fate, what, changes=(told,), plan=row)
