"""What is sent for approval and what is answered; and what makes an objective wait again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone

from okr.forms.choosing import too_long
from okr.models import DecidedError, Objective, Person
from okr.models.approval import MOST_LETTERS, STARTS_FROM, Verb, change_reopens
from okr.models.closure import lock_open_cycle

SAY_WHAT = "Say what is to be changed."
NO_SUCH_STEP = "That cannot be done with this objective now. Reload the page to see how it stands."
BUTTONS = {
    Verb.SUBMIT: "Send for approval",
    Verb.APPROVE: "Approve",
    Verb.SEND_BACK: "Send back",
}


@contextmanager
def asking_again(objective: Objective, person: Person, changed: bool) -> Iterator[None]:
    """Around a save: what was approved waits again when somebody who may not approve changed it."""
    with transaction.atomic():
        reopens = changed and objective.pk is not None and change_reopens(objective, person)
        if reopens:
            lock_open_cycle(objective.cycle_id)
        yield
        if reopens:
            objective.ask_again(by=person, at=timezone.now())


class ApprovalForm(forms.Form):
    """`verbs` are those that this person may use now; which one was pressed comes as `verb`."""

    comment = forms.CharField(
        required=False,
        max_length=MOST_LETTERS,
        label="Comment",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": too_long(MOST_LETTERS)},
    )
    verb = forms.ChoiceField(
        widget=forms.HiddenInput,
        choices=Verb.choices,
        error_messages={"required": NO_SUCH_STEP, "invalid_choice": NO_SUCH_STEP},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, objective: Objective, verbs: list[Verb], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"version": objective.version}})
        self.objective, self.verbs = objective, verbs
        if Verb.SEND_BACK in verbs:
            self.fields["comment"].help_text = "Needed to send it back."

    @property
    def buttons(self) -> list[tuple[str, str]]:
        return [(verb.value, BUTTONS[verb]) for verb in self.verbs]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        verb = cleaned.get("verb")
        if verb and verb not in self.verbs:
            self.add_error(None, NO_SUCH_STEP)
        if verb == Verb.SEND_BACK and not cleaned.get("comment", "").strip():
            self.add_error("comment", SAY_WHAT)
        return cleaned

    def keep(self, by: Person, at: datetime) -> bool:
        """Whether the step was taken; not where somebody was faster, which the form then tells."""
        verb, told = self.cleaned_data["verb"], {"comment": self.cleaned_data["comment"]}
        if verb != Verb.SUBMIT:
            told["seen"] = self.cleaned_data["version"]
        try:
            getattr(self.objective, verb)(by=by, at=at, **told)
        except DecidedError as decided:
            self.add_error(None, str(decided))
            return False
        return True


def verbs_for(person: Person, objective: Objective, *, edits: bool, decides: bool) -> list[Verb]:
    """What a person may do with an objective as it stands, the usual first."""
    may = {
        Verb.SUBMIT: edits and not decides,
        Verb.APPROVE: decides,
        Verb.SEND_BACK: decides and objective.owner_id != person.pk,
    }
    return [verb for verb, allowed in may.items() if allowed and _fits(verb, objective)]


def _fits(verb: Verb, objective: Objective) -> bool:
    return objective.approval in STARTS_FROM[verb]
