"""The list of accounts, one of them, and the people who have none."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from atlassian_accounts.listing import (
    A_PAGE,
    SORTS,
    Filters,
    listed,
    rows_of,
)
from atlassian_accounts.models import Account, without_account
from atlassian_accounts.removal.offering import Choice, Offer
from atlassian_accounts.sheets import people_sheet, sheet
from atlassian_accounts.taking import destinations
from okr import exports
from okr.access import require_admin
from okr.http import render_part

NAMES = ("organization", "status", "group", "product", "belongs", "gone")
LONGEST = 200


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    admin = require_admin(request)
    asked = {name: _words(request, name) for name in NAMES}
    sort = _words(request, "sort")
    filters = Filters(_words(request, "q"), sort=sort if sort in SORTS else "name", **asked)
    if exports.is_wanted(request):
        return exports.download(request, sheet(filters))
    found = listed(filters, request.GET.get("page"))
    context = {
        "title": "Accounts",
        "listed": found,
        "destinations": destinations(admin),
        "choice": Choice.of(list(found.rows), admin),
    }
    return render_part(
        request, "atlassian_accounts/list.html", "atlassian_accounts/_list.html", context
    )


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    admin = require_admin(request)
    account = get_object_or_404(Account.objects.select_related("connection"), pk=pk)
    row = next(rows_of([account]))
    matched = account.is_usable and row.person is not None and row.person.is_active
    context = {
        "title": str(account),
        "row": row,
        "destinations": destinations(admin) if matched else [],
        "offer": Offer.of(account, admin),
    }
    return render(request, "atlassian_accounts/account.html", context)


@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """The active people whose address no account has."""
    require_admin(request)
    found = without_account().select_related("unit")
    if exports.is_wanted(request):
        return exports.download(request, people_sheet(found))
    rows = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"title": "People without an account", "rows": rows}
    return render(request, "atlassian_accounts/people.html", context)


def _words(request: HttpRequest, name: str) -> str:
    """As much of it as anybody types; no character that a database refuses."""
    return request.GET.get(name, "").replace("\0", "").strip()[:LONGEST]
