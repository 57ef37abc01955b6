"""“Forgot your password?”: takes an address, and answers the same to everybody."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from okr import forgotten
from okr.company_sign_in.offered import is_company_only
from okr.forms.passwords import ForgottenForm
from okr.http import fitting_status, sent


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    form = ForgottenForm(sent(request))
    context = {"title": "Forgot your password?", "form": form, "company_only": is_company_only}
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="reset_password"):
            return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        _take(request, form.cleaned_data["email"])
        context["is_sent"] = True
    return render(request, "okr/forgotten.html", context, status=fitting_status(context))


def _take(request: HttpRequest, email: str) -> None:
    """Beyond a few for one address nothing happens, without a word of it."""
    key = email.lower()
    if ratelimit.consume(request, action="reset_password_of", key=key):
        forgotten.ask(email, timezone.now())
