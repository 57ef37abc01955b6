"""Key results as rows of a form: what an objective or a template begins with."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from okr.forms.choosing import too_long
from okr.forms.numbers import NumberField
from okr.models import Kind
from okr.models.kind import THRESHOLDS
from okr.models.template import MOST_MEASURES, Measure

if TYPE_CHECKING:
    Rows = BaseFormSet["MeasureRow"]
else:
    Rows = BaseFormSet

SPARE = 2
KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.MILESTONES]


class MeasureRow(forms.Form):
    title = forms.CharField(
        required=False,
        max_length=200,
        label="Key result",
        error_messages={"max_length": too_long(200)},
    )
    kind = forms.ChoiceField(choices=KINDS, initial=Kind.PERCENT, label="Measured as")
    start = NumberField(required=False, initial=Decimal(0), label="From")
    target = NumberField(required=False, initial=Decimal(100), label="To")
    measured_in = forms.CharField(
        required=False,
        max_length=20,
        label="Counted in",
        error_messages={"max_length": too_long(20)},
    )

    def clean(self) -> dict[str, Any]:
        """An empty title leaves the row out, whatever else is in it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("title"):
            if "title" in cleaned:
                self.errors.clear()
            return cleaned
        kind = cleaned.get("kind")
        if kind == Kind.YES_NO:
            cleaned |= {"start": Decimal(0), "target": Decimal(1), "measured_in": ""}
        elif kind in THRESHOLDS:
            cleaned["start"] = Decimal(0)
        self._demand_numbers(cleaned, kind)
        return cleaned

    def _demand_numbers(self, cleaned: dict[str, Any], kind: str | None) -> None:
        for name, sentence in (
            ("start", "Enter the number that it starts from."),
            ("target", "Enter the number to reach."),
        ):
            if name in cleaned and cleaned[name] is None:
                self.add_error(name, sentence)
        start, target = cleaned.get("start"), cleaned.get("target")
        if target is not None and start == target and kind not in THRESHOLDS:
            self.add_error("target", "The target must differ from the start.")

    @property
    def measure(self) -> Measure | None:
        """What the row asks for; None for a row without a title."""
        return Measure(**self.cleaned_data) if self.cleaned_data.get("title") else None


class MeasureRows(Rows):
    def get_measures(self) -> list[Measure]:
        return [row.measure for row in self.forms if row.measure]

    @property
    def faults(self) -> list[str]:
        """Each as a sentence that says where it is, for the summary of the form around it."""
        rows = enumerate(self.forms, start=1)
        return [
            *map(str, self.non_form_errors()),
            *(
                f"Key result {number}: {fault}"
                for number, row in rows
                for faults in row.errors.values()
                for fault in faults
            ),
        ]


def measure_rows(posted: Any, measures: "list[Measure] | tuple[Measure, ...]" = ()) -> MeasureRows:
    """The rows as posted, or as they begin: those given and some empty ones."""
    extra = max(SPARE, 3 - len(measures))
    made = formset_factory(
        MeasureRow,
        formset=MeasureRows,
        extra=min(extra, MOST_MEASURES - len(measures)),
        max_num=MOST_MEASURES,
        absolute_max=MOST_MEASURES,
        validate_max=True,
    )
    initial = [{name: getattr(measure, name) for name in Measure.__slots__} for measure in measures]
    return cast("MeasureRows", made(posted or None, initial=initial, prefix="measures"))
