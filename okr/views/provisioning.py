"""Where an OKR admin lets the company's directory keep people and units by SCIM."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from okr.access import require_admin
from okr.audit import noted
from okr.confirming import confirmed_recently
from okr.forms.provisioning import DirectoryTokenForm
from okr.http import after, fitting_status, render_dialog, sent
from okr.models import DirectoryToken

ADDRESS = "/scim/v2"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def tokens(request: HttpRequest) -> HttpResponse:
    """A new one stands in the answer to its form, and nowhere else ever after."""
    admin = require_admin(request)
    form, told = DirectoryTokenForm(sent(request)), ""
    if request.method == "POST" and form.is_valid():
        told = form.keep(by=admin, at=timezone.now())
        form = DirectoryTokenForm()
    context = {
        "title": "Provisioning",
        "address": settings.PUBLIC_ADDRESS + ADDRESS,
        "tokens": DirectoryToken.objects.valid().select_related("made_by"),
        "form": form,
        "told": told,
    }
    return render(request, "okr/provisioning.html", context, status=fitting_status(context))


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    token = get_object_or_404(DirectoryToken.objects.valid(), pk=pk)
    back = reverse("okr:provisioning")
    if request.method == "POST":
        with noted("provisioning.token_revoked", token, always=True):
            token.revoke(timezone.now())
        messages.success(request, f"The token “{token}” is revoked.")
        return after(request, back)
    context = {"title": "Revoke this token?", "token": token, "back": back}
    return render_dialog(request, "okr/settings/token_revoke.html", context)
