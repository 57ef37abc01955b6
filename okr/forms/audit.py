"""What narrows the audit log."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from okr.audit.areas import areas
from okr.forms.cycles import DateInput
from okr.forms.person_picker import PersonField
from okr.models import AuditEntry, Person
from okr.models.audit import AuditQuerySet

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
DATE_WRONG = "Enter a date, as 2027-03-31."


def day_field(label: str) -> forms.DateField:
    wrong = {"invalid": DATE_WRONG}
    bounds = [MinValueValidator(FIRST, DATE_WRONG), MaxValueValidator(LAST, DATE_WRONG)]
    return forms.DateField(
        label=label, required=False, widget=DateInput, error_messages=wrong, validators=bounds
    )


class AuditFilters(forms.Form):
    """All of them may be empty; what cannot be read narrows nothing, and says so at its box."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    by = PersonField(label="Who", queryset=Person.objects.all(), required=False)
    area = forms.ChoiceField(
        label="Kind of action",
        required=False,
        error_messages={"invalid_choice": "Choose a kind from the list."},
    )
    since = day_field("From")
    until = day_field("To")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  narrows the type
        field.choices = [("", "Every kind"), *((area.code, area.label) for area in areas())]

    @property
    def is_set(self) -> bool:
        return any(str(self.data.get(name, "")).strip() for name in self.fields)

    @property
    def faults(self) -> list[str]:
        """Told with the entries too: a box that somebody is in is not drawn anew."""
        return [
            f"{self[name].label}: {' '.join(map(str, said))}" for name, said in self.errors.items()
        ]

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in ("by", "area", "since", "until")]

    def entries(self) -> AuditQuerySet:
        self.is_valid()
        asked = self.cleaned_data
        found: AuditQuerySet = AuditEntry.objects.mentioning(asked.get("q") or "")
        found = found.filter(by=asked["by"]) if asked.get("by") else found
        found = found.filter(area=asked["area"]) if asked.get("area") else found
        found = found.since(asked["since"]) if asked.get("since") else found
        found = found.until(asked["until"]) if asked.get("until") else found
        return found.newest_first()
