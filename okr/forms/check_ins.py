"""A person's judgement of a key result, with the new value where people enter it."""

from copy import copy
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from okr.forms.choosing import too_long
from okr.forms.comments import MentionArea
from okr.forms.numbers import NumberField
from okr.forms.pickers import ManyField
from okr.models import Confidence, KeyResult, Kind, Milestone, Person, TrackedElsewhereError
from okr.models.closure import ClosedError
from okr.models.news import dropped
from okr.pages.words import rule, value

TRACKED = (
    "The progress of this key result is not entered by hand, so no value was saved."
    " You can still set confidence and add a note."
)
WHY = "Say what changed: a note is needed when confidence drops or is Off track."
FIRM = (Confidence.ON_TRACK, Confidence.AT_RISK, Confidence.OFF_TRACK)


class TokenField(forms.UUIDField):
    """Names one opening of a form, so that what is sent twice is kept once."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid4)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class CheckInForm(forms.Form):
    token = TokenField()
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
        """`expected` is what the key result's own `expected` answers for today."""
        super().__init__(*args, **kwargs)
        self.key_result = key_result
        self.before = key_result.confidence
        self.fields["note"].widget = MentionArea(key_result)
        self.suggested = key_result.suggestion(expected)
        self.fields["confidence"].initial = self.suggested
        if key_result.takes_value:
            self.fields["value"] = value_field(key_result)
            self.fields["value"].widget.attrs |= asks_for_suggestion(key_result)
        elif key_result.milestones.open().exists():
            self.fields["reached"] = MilestonesField(key_result)
        self.order_fields(["value", "reached", "confidence", "note"])

    @property
    def affixes(self) -> tuple[str, str]:
        """What stands before and after the box of the value."""
        kind, unit = self.key_result.kind, self.key_result.measured_in
        if kind == Kind.PERCENT:
            return "", "%"
        return (unit, "") if kind == Kind.CURRENCY else ("", unit)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.key_result.takes_value and self.data.get("value"):
            self.add_error(None, TRACKED)
        if not cleaned.get("note", "").strip() and self._needs_a_note(cleaned.get("confidence")):
            self.add_error("note", WHY)
        return cleaned

    def keep(self, by: Person, at: datetime) -> bool:
        """Whether it was recorded; not when the number was taken over, or closed, meanwhile."""
        try:
            self.say(by, at)
        except TrackedElsewhereError:
            self.add_error(None, TRACKED)
            return False
        except ClosedError as closed:
            self.add_error(None, str(closed))
            return False
        return True

    def say(self, by: Person, at: datetime) -> None:
        self.key_result.check_in(by=by, at=at, **self.cleaned_data)

    def _needs_a_note(self, confidence: str | None) -> bool:
        if confidence is None or "note" in self.errors:
            return False
        return dropped(self.before, confidence) or confidence == Confidence.OFF_TRACK


def asks_for_suggestion(key_result: KeyResult) -> dict[str, str]:
    """What is suggested follows the value while it is typed; a choice that was made stays."""
    return {
        "hx-get": reverse("okr:check_in_suggestion", args=[key_result.pk]),
        "hx-trigger": "input changed delay:250ms, change",
        "hx-target": "#confidence-choice",
        "hx-swap": "outerHTML",
        "hx-include": "#confidence-choice",
        "hx-sync": "this:replace",
    }


def supposing(key_result: KeyResult, typed: str, at: datetime) -> KeyResult:
    """The key result as it would stand at a typed value; as it stands where that is none."""
    supposed = copy(key_result)
    try:
        supposed.current = value_field(key_result).clean(typed)
    except ValidationError:
        return key_result
    supposed.measured_at = at
    supposed.progress = supposed.derived_progress()
    return supposed


class MilestonesField(ManyField):
    """Which milestones are reached since; those that are open are offered.

    One that somebody else has ticked meanwhile is no fault.
    """

    def __init__(self, key_result: KeyResult) -> None:
        super().__init__(
            key_result.milestones.all(),
            required=False,
            label="Which milestones are reached?",
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Somebody changed the milestones. Look again."},
        )
        open_ones = key_result.milestones.open()
        self.choices = [(each.pk, self.label_from_instance(each)) for each in open_ones]

    def clean(self, value: Any) -> Any:
        return {milestone.pk for milestone in super().clean(value)}

    def label_from_instance(self, milestone: Milestone) -> str:
        return f"{milestone}, due {milestone.due_on:%-d %B}"


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
    unmeasured = key_result.is_threshold and key_result.measured_at is None
    return NumberField(
        unit="%" if percent else key_result.measured_in,
        initial=None if unmeasured else key_result.current,
        label="Value now",
        help_text=_hint(key_result),
        error_messages={"required": "Enter the value as it is now."},
    )


def _hint(key_result: KeyResult) -> str:
    if key_result.is_threshold:
        return f"It {rule(key_result)}."
    start, target = value(key_result, key_result.start), value(key_result, key_result.target)
    return f"From {start} toward {target}."
