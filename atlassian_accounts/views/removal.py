"""Deleting, suspending and restoring accounts: the switch, the confirmation, the history."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlassian_accounts.forms.removal import RemovalForm
from atlassian_accounts.models import (
    AccountsSettings,
    OrganizationConnection,
    Outcome,
    Removal,
    Verb,
)
from atlassian_accounts.removal import asking, history, words
from atlassian_accounts.removal.choosing import MOST, Chosen
from okr.access import require_admin
from okr.confirming import confirmed_recently
from okr.http import after, render_dialog, render_part, sent
from okr.models import Person

A_PAGE = 25
OFF = "Removing accounts is turned off. Nothing was done."
NONE_CHOSEN = "Tick at least one account, and choose what is to be done."
TOO_MANY = f"Choose at most {MOST} accounts at once."
TOO_LATE = "It is too late to take this back: it is under way, or over."
TURNED_ON, TURNED_OFF = "Removing accounts is on.", "Removing accounts is off."


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def ask(request: HttpRequest) -> HttpResponse:
    """What is behind the address says what and to whom; nothing happens before it is confirmed."""
    admin = require_admin(request)
    if not AccountsSettings.load().removes:
        messages.error(request, OFF)
        return after(request, reverse("accounts:integration"))
    pks, verb = _chosen(request), request.GET.get("verb", "")
    if not pks or verb not in Verb or len(pks) > MOST:
        messages.error(request, TOO_MANY if len(pks) > MOST else NONE_CHOSEN)
        return after(request, reverse("accounts:list"))
    chosen = Chosen.of(Verb(verb), pks, admin)
    if under_way := _asked_already(chosen, admin):
        return after(request, _page_of(under_way))
    return _confirm(request, chosen, admin)


def _confirm(request: HttpRequest, chosen: Chosen, admin: Person) -> HttpResponse:
    context = {"title": chosen.title, "chosen": chosen, "back": reverse("accounts:list")}
    if not chosen.accounts:
        refused = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
        return render_dialog(request, "atlassian_accounts/remove.html", context, refused)
    form = RemovalForm(sent(request), chosen=chosen)
    if form.is_bound and form.is_valid() and (rows := form.keep(admin)):
        return after(request, _page_of(rows[0]))
    return render_dialog(request, "atlassian_accounts/remove.html", context | {"form": form})


def _chosen(request: HttpRequest) -> set[int]:
    told = request.GET.getlist("account")
    return {int(each) for each in told if each.isdecimal() and len(each) <= 18}


def _asked_already(chosen: Chosen, by: Person) -> Removal | None:
    """Whoever pressed the button twice is shown what the first press began."""
    if chosen.accounts:
        return None
    pks = [account.pk for account, _why in chosen.left_out]
    mine = Removal.objects.open().filter(verb=chosen.verb, by=by, account__in=pks)
    return mine.first()


def _page_of(row: Removal) -> str:
    return f"{reverse('accounts:removals')}?{urlencode({'together': row.together})}"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    narrowed = history.Narrowed.of(request.GET.dict())
    rows = Paginator(narrowed.rows(), A_PAGE).get_page(request.GET.get("page"))
    shown = list(rows)
    context = {
        "title": "Changes to accounts",
        "narrowed": narrowed,
        "rows": rows,
        "told": history.told(shown),
        "outcomes": Outcome.choices,
        "organizations": OrganizationConnection.objects.order_by("label"),
        "pause": history.pause(shown),
    }
    whole, part = "atlassian_accounts/removals.html", "atlassian_accounts/_removals.html"
    return render_part(request, whole, part, context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    row = get_object_or_404(Removal.objects.select_related("connection"), pk=pk)
    if not asking.cancel(row):
        messages.info(request, TOO_LATE)
    return after(request, _page_of(row))


@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Reads the account again now, to see what became of what was sent."""
    require_admin(request)
    row = get_object_or_404(Removal.objects.select_related("connection"), pk=pk)
    asking.look_now(row)
    return after(request, _page_of(row))


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def switch(request: HttpRequest) -> HttpResponse:
    """Both ways ask first: on says which rights the key needs, off what becomes of what waits."""
    require_admin(request)
    settings, back = AccountsSettings.load(), reverse("accounts:integration")
    if not settings.enabled:
        return after(request, back)
    if request.method == "POST":
        on = request.POST.get("removes") == "on"
        if on != settings.removes:
            (asking.allow if on else asking.forbid)()
            messages.success(request, TURNED_ON if on else TURNED_OFF)
        return after(request, back)
    asks = "Turn off removing accounts?" if settings.removes else "Allow removing accounts?"
    context = {"title": asks, "settings": settings, "rights": words.RIGHTS, "back": back}
    context["waiting"] = Removal.objects.waiting().count()
    return render_dialog(request, "atlassian_accounts/removing.html", context)
