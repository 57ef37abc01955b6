"""A file of OKRs as somebody brings it, chosen or pasted, and which one they take away."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from okr.as_code.desk import ordered
from okr.as_code.plan import MOST_AT_ONCE, Order
from okr.as_code.reading import LARGEST, TOO_LARGE, FaultyError, text_of
from okr.as_code.standing import named_cycles
from okr.forms.choosing import too_long
from okr.forms.unit_picker import UnitField
from okr.models import Cycle, Person
from okr.pages.counting import counted

PASTED = 200_000
OPEN = "open"
NEITHER = "Choose a file or paste its text."


class EitherFile(forms.FileField):
    """Needed where no text is given: that is for the form to tell."""

    def validate(self, value: Any) -> None: ...


class EitherText(forms.CharField):
    def validate(self, value: Any) -> None: ...

    def widget_attrs(self, widget: Any) -> dict[str, Any]:  # noqa: ARG002
        """No bound in the browser, which would cut a text off and say nothing."""
        return {}


class OkrFileForm(forms.Form):
    use_required_attribute = False
    file = EitherFile(
        max_length=200,
        help_text=f"YAML, at most {LARGEST // 1_000_000} MB and {MOST_AT_ONCE} changes.",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,application/yaml"}),
        error_messages={
            "empty": "This file is empty.",
            "max_length": "The name of this file is too long. Rename it.",
        },
    )
    text = EitherText(
        label="Or its text",
        strip=False,
        max_length=PASTED,
        help_text="Where a file is chosen, the file counts.",
        widget=forms.Textarea(
            attrs={"rows": 12, "class": "code", "spellcheck": "false", "autocomplete": "off"}
        ),
        error_messages={"max_length": f"{too_long(PASTED)} Choose a longer text as a file."},
    )
    removing = forms.BooleanField(
        label="Delete what the file leaves out",
        required=False,
        help_text="In the cycles that it lists, as far as you may change it. It is shown first.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("file") or cleaned.get("text", "").strip()):
            raise ValidationError({"file": NEITHER})
        return cleaned

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise ValidationError(TOO_LARGE)
        return file

    @property
    def name(self) -> str:
        file = self.cleaned_data["file"]
        return file.name if file else ""

    def order(self, by: Person, at: datetime) -> Order:
        file = self.cleaned_data["file"]
        content = file.read() if file else self.cleaned_data["text"].encode()
        return ordered(content, by, at, removing=self.cleaned_data["removing"])


def refused(order: Order, faulty: FaultyError) -> OkrFileForm:
    """The form again, with the text in it where it is short enough to be mended there."""
    try:
        text = text_of(order.content)
    except FaultyError:
        text = ""
    text = text if len(text) <= PASTED else ""
    form = OkrFileForm({"text": text, "removing": order.removing})
    form.full_clean()
    form.errors.clear()
    count = counted(len(faulty.faults), "fault")
    form.add_error("text" if text else "file", f"Nothing was changed: the file has {count}.")
    return form


class TakeAwayForm(forms.Form):
    """Which part of what stands here is written as a file."""

    use_required_attribute = False
    cycle = forms.ChoiceField(error_messages={"invalid_choice": "Choose from the list."})
    unit = UnitField(
        label="Organizational Unit",
        required=False,
        help_text="Only what is its own or its people’s; otherwise all that you may see.",
    )

    def __init__(self, asked: dict[str, str], *, is_sent: bool) -> None:
        told = {"cycle": OPEN} | asked
        super().__init__(told if is_sent else None, initial=told)
        field = self.fields["cycle"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  narrows the type
        cycles = Cycle.objects.newest_first()
        field.choices = [(OPEN, "All that are open"), *((str(each.pk), each) for each in cycles)]

    @property
    def cycles(self) -> list[Cycle]:
        chosen = self.cleaned_data["cycle"]
        which = Q(closed_at=None) if chosen == OPEN else Q(pk=chosen)
        return list(named_cycles().filter(which))
