"""The dialog that publishes OKRs or a review in Confluence, and that page anew later."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from confluence.contents import document_of
from confluence.forms.publishing import ContentsForm, PublishForm
from confluence.models import PublishedPage, Subject
from confluence.publishing import bring_up_to_date, publish
from confluence.refusals import ChangedError, GoneError, NotPublishedError
from confluence.views.asked import Asked, asked
from okr.access import person_of
from okr.documents import drawn, withheld
from okr.http import after, render_dialog, sent
from okr.models import Person

PUBLISHED = "Published in Confluence as “{title}”."
UP_TO_DATE = "“{title}” in Confluence is up to date."
TITLES = {
    Subject.OKRS: "Publish OKRs in Confluence",
    Subject.REVIEW: "Publish review in Confluence",
}
MOST_DIGITS = 18
SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def dialog(request: HttpRequest, subject: str, cycle: int, slug: str = "") -> HttpResponse:
    about = asked(request, subject, cycle, slug)
    row = about.row
    if "look" in request.POST:
        return _look(request, about)
    if row.number and "anew" not in request.POST:
        if "title" in request.POST:  # a second press, or somebody was faster
            return _done(request, about, PUBLISHED.format(title=row.title))
        return _renew(request, about)
    return _publish(request, about)


@require_safe
def preview(request: HttpRequest, subject: str, cycle: int, slug: str = "") -> HttpResponse:
    """The part of the dialog that shows what the page is going to say, with what is ticked."""
    row = asked(request, subject, cycle, slug).row
    _tick(row, request.GET)
    context = {"seen": _seen(row, person_of(request)), "row": row, "preview": request.path}
    return render(request, "confluence/_preview.html", context)


def _tick(row: PublishedPage, told: QueryDict) -> None:
    """Not kept: only looked at."""
    row.with_notes, row.with_reviews = "with_notes" in told, "with_reviews" in told


def _look(request: HttpRequest, about: Asked) -> HttpResponse:
    """Without JavaScript, the preview with what is ticked."""
    row, typed = about.row, request.POST
    _tick(row, typed)
    renews = row.number and "anew" not in typed
    form = ContentsForm(typed, row=row) if renews else _new_form(request, about, typed)
    return _offer(request, about, form)


def _seen(row: PublishedPage, person: Person) -> dict[str, Any]:
    document = document_of(row, person, timezone.now())
    return {
        "title": document.title,
        "drawn": drawn(document),
        "withheld": withheld(row.unit, row.cycle, person),
    }


def _publish(request: HttpRequest, about: Asked) -> HttpResponse:
    """Whoever chose to make another page has not said yet where and how it is to be called."""
    chosen = sent(request) if "title" in request.POST else None
    form = _new_form(request, about, chosen)
    if not form.is_valid():
        return _offer(request, about, form)
    row, connection = about.row, form.chosen.connection
    if row._state.adding:
        row = PublishedPage.objects.begin(about.subject, row.unit, row.cycle, connection)
    form.keep(row)
    try:
        publish(row, connection, form.wish(_number(request, "anew")), person_of(request))
    except NotPublishedError as error:
        form.add_error(error.field, str(error))
        return _offer(request, about, form)
    return _done(request, about, PUBLISHED.format(title=row.title))


def _renew(request: HttpRequest, about: Asked) -> HttpResponse:
    row, form = about.row, ContentsForm(sent(request), row=about.row)
    if not form.is_valid():
        return _offer(request, about, form)
    form.keep(row)
    try:
        bring_up_to_date(row, person_of(request), over=_number(request, "over") or 0)
    except NotPublishedError as error:
        form.add_error(None, str(error))
        return _offer(request, about, form, error)
    return _done(request, about, UP_TO_DATE.format(title=row.title))


def _new_form(request: HttpRequest, about: Asked, chosen: QueryDict | None) -> PublishForm:
    title = document_of(about.row, person_of(request), timezone.now()).title
    return PublishForm(chosen, row=about.row, spaces=about.spaces, title=title)


def _number(request: HttpRequest, name: str) -> int | None:
    """The version or page that the person has seen; None for none."""
    told = request.POST.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS else None


def _done(request: HttpRequest, about: Asked, said: str) -> HttpResponse:
    messages.success(request, said)
    return after(request, about.back)


def _offer(
    request: HttpRequest,
    about: Asked,
    form: ContentsForm,
    error: NotPublishedError | None = None,
) -> HttpResponse:
    row = about.row
    context = {
        "title": TITLES[about.subject],
        "row": row,
        "form": form,
        "conflict": error.conflict if isinstance(error, ChangedError) else None,
        "gone": isinstance(error, GoneError),
        "anew": row.number and isinstance(form, PublishForm),
        "seen": _seen(row, person_of(request)),
        "history": row.publications.select_related("by")[:SHOWN] if row.pk else [],
        "action": request.path,
        "preview": about.address("preview"),
        "back": about.back,
    }
    return render_dialog(request, "confluence/publish.html", context)
