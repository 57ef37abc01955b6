"""A person as an OKR admin enters and changes them."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from okr import invitations
from okr.audit import noted
from okr.forms.choosing import too_long
from okr.forms.person_picker import PersonField
from okr.forms.unit_picker import UnitField
from okr.forms.versions import VersionedForm
from okr.models import Notification, Occasion, Person, RefusedError

KNOWN = "Somebody has this e-mail address already: {}."
TAKEN = "Somebody else was given this e-mail address just now."
NOT_SENT = "The mail server did not take the message to {}. Try again in a few minutes."
LEFT = "{} has this e-mail address and was deactivated. Reactivate them instead."


class PersonForm(VersionedForm):
    unit = UnitField(label="Organizational Unit", required=False)
    manager = PersonField(
        required=False, help_text="Sees and may change what this person and their reports own."
    )

    class Meta:
        model = Person
        fields = ["name", "email", "designation", "unit", "manager", "role"]
        labels = {"email": "E-mail address"}
        help_texts = {"email": "What they sign in with, and where messages go."}
        widgets = {
            "name": forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "role": forms.RadioSelect,
        }
        error_messages = {
            "name": {"required": "Enter a name.", "max_length": too_long(120)},
            "email": {
                "required": "Enter an e-mail address.",
                "invalid": "Enter an e-mail address like name@example.com.",
            },
            "designation": {"max_length": too_long(120)},
            "role": {"required": "Choose a role."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = (self.instance.manager_id, self.instance.role)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        known = Person.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).first()
        if known:
            said = (KNOWN if known.is_active else LEFT).format(known)
            raise ValidationError(said, code="uniqueness")
        return email

    def keep(self) -> None:
        manager, role = self.cleaned_data["manager"], self.cleaned_data["role"]
        before = self.before
        with noted("people.changed", self.instance):
            self.instance.keep()
            if (manager and manager.pk) != before[0]:
                self._attempt("manager", self.instance.report_to, manager)
            if role != before[1]:
                self._attempt("role", self.instance.take_role, role)

    def kept(self, *args: Any, **kwargs: Any) -> bool:
        try:
            return super().kept(*args, **kwargs)
        except RefusedError:
            return False
        except IntegrityError:
            self.add_error("email", ValidationError(TAKEN, code="uniqueness"))
            return False

    def _attempt(self, field: str, verb: Any, *args: Any) -> None:
        try:
            verb(*args)
        except RefusedError as refused:
            self.add_error(field, str(refused))
            raise


class NewPersonForm(PersonForm):
    invite = forms.BooleanField(
        label="Send an invitation by e-mail" if settings.MAIL_SERVER else "Make an invitation link",
        required=False,
        initial=True,
        help_text="It leads to the sign-in of the company where everybody uses that; else to a"
        f" password that they choose, once, within {invitations.DAYS} days.",
    )

    def add(self, by: Person, at: datetime) -> Person | None:
        """None where somebody else added the address in the same moment."""
        names = ("email", "name", "designation", "unit", "role")
        fields = {name: self.cleaned_data[name] for name in names}
        try:
            with noted("people.added") as note:
                person = Person.objects.join(reports_to=self.cleaned_data["manager"], **fields)
                note.about = person
        except IntegrityError:
            self.add_error("email", ValidationError(TAKEN, code="uniqueness"))
            return None
        if self.cleaned_data["invite"]:
            invitations.send(person, by, at)
        return person


class LeavingForm(forms.Form):
    """Who takes over; whom the leaving person owns nothing open for, may be left empty."""

    heir = PersonField(
        label="New owner",
        required=False,
        help_text="Takes over objectives and key results of open cycles, and units they lead.",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        heir = self.fields["heir"]
        heir.queryset = Person.objects.active().exclude(pk=person.pk)  # type: ignore[attr-defined]
        heir.required = person.open_objectives.exists() or person.open_key_results.exists()
        heir.error_messages["required"] = f"Choose who takes over what {person} owns."
        heir.initial = person.manager if person.manager and person.manager.is_active else None

    def keep(self, by: Person, at: datetime, words: str) -> bool:
        heir = self.cleaned_data["heir"]
        try:
            with noted("people.deactivated", self.person) as note:
                self.person.leave(by=by, at=at, heir=heir)
                note.tell("New owner", None, heir)
                if heir and words:
                    kind = Occasion.HANDED_OVER
                    Notification.objects.tell([heir], kind, by=by, at=at, words=words)
        except RefusedError as refused:
            self.add_error(None, str(refused))
            return False
        return True
