"""The library's pages for passkeys, where they have to behave otherwise here."""

from typing import Any

from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy

from okr.forms.passkeys import NOT_TAKEN


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """What is asked for is a passkey that its device keeps, and gives only to whom it knows."""
        asked = {"creation_options": begin_registration(self.request.user, True)}
        answer: HttpResponse = super().render_to_response(context | {"js_data": asked}, **more)
        return answer


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nobody is asked who they are for the sake of what is not there."""
        get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


class SignInByPasskey(LoginWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: BaseForm) -> HttpResponse:  # noqa: ARG002
        messages.error(self.request, NOT_TAKEN)
        return redirect("account_login")


class ConfirmByPasskey(ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: BaseForm) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return answer
