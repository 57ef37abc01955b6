"""All tokens of the company, where OKR admins make those of services and revoke any."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from okr.access import require_admin
from okr.confirming import confirmed_recently
from okr.forms.api_tokens import CompanyTokenForm
from okr.http import fitting_status, sent
from okr.models import ApiToken
from okr.views.revoking import revoked

A_PAGE = 25


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def tokens(request: HttpRequest) -> HttpResponse:
    """A new one stands in the answer to its form, and nowhere else ever after."""
    admin, now = require_admin(request), timezone.now()
    form, told = CompanyTokenForm(sent(request), by=admin), ""
    if request.method == "POST" and form.is_valid():
        told = form.keep(now)
        form = CompanyTokenForm(by=admin)
    rows = Paginator(ApiToken.objects.kept(), A_PAGE).get_page(request.GET.get("page"))
    context = {"title": "API tokens", "form": form, "rows": rows, "told": told, "now": now}
    return render(request, "okr/tokens/tokens.html", context, status=fitting_status(context))


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    return revoked(request, ApiToken.objects.kept(), pk, reverse("okr:company_tokens"))
