"""A step of the check-in queue: a new check-in, nothing new, or another word for the last one."""

from datetime import datetime
from typing import Any

from django import forms

from okr.forms.check_ins import CheckInForm, TokenField
from okr.forms.choosing import too_long
from okr.forms.comments import MentionArea
from okr.models import CheckIn, KeyResult, Person

FIRST = ("value", "reached", "confidence")


class FocusedRadios(forms.RadioSelect):
    """The focus lands on the button that is chosen, so that the arrows go on from there."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["selected"]:
            option["attrs"]["autofocus"] = True
        return option


class FocusedBoxes(forms.CheckboxSelectMultiple):
    """The focus lands on the first box."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["index"] == "0":
            option["attrs"]["autofocus"] = True
        return option


FOCUSED: dict[type[forms.Widget], Any] = {
    forms.RadioSelect: FocusedRadios,
    forms.CheckboxSelectMultiple: FocusedBoxes,
}


class StepForm(CheckInForm):
    """One line for the note, and the focus in the first field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].widget = MentionArea(self.key_result, rows=1)
        if not self.is_bound:
            self._focus(next(name for name in FIRST if name in self.fields))

    def _focus(self, name: str) -> None:
        field: Any = self.fields[name]
        widget = field.widget
        if type(widget) in FOCUSED:
            field.widget = FOCUSED[type(widget)](widget.attrs, widget.choices)
        else:
            widget.attrs["autofocus"] = True


class CorrectionForm(CheckInForm):
    """Says anew what a person has said; what is measured by milestones is ticked elsewhere."""

    def __init__(self, *args: Any, check_in: CheckIn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check_in = check_in
        self.before = judged_before(self.key_result, check_in)
        self.fields.pop("reached", None)
        self.initial = {"confidence": check_in.confidence, "note": check_in.note}

    def say(self, by: Person, at: datetime) -> None:
        self.check_in.correct(by=by, at=at, **self.cleaned_data)


class StepCorrectionForm(CorrectionForm, StepForm):
    """The same, as a step of the queue."""


class UnchangedForm(forms.Form):
    """That nothing has changed; a note that was typed is kept all the same."""

    token = TokenField()
    note = forms.CharField(
        required=False, max_length=10_000, error_messages={"max_length": too_long(10_000)}
    )

    def keep(self, key_result: KeyResult, by: Person, at: datetime) -> CheckIn:
        return CheckIn.objects.confirm(key_result, by=by, at=at, **self.cleaned_data)


def judged_before(key_result: KeyResult, check_in: CheckIn) -> str:
    """The confidence before the one that is corrected; empty where that was the first."""
    earlier = key_result.check_ins.standing().exclude(pk=check_in.pk)
    found = earlier.values_list("confidence", flat=True).first()
    return found or ""
