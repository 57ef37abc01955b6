"""The tokens that a person made for scripts: shown once, listed, revoked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from okr.access import person_of
from okr.forms.api_tokens import ApiTokenForm
from okr.http import after, fitting_status, render_dialog, sent
from okr.models import ApiToken


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """A new one stands in the answer to its form, and nowhere else ever after."""
    person, now = person_of(request), timezone.now()
    form, told = ApiTokenForm(sent(request), person=person), ""
    if request.method == "POST" and form.is_valid():
        told = form.keep(now)
        form = ApiTokenForm(person=person)
    own = ApiToken.objects.filter(person=person, revoked_at=None, for_service=False)
    context = {"title": "Settings", "form": form, "tokens": own, "told": told, "now": now}
    return render(request, "okr/settings/tokens.html", context, status=fitting_status(context))


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    rows = ApiToken.objects.filter(person=person_of(request), revoked_at=None)
    token = get_object_or_404(rows, pk=pk)
    back = reverse("okr:settings_tokens")
    if request.method == "POST":
        token.revoke(timezone.now())
        messages.success(request, f"The token “{token}” is revoked.")
        return after(request, back)
    context = {"title": "Revoke this token?", "token": token, "back": back}
    return render_dialog(request, "okr/settings/token_revoke.html", context)
