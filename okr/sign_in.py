"""Signing in with email and password: what we ask of allauth, and our words for it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import LoginForm
from django import forms
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from okr import sign_ins
from okr.audit import note_if_admin, noted
from okr.company_sign_in.confirming import came_by_a_provider, is_proof, keep_time, ways
from okr.factor_news import tell
from okr.models import Person, Policy, Role

NO_MATCH = "This email and password do not match. Check both and try again."
TOO_MANY = "Too many attempts. Try again in 15 minutes."
COMPANY_ONLY = "Everybody signs in through the company here."
NAMED_ONLY = (
    f"{COMPANY_ONLY} Only OKR admins who are named for emergencies use a password, and this one"
    " does not match."
)
NOT_LET_IN = "You cannot sign in with that. Try another way, or ask an OKR admin."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": NO_MATCH,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "named_only": NAMED_ONLY,
        "incorrect_password": "This is not your password.",
    }

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that follows says enough."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        """Whoever has just proven who they are need not do so again at once."""
        super().login(request, user)
        records = get_authentication_records(request, user)
        request.session[RECORDS] = [
            record | {"reauthenticated": is_proof(record)} for record in records
        ]
        note_if_admin("signing_in.succeeded", user)
        sign_ins.begin(request, user)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """At the provider too, where one knows somebody."""
        usual: list[dict[str, str]] = super().get_reauthentication_methods(user)
        if not user.is_authenticated:
            return usual
        kept = [way for way in usual if user.may_use_password or way["id"] != "reauthenticate"]
        return [*kept, *ways(user)]

    def logout(self, request: HttpRequest) -> None:
        sign_ins.forget(request)
        super().logout(request)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:  # noqa: ARG002
        messages.error(request, NOT_LET_IN)
        return redirect("account_login")

    def send_notification_mail(self, template_prefix: str, user: Person, **_: Any) -> None:
        """Called wherever second factors change."""
        tell(template_prefix, user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Logged where it was an OKR admin's address: what else is typed may be a secret."""
        super().authentication_failed(request, **credentials)
        typed = str(credentials.get("email", ""))
        admin = Person.objects.active().filter(email__iexact=typed, role=Role.OKR_ADMIN).first()
        if admin:
            with noted("signing_in.failed", admin, always=True):
                """Nothing changes."""

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse | None:
        """Whatever lets somebody in comes by here: a password, a passkey, a link, a provider."""
        if not (user.may_use_password or came_by_a_provider(request, user)):
            messages.error(request, COMPANY_ONLY)
            return redirect("account_login")
        if login := (kwargs.get("signal_kwargs") or {}).get("sociallogin"):
            keep_time(request, user, login)
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        is_closed = code == "email_password_mismatch" and Policy.load().is_company_only
        refusal: ValidationError = super().validation_error(
            "named_only" if is_closed else code, *args
        )
        return refusal

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Who has left, or does not come in this way, learns no more than a stranger does."""
        person: Person | None = super().authenticate(request, **credentials)
        is_let_in = person and person.is_active and person.may_use_password
        return person if is_let_in else None


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, password = self.fields["login"], self.fields["password"]
        email.label = "Email"
        email.widget = forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
        email.error_messages |= {
            "required": "Enter your email address.",
            "invalid": "Enter an email address like name@example.com.",
        }
        password.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        password.error_messages |= {"required": "Enter your password."}
        password.help_text = ""
