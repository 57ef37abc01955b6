"""A person's judgement of a key result, with the new value where people enter it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms

from okr.forms.choosing import too_long
from okr.forms.comments import MentionArea
from okr.forms.numbers import NumberField
from okr.models import Confidence, KeyResult, Kind, Person, TrackedElsewhereError
from okr.pages.words import value
from okr.progress import suggest_confidence

TRACKED = (
    "The progress of this key result is not entered by hand, so no value was saved."
    " You can still set confidence and add a note."
)
WHY = "Say what changed: a note is needed when confidence drops or is Off track."
FIRM = (Confidence.ON_TRACK, Confidence.AT_RISK, Confidence.OFF_TRACK)


class CheckInForm(forms.Form):
    confidence = forms.ChoiceField(
        choices=[(level.value, level.label) for level in FIRM],
        widget=forms.RadioSelect,
        label="How confident are you to reach it?",
        error_messages={
            "required": "Choose how confident you are.",
            "invalid_choice": "Choose one of the three.",
        },
    )
    note = forms.CharField(
        required=False,
        max_length=10_000,
        label="What changed?",
        help_text="Needed when confidence drops or is Off track.",
        error_messages={"max_length": too_long(10_000)},
    )

    def __init__(self, *args: Any, key_result: KeyResult, expected: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key_result = key_result
        self.fields["note"].widget = MentionArea(key_result)
        self.suggested = suggest_confidence(key_result.progress, expected)
        self.fields["confidence"].initial = self.suggested
        if not key_result.tracked_by:
            self.fields["value"] = value_field(key_result)
            self.order_fields(["value", "confidence", "note"])

    @property
    def affixes(self) -> tuple[str, str]:
        """What stands before and after the box of the value."""
        kind, unit = self.key_result.kind, self.key_result.measured_in
        if kind == Kind.PERCENT:
            return "", "%"
        return (unit, "") if kind == Kind.CURRENCY else ("", unit)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.key_result.tracked_by and self.data.get("value"):
            self.add_error(None, TRACKED)
        if not cleaned.get("note", "").strip() and self._needs_a_note(cleaned.get("confidence")):
            self.add_error("note", WHY)
        return cleaned

    def keep(self, by: Person, at: datetime) -> bool:
        """Whether it was recorded; not when an integration took over the number meanwhile."""
        try:
            self.key_result.check_in(by=by, at=at, **self.cleaned_data)
        except TrackedElsewhereError:
            self.add_error(None, TRACKED)
            return False
        return True

    def _needs_a_note(self, confidence: str | None) -> bool:
        if confidence is None or "note" in self.errors:
            return False
        before = self.key_result.confidence
        dropped = before != "" and FIRM.index(Confidence(confidence)) > FIRM.index(
            Confidence(before)
        )
        return dropped or confidence == Confidence.OFF_TRACK


def value_field(key_result: KeyResult) -> forms.Field:
    """Where the value stands now is filled in, so that only a change needs typing."""
    if key_result.kind == Kind.YES_NO:
        return forms.TypedChoiceField(
            coerce={"1": key_result.target, "0": key_result.start}.__getitem__,
            choices=[("1", "Yes"), ("0", "Not yet")],
            initial="1" if key_result.current >= key_result.target else "0",
            label="Is it done?",
            widget=forms.RadioSelect,
            error_messages={"required": "Choose yes or not yet."},
        )
    percent = key_result.kind == Kind.PERCENT
    return NumberField(
        unit="%" if percent else key_result.measured_in,
        initial=key_result.current,
        label="Value now",
        help_text=f"From {value(key_result, key_result.start)}"
        f" toward {value(key_result, key_result.target)}.",
        error_messages={"required": "Enter the value as it is now."},
    )
