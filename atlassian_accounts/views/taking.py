"""One press takes matches of accounts and people to where another integration needs them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from atlassian_accounts import taking
from okr.access import require_admin
from okr.imports.shape import Fate, Shape
from okr.models import Person

TAKEN = "{account} was taken into {into}."
KNOWN = "{account} is in {into} already."
NOTHING = "No account in use belongs to somebody here, so there is nothing to take."


@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """Of all accounts: what would be written is shown first."""
    admin = require_admin(request)
    into = _into(admin, slug)
    if not taking.matched().exists():
        messages.info(request, NOTHING)
        return redirect("accounts:list")
    return redirect("okr:import_check", taking.take(into, admin, timezone.now()).pk)


@require_POST
def take_one(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Where something stands against it, the check says what."""
    admin = require_admin(request)
    into, account = _into(admin, slug), get_object_or_404(taking.matched(), pk=pk)
    upload = taking.take_one(account, into, admin, timezone.now())
    fates = taking.fates_of(upload)
    if Fate.PROBLEM in fates:
        return redirect("okr:import_check", upload.pk)
    words = KNOWN if fates == {Fate.UNCHANGED} else TAKEN
    messages.success(request, words.format(account=account, into=into.takes_accounts()))
    return redirect("accounts:one", pk)


def _into(admin: Person, slug: str) -> Shape:
    into = taking.destination(admin, slug)
    if into is None:
        raise Http404
    return into
