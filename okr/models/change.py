"""What somebody changed of an objective or a key result: from what, to what; appended only."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from okr.models.person import Person

if TYPE_CHECKING:
    from okr.models.key_result import KeyResult
    from okr.models.objective import Objective

OF_OBJECTIVE = (
    "title", "description", "cycle", "level", "unit", "owner", "parent", "weight", "visibility",
)  # fmt: skip
OF_KEY_RESULT = ("title", "kind", "measured_in", "start", "target", "owner", "weight")


class ChangeQuerySet(models.QuerySet["Change"]):
    def note(
        self,
        before: Any,
        after: Any,
        fields: Iterable[str],
        *,
        by: Person | None,
        at: datetime | None,
    ) -> None:
        """Appends a row for each field that differs between the stored row and the new one."""
        if before is None or by is None or at is None:
            return
        about = about_of(after)
        self.bulk_create(
            Change(**about, by=by, at=at, field=name, **_sides(before, after, name))
            for name in fields
            if getattr(before, name) != getattr(after, name)
        )

    def append(
        self, about: Any, field: str, *, by: Person | None, at: datetime | None, **sides: Any
    ) -> None:
        """One row, where it is known who did it and when."""
        if by is not None and at is not None:
            self.create(**about_of(about), by=by, at=at, field=field, **sides)

    def link(
        self,
        objective: Any,
        field: str,
        gone: Iterable[Any],
        come: Iterable[Any],
        *,
        by: Person | None,
        at: datetime | None,
    ) -> None:
        """A row for each objective that this one is no longer, or newly, linked with."""
        if by is None or at is None:
            return
        rows = [{"before_objective": each} for each in gone]
        rows += [{"after_objective": each} for each in come]
        self.bulk_create(
            Change(objective=objective, by=by, at=at, field=field, **row) for row in rows
        )


class Change(models.Model):
    """Objectives are kept as rows and not as names: whether a reader may see them can change."""

    objective = models.ForeignKey("okr.Objective", on_delete=models.CASCADE, related_name="changes")
    key_result = models.ForeignKey(
        "okr.KeyResult",
        on_delete=models.CASCADE,
        null=True,
        related_name="changes",
        help_text="Empty where the objective itself changed.",
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    field = models.CharField(max_length=20)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    before_objective = models.ForeignKey(
        "okr.Objective", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    after_objective = models.ForeignKey(
        "okr.Objective", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["objective", "at"])]

    def __str__(self) -> str:
        return f"{self.field} at {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def carried(cls, copy: Any, *, by: Person, at: datetime) -> "Change":
        before = str(copy.carried_from.cycle)
        return cls(objective=copy, by=by, at=at, field="carried", before=before)


def about_of(row: "Objective | KeyResult") -> dict[str, Any]:
    objective_id = getattr(row, "objective_id", None)
    if objective_id is None:
        return {"objective": row}
    return {"objective_id": objective_id, "key_result": row}


def _sides(before: Any, after: Any, name: str) -> dict[str, Any]:
    if name == "parent":
        return {"before_objective": before.parent, "after_objective": after.parent}
    return {"before": _in_words(before, name), "after": _in_words(after, name)}


def _in_words(row: Any, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)
