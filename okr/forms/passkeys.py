"""What a device answers when it is asked for a passkey; one sentence tells what is wrong."""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

T = TypeVar("T")
NOT_TAKEN = "This passkey was not accepted. Try again, or choose another way."
UNREADABLE = (TypeError, ValueError, KeyError, AttributeError)


def taken(read: Callable[[], T]) -> T:
    """What it is read as; too many attempts keep their own sentence."""
    try:
        return read()
    except ValidationError as error:
        if error.code == "incorrect_code":
            raise ValidationError(NOT_TAKEN) from error
        raise
    except UNREADABLE as error:
        raise ValidationError(NOT_TAKEN) from error


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Every passkey may sign in alone: it is made so that its device asks who holds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label="Name",
            max_length=60,
            required=False,
            initial=self.initial["name"],
            help_text="What you will know it by, as “Work laptop”.",
        )
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        return taken(super().clean)


class Guarded:
    def clean_credential(self) -> Any:
        return taken(super().clean_credential)  # type: ignore[misc]


class PasskeyForm(Guarded, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step of signing in."""


class PasskeyAloneForm(Guarded, LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in without a password."""


class PasskeyAgainForm(Guarded, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before something sensitive."""
