"""Which account a person has in a Jira: by a file, by their e-mail address, or not to be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from jira_integration.models.connection import JiraConnection
from okr.models import Person

ACCOUNT_LENGTH = 255
BATCH = 500


class Match(models.TextChoices):
    FILE = "file", "From a file"
    EMAIL = "email", "By e-mail address"
    HIDDEN = "hidden", "Email hidden in Jira"


@dataclass(frozen=True, slots=True)
class Matched:
    """`account_id` is empty where Jira has somebody of that name and hides the address."""

    account_id: str
    match: Match


class JiraPersonQuerySet(models.QuerySet["JiraPerson"]):
    def account_of(self, person: Person, connection: JiraConnection) -> str:
        """Empty where nobody has told it yet."""
        mine = self.filter(person=person, connection=connection)
        return mine.values_list("account_id", flat=True).first() or ""

    def assign(
        self, connection: JiraConnection, accounts: Mapping[int, Matched], at: datetime
    ) -> None:
        """Gives people their accounts, by the person's id; whoever had one of these loses it."""
        names = {each.account_id for each in accounts.values() if each.account_id}
        with transaction.atomic():
            _drop(connection, "person_id", accounts)
            _drop(connection, "account_id", names)
            self._add(connection, accounts, at)

    def told_by_jira(
        self, connection: JiraConnection, accounts: Mapping[int, Matched], at: datetime
    ) -> None:
        """Takes over what Jira says of e-mail addresses, as far as it is new.

        What a file said stays, and an account that Jira once told stays when it hides the address.
        """
        with transaction.atomic():
            JiraConnection.objects.select_for_update().get(pk=connection.pk)
            known = {row.person_id: row for row in self.filter(connection=connection)}
            wanted = _news(known, accounts)
            _drop(connection, "person_id", wanted)
            _drop(connection, "person_id", _outdated(known, accounts))
            names = {each.account_id for each in wanted.values() if each.account_id}
            _drop(connection, "account_id", names)
            self._add(connection, wanted, at)
            JiraConnection.objects.filter(pk=connection.pk).update(people_read_at=at)

    def _add(
        self, connection: JiraConnection, accounts: Mapping[int, Matched], at: datetime
    ) -> None:
        rows = (
            JiraPerson(
                connection=connection,
                person_id=pk,
                account_id=each.account_id,
                match=each.match,
                at=at,
            )
            for pk, each in accounts.items()
        )
        self.bulk_create(rows, BATCH)


class JiraPerson(models.Model):
    connection = models.ForeignKey(JiraConnection, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="jira_accounts")
    account_id = models.CharField(max_length=ACCOUNT_LENGTH, blank=True)
    match = models.CharField(max_length=6, choices=Match)
    at = models.DateTimeField(help_text="When that was told.")

    objects = JiraPersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "person"], name="one_jira_account_a_person"
            ),
            models.UniqueConstraint(
                fields=["connection", "account_id"],
                condition=~Q(account_id=""),
                name="one_person_a_jira_account",
            ),
            models.CheckConstraint(
                condition=Q(match="hidden", account_id="")
                | (Q(match__in=["file", "email"]) & ~Q(account_id="")),
                name="hidden_is_without_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is {self.account_id or 'hidden'}"


def _news(known: Mapping[int, JiraPerson], accounts: Mapping[int, Matched]) -> dict[int, Matched]:
    """Of what Jira says, what is not known yet and contradicts no file."""
    by_file = {row.account_id for row in known.values() if row.match == Match.FILE}
    return {
        pk: each
        for pk, each in accounts.items()
        if (row := known.get(pk)) is None or _is_better(each, row)
        if each.account_id not in by_file
    }


def _is_better(each: Matched, row: JiraPerson) -> bool:
    if row.match == Match.FILE or each.match == Match.HIDDEN:
        return False
    return each.account_id != row.account_id


def _outdated(known: Mapping[int, JiraPerson], accounts: Mapping[int, Matched]) -> list[int]:
    """Who was taken for somebody that Jira hides, and is no more."""
    hidden = {pk for pk, row in known.items() if row.match == Match.HIDDEN}
    return sorted(hidden - accounts.keys())


def _drop(connection: JiraConnection, column: str, values: Iterable[object]) -> None:
    """In batches, since a database takes only so many values in one statement."""
    every = list(values)
    for start in range(0, len(every), BATCH):
        some = Q((f"{column}__in", every[start : start + BATCH]))
        JiraPerson.objects.filter(some, connection=connection).delete()
