"""Passwords that people choose: the first one, and another one."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from okr.audit import note_if_admin
from okr.models import Person

HOW = "At least 8 characters; not a common password, and not only digits."


def new_password(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        help_text=HOW,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password."},
    )


class FirstPasswordForm(forms.Form):
    password = new_password("Password")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def keep(self) -> bool:
        """False where the invitation was accepted in the same moment."""
        with transaction.atomic():
            done = self.person.accept_invitation(self.cleaned_data["password"])
            if done:
                note_if_admin("signing_in.password_chosen", self.person)
        return done


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label="Email",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        error_messages={
            "required": "Enter your email address.",
            "invalid": "Enter an email address like name@example.com.",
        },
    )


class PasswordForm(FirstPasswordForm):
    """Another password; whoever finds an open window does not know the current one."""

    current = forms.CharField(
        label="Current password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your current password."},
    )
    password = new_password("New password")
    field_order = ["current", "password"]

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.person.check_password(current):
            raise ValidationError("This is not your current password.")
        return current

    def keep(self) -> bool:
        self.person.set_password(self.cleaned_data["password"])
        self.person.invited_at = None
        with transaction.atomic():
            self.person.save(update_fields=["password", "invited_at"])
            note_if_admin("signing_in.password_changed", self.person)
        return True
