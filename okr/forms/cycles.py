"""A cycle as an admin dates it, and the quarters of a year as they are made at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from okr import fiscal
from okr.audit import noted, noted_saving
from okr.forms.choosing import too_long
from okr.forms.versions import VersionedForm
from okr.models import Cycle, CycleKind, Policy
from okr.models.policy import Month

EARLIEST, LATEST = 2000, 2100
YEAR = f"Enter a year from {EARLIEST} to {LATEST}."
NO_KIND = "Choose quarters, the whole year, or both."
CLOSED = "This cycle is closed. Reopen it to change it."
NOT_EMPTY = "“{}” holds objectives, so it cannot be deleted."
NOT_CLOSED = "This cycle is open, so there is nothing to reopen."
MEANWHILE = "Somebody else closed “{}” just now."
NOTHING_NEW = "There is nothing to create: see the list below."


class DateInput(forms.DateInput):
    """The browser's own calendar; without one, 2026-07-01."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CycleForm(VersionedForm):
    class Meta:
        model = Cycle
        fields = ["name", "kind", "starts_on", "ends_on"]
        labels = {"starts_on": "First day", "ends_on": "Last day"}
        help_texts = {
            "name": "As everybody will call it, for example Spring sprint.",
            "kind": "A year may lie over its quarters. Two cycles of one kind may not overlap,"
            " custom ones neither.",
        }
        widgets = {
            "name": forms.TextInput(attrs={"autofocus": True}),
            "kind": forms.RadioSelect,
            "starts_on": DateInput,
            "ends_on": DateInput,
        }
        error_messages = {
            "name": {
                "required": "Enter a name.",
                "unique": "There is a cycle of this name already. Choose another name.",
                "max_length": too_long(60),
            },
            "kind": {"required": "Choose a kind."},
            "starts_on": {"required": "Enter the first day.", "invalid": "Enter a date."},
            "ends_on": {"required": "Enter the last day.", "invalid": "Enter a date."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = CycleKind.choices  # type: ignore[attr-defined]

    def keep(self) -> Cycle:
        cycle: Cycle = self.instance
        with noted_saving("cycles", cycle):
            cycle.keep()
        return cycle

    def kept(self, *args: Any, **kwargs: Any) -> bool:
        """Whether it was saved; not over a cycle that somebody else added meanwhile."""
        try:
            return super().kept(*args, **kwargs)
        except ValidationError as refused:
            self.add_error(None, refused)
            return False


@dataclass(frozen=True, slots=True)
class Proposed:
    """A cycle that would be made, or why not."""

    cycle: Cycle
    obstacle: Cycle | None

    @property
    def fate(self) -> str:
        if self.obstacle is None:
            return "new"
        mine, other = self.cycle, self.obstacle
        if (mine.kind, mine.starts_on, mine.ends_on) == (
            other.kind,
            other.starts_on,
            other.ends_on,
        ):
            return "exists"
        return "obstructed"

    @property
    def icon(self) -> str:
        return {"new": "plus", "exists": "check"}.get(self.fate, "triangle-alert")

    @property
    def words(self) -> str:
        match self.fate:
            case "new":
                return "Will be created"
            case "exists":
                return f"Exists already as “{self.obstacle}”"
            case _ if self.obstacle and self.obstacle.kind != self.cycle.kind:
                return "Left out, because the name is taken"
            case _:
                return f"Left out, because it overlaps with “{self.obstacle}”"


class GenerateForm(forms.Form):
    year = forms.IntegerField(
        label="Fiscal year that starts in",
        min_value=EARLIEST,
        max_value=LATEST,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), YEAR),
    )
    first_month = forms.TypedChoiceField(
        label="First month",
        choices=Month.choices,
        coerce=int,
        error_messages={"required": "Choose a month.", "invalid_choice": "Choose a month."},
    )
    quarters = forms.BooleanField(label="Four quarters", required=False)
    whole_year = forms.BooleanField(label="The whole year", required=False)

    @staticmethod
    def first_shown(today: date) -> dict[str, Any]:
        """This fiscal year's quarters; the next one's, once those are there."""
        first_month = Policy.load().fiscal_year_start
        year = fiscal.year_of(today, first_month)
        first, last = (fiscal.quarters(year, first_month)[place] for place in (0, -1))
        there = Cycle.objects.filter(
            kind=CycleKind.QUARTER, starts_on__gte=first.starts_on, ends_on__lte=last.ends_on
        )
        year += there.count() >= 4
        return {"year": year, "first_month": first_month, "quarters": "on"}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("quarters") or cleaned.get("whole_year")):
            self.add_error("quarters", NO_KIND)
        return cleaned

    def periods(self) -> list[fiscal.Period]:
        chosen = self.cleaned_data
        when = chosen["year"], chosen["first_month"]
        whole = [fiscal.whole_year(*when)] if chosen["whole_year"] else []
        return whole + (fiscal.quarters(*when) if chosen["quarters"] else [])

    def proposed(self) -> list[Proposed]:
        if not self.is_valid():
            return []
        cycles = map(Cycle.of, self.periods())
        return [Proposed(cycle, cycle.obstacle()) for cycle in cycles]

    def keep(self) -> list[Cycle]:
        """Makes what is new; without anything new the form says so."""
        with noted("cycles.generated", always=True) as note:
            made = Cycle.objects.make(self.periods())
            note.say(label=", ".join(map(str, made)))
        if not made:
            self.add_error(None, NOTHING_NEW)
        return made
