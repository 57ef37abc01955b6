"""Asks before a token is revoked, and revokes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from okr.forms.api_tokens import revoke
from okr.http import after, render_dialog
from okr.models.api_token import ApiTokenQuerySet


def revoked(request: HttpRequest, rows: ApiTokenQuerySet, pk: int, back: str) -> HttpResponse:
    token = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        revoke(token, timezone.now())
        messages.success(request, f"The token “{token}” is revoked.")
        return after(request, back)
    context = {"title": "Revoke this token?", "token": token, "back": back}
    return render_dialog(request, "okr/settings/token_revoke.html", context)
