"""How people prove who they are: codes, passkeys, and the password once more."""

from hashlib import sha256
from typing import Any

from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.cache import cache

CODE_FIELD = {"autocomplete": "one-time-code", "autofocus": True, "maxlength": 20}
VALID_SECONDS = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)


class OneTime:
    """A code is taken once, though the clock would let it pass for a while longer."""

    label = "Code"
    user: Any
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.widget = self.label, forms.TextInput(attrs=CODE_FIELD)
        field.error_messages |= {"required": "Enter the code."}

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        digest = sha256(code.strip().encode()).hexdigest()
        if not cache.add(f"factors.used.{self.user.pk}.{digest}", True, VALID_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OneTime, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgainForm(OneTime, ReauthenticateForm):  # type: ignore[misc]
    """Before something sensitive."""


class AppForm(OneTime, ActivateTOTPForm):  # type: ignore[misc]
    label = "Code that the app shows"


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Every passkey may sign in alone: it is made so that its device asks who holds it."""

    name = forms.CharField(
        label="Name",
        max_length=60,
        help_text="What you will know it by, as “Work laptop”.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class PasswordAgainForm(PasswordAgain):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        attrs = {"autocomplete": "current-password", "autofocus": True}
        field.label, field.help_text = "Password", ""
        field.widget = forms.PasswordInput(attrs=attrs)
        field.error_messages |= {"required": "Enter your password."}
