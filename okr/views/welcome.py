"""Where the link of an invitation leads: a password, and in."""

from http import HTTPStatus

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from okr.forms.passwords import FirstPasswordForm
from okr.http import sent
from okr.invitations import invited_by
from okr.models import Person, State
from okr.sign_in import COMPANY_ONLY


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    person = invited_by(token, timezone.now())
    if person is None:
        return _over(request)
    if not person.may_use_password:
        messages.info(request, COMPANY_ONLY)
        return redirect("account_login")
    form = FirstPasswordForm(sent(request), person=person)
    if request.method == "POST" and form.is_valid():
        if not form.keep():
            return _over(request)
        return _let_in(request, person)
    is_new = person.state != State.ACTIVE
    title = f"Welcome to {settings.PRODUCT_NAME}" if is_new else "Choose a new password"
    context = {"title": title, "form": form, "person": person}
    # Not 422: Django logs the address of every refusal, and this one still lets somebody in.
    return render(request, "okr/welcome.html", context)


def _let_in(request: HttpRequest, person: Person) -> HttpResponse:
    """As after a password: whoever has a second factor is asked for it."""
    record_authentication(request, person, method="link")
    answer: HttpResponse = perform_login(request, Login(user=person))
    return answer


def _over(request: HttpRequest) -> HttpResponse:
    context = {"title": "This link no longer works"}
    return render(request, "okr/welcome_over.html", context, status=HTTPStatus.NOT_FOUND)
