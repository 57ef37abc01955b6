"""Where OKR admins keep who works here."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from okr import exports, invitations
from okr.access import person_of, require_admin
from okr.audit import noted
from okr.forms.people import NOT_SENT, LeavingForm, NewPersonForm, PersonForm
from okr.http import after, render_dialog, render_part, sent
from okr.models import Person
from okr.pages.people import COLUMNS, Filters, people_page
from okr.pages.person import PersonPage, handed_over, leaving
from okr.views.choosing import words


@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    require_admin(request)
    names = ("role", "unit", "state")
    asked = {name: words(request, name) for name in names}
    filters = Filters(words(request, "q"), sort=words(request, "sort") or "name", **asked)
    if exports.is_wanted(request):
        return exports.download(request, _sheet(filters))
    context = {"title": "People", "listed": people_page(filters, request.GET.get("page"))}
    return render_part(request, "okr/people/people.html", "okr/people/_people.html", context)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    page = PersonPage(_person(request, pk), timezone.now())
    return render(request, "okr/people/person.html", {"title": page.person.name, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    admin = require_admin(request)
    form = NewPersonForm(sent(request))
    if form.is_valid() and (added := form.add(admin, timezone.now())):
        messages.success(request, f"{added} is added.")
        return after(request, _page_of(added.pk))
    context = {"title": "Add person", "form": form, "back": reverse("okr:people")}
    return render_dialog(request, "okr/people/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    changed = _person(request, pk)
    form = PersonForm(sent(request), instance=changed)
    if request.method == "POST" and form.is_valid() and form.kept():
        messages.success(request, f"{changed} is saved.")
        lost = changed == person_of(request) and not changed.is_okr_admin
        return after(request, reverse("okr:my") if lost else _page_of(pk))
    return _dialog(request, "okr/people/form.html", pk, title="Edit person", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    leaver = _person(request, pk)
    form = LeavingForm(request.POST if request.method == "POST" else None, person=leaver)
    now, told = timezone.now(), handed_over(leaver)
    if request.method == "POST" and form.is_valid() and form.keep(person_of(request), now, told):
        messages.success(request, f"{leaver} is deactivated.")
        return after(request, _page_of(pk))
    title, follows = f"Deactivate {leaver}?", leaving(leaver)
    return _dialog(
        request, "okr/people/deactivate.html", pk, title=title, form=form, follows=follows
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    returner = _person(request, pk)
    if request.method == "POST":
        with noted("people.reactivated", returner):
            returner.come_back()
        messages.success(request, f"{returner} is active again.")
        return after(request, _page_of(pk))
    return _dialog(
        request, "okr/people/reactivate.html", pk, title=f"Reactivate {returner}?", who=returner
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    guest = _person(request, pk)
    page = PersonPage(guest, timezone.now())
    if request.method != "POST" or not page.may_invite:
        title = f"Invite {guest}" if page.is_waiting else f"New password for {guest}"
        return _dialog(request, "okr/people/invite.html", pk, title=title, page=page)
    if invitations.send(guest, person_of(request), timezone.now()):
        done = "{} is invited." if page.is_waiting else "A link for a new password is made for {}."
        messages.success(request, done.format(guest))
    else:
        messages.error(request, NOT_SENT.format(guest.email))
    return after(request, _page_of(pk))


def _person(request: HttpRequest, pk: int) -> Person:
    require_admin(request)
    found: Person = get_object_or_404(Person.objects.select_related("unit", "manager"), pk=pk)
    return found


def _page_of(pk: int) -> str:
    return reverse("okr:person", args=[pk])


def _dialog(request: HttpRequest, template: str, pk: int, **context: Any) -> HttpResponse:
    return render_dialog(request, template, context | {"back": _page_of(pk)})


def _sheet(filters: Filters) -> exports.Sheet:
    rows = (
        (
            each.name,
            each.designation,
            each.unit.name if each.unit else "",
            each.get_role_display(),
            each.manager.name if each.manager else "",
            each.email,
            each.state.label,
        )
        for each in filters.people().iterator(chunk_size=500)
    )
    return exports.Sheet("people", [*COLUMNS.values(), "E-mail", "State"], rows)
