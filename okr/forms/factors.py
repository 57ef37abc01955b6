"""How people prove who they are: by codes, and by the password once more."""

from contextlib import suppress
from hashlib import sha256
from typing import Any

from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError

from okr.sealing import SealError

CODE_FIELD = {"autocomplete": "one-time-code", "autofocus": True, "maxlength": 20}
VALID_SECONDS = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
CLOSED = "Your second factors cannot be read with the keys in use. Ask whoever runs this."


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
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except SealError as error:
            raise ValidationError(CLOSED) from error
        digest = sha256(normalize_user_code(code).encode()).hexdigest()
        if not cache.add(f"factors.used.{self.user.pk}.{digest}", True, VALID_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OneTime, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgainForm(OneTime, ReauthenticateForm):  # type: ignore[misc]
    """Before something sensitive."""


class AppForm(OneTime, ActivateTOTPForm):  # type: ignore[misc]
    """The key waits in the session for the first code, and is sealed there too."""

    label = "Code that the app shows"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        with suppress(KeyError, SealError):
            session[SECRET_SESSION_KEY] = get_adapter().decrypt(session.pop(SECRET_SESSION_KEY))
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = get_adapter().encrypt(self.secret)


class PasswordAgainForm(PasswordAgain):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        attrs = {"autocomplete": "current-password", "autofocus": True}
        field.label, field.help_text = "Password", ""
        field.widget = forms.PasswordInput(attrs=attrs)
        field.error_messages |= {"required": "Enter your password."}
