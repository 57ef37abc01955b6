"""Signing in with email and password: what we ask of allauth, and our words for it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

NO_MATCH = "This email and password do not match. Check both and try again."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": NO_MATCH,
        "too_many_login_attempts": "Too many attempts. Try again in 15 minutes.",
    }

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that follows says enough."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A person who has left learns no more than a stranger does."""
        person: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return person if person and person.is_active else None


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
