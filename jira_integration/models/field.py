"""The numeric fields of a site, as Jira last listed them: what issues can be sized by."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import models, transaction

from jira_integration.client import Field
from jira_integration.counting import JOINT
from jira_integration.models.connection import JiraConnection

STORY_POINTS = "Story points"
NAME_LENGTH = 200


class FieldKind(models.TextChoices):
    POINTS = "points", "Story points"
    TIME = "time", "Time, in hours"
    NUMBER = "number", "Number"

    @classmethod
    def of(cls, field: Field) -> "FieldKind":
        if field.is_time:
            return cls.TIME
        return cls.POINTS if field.is_points else cls.NUMBER


ORDER = tuple(FieldKind)


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field, or several of which the first that is filled counts; `ids` joins theirs."""

    ids: str
    name: str
    kind: FieldKind
    is_gone: bool = False

    @property
    def unit(self) -> str:
        """What the sizes are called; hours are said with the name."""
        return f"{self.name} (h)" if self.kind == FieldKind.TIME else self.name


class JiraFieldQuerySet(models.QuerySet["JiraField"]):
    def present(self) -> Self:
        return self.filter(gone_since=None)

    def gone_from(self, connection_id: int) -> frozenset[str]:
        """The ids of fields that the site had once."""
        rows = self.filter(connection=connection_id).exclude(gone_since=None)
        return frozenset(rows.values_list("field_id", flat=True))

    def lost(self, fields: Iterable[tuple[int, str]]) -> list[str]:
        """The names of those that are gone, of fields as a way to measure names them."""
        pairs = [(site, name) for site, ids in fields for name in ids.split(JOINT)]
        if not pairs:
            return []
        gone = self.exclude(gone_since=None).filter(field_id__in=[name for _, name in pairs])
        return [row.name for row in gone if (row.connection_id, row.field_id) in pairs]

    def refresh(self, connection: JiraConnection, listed: Iterable[Field], at: datetime) -> None:
        """Takes over what Jira lists. Nothing at all is no list: every Jira has fields."""
        fields = list(listed)
        if not fields:
            return
        numeric = {field.id: field for field in fields if field.is_number}
        known = {row.field_id: row for row in self.filter(connection=connection)}
        rows = [_row(connection, field) for field in numeric.values()]
        news = [row for row in rows if not row.is_like(known.get(row.field_id))]
        missing = [row.pk for name, row in known.items() if name not in numeric]
        with transaction.atomic():
            self.bulk_create(
                news,
                update_conflicts=True,
                unique_fields=["connection", "field_id"],
                update_fields=["name", "kind", "gone_since"],
            )
            self.filter(pk__in=missing, gone_since=None).update(gone_since=at)
            JiraConnection.objects.filter(pk=connection.pk).update(fields_listed_at=at)
        connection.fields_listed_at = at

    def choices(self, connection_id: int) -> list[FieldChoice]:
        """What a person may size issues by: story points first, then times, then by name."""
        rows = list(self.present().filter(connection=connection_id))
        rows.sort(key=lambda row: (ORDER.index(FieldKind(row.kind)), row.name.casefold()))
        points = [row.field_id for row in rows if row.kind == FieldKind.POINTS]
        both = [FieldChoice(JOINT.join(sorted(points)), STORY_POINTS, FieldKind.POINTS)]
        return [*(both if len(points) > 1 else []), *_told_apart(rows)]

    def chosen(self, connection_id: int, ids: str) -> FieldChoice | None:
        """A choice as it was stored, also where its fields are gone by now."""
        names = ids.split(JOINT)
        rows = list(self.filter(connection=connection_id, field_id__in=names))
        if not rows:
            return None
        name = rows[0].name if len(names) == 1 else STORY_POINTS
        gone = len(rows) == sum(row.gone_since is not None for row in rows)
        return FieldChoice(ids, name, FieldKind(rows[0].kind), gone)


class JiraField(models.Model):
    connection = models.ForeignKey(JiraConnection, on_delete=models.CASCADE, related_name="fields")
    field_id = models.CharField(max_length=NAME_LENGTH)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=10, choices=FieldKind)
    gone_since = models.DateTimeField(null=True, help_text="When Jira no longer listed it.")

    objects = JiraFieldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "field_id"], name="a_field_is_listed_once_a_site"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=FieldKind.values), name="a_known_kind_of_field"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.field_id})"

    def is_like(self, other: "JiraField | None") -> bool:
        if other is None:
            return False
        names = ("name", "kind", "gone_since")
        return all(getattr(self, name) == getattr(other, name) for name in names)


def _row(connection: JiraConnection, field: Field) -> JiraField:
    name = field.name or field.id
    return JiraField(connection=connection, field_id=field.id, name=name, kind=FieldKind.of(field))


def _told_apart(rows: list[JiraField]) -> Iterator[FieldChoice]:
    """Fields of the same name are told apart by their ids."""
    names = Counter(row.name.casefold() for row in rows)
    for row in rows:
        alone = names[row.name.casefold()] == 1
        name = row.name if alone else f"{row.name} ({row.field_id})"
        yield FieldChoice(row.field_id, name, FieldKind(row.kind))
