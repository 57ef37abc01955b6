"""The dialog that publishes a unit's OKRs or review in Confluence, and that page anew later."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from confluence.forms.publishing import ContentsForm, PublishForm
from confluence.models import PublishedPage, PublishingSpace, Subject
from confluence.publishing import bring_up_to_date, document_of, publish
from confluence.refusals import ChangedError, GoneError, NotPublishedError
from confluence.who_publishes import spaces_to_publish
from okr.access import person_of
from okr.http import after, render_dialog, sent
from okr.models import Cycle, Unit

PUBLISHED = "Published in Confluence as “{title}”."
UP_TO_DATE = "“{title}” in Confluence is up to date."
TITLES = {
    Subject.OKRS: "Publish OKRs in Confluence",
    Subject.REVIEW: "Publish review in Confluence",
}
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """What the dialog is about; a row without a page is not stored before it is needed."""

    row: PublishedPage
    spaces: list[PublishingSpace]

    @property
    def subject(self) -> Subject:
        return Subject(self.row.subject)

    @property
    def back(self) -> str:
        unit, cycle = self.row.unit.slug, self.row.cycle.pk
        if self.subject == Subject.OKRS:
            return f"{reverse('okr:team', args=[unit])}?cycle={cycle}"
        return reverse("okr:unit_review", args=[cycle, unit])


@require_http_methods(["GET", "HEAD", "POST"])
def dialog(request: HttpRequest, subject: str, cycle: int, slug: str) -> HttpResponse:
    asked = _asked(request, subject, cycle, slug)
    if asked.row.number and "anew" not in request.POST:
        return _renew(request, asked)
    return _publish(request, asked)


def _asked(request: HttpRequest, subject: str, cycle: int, slug: str) -> Asked:
    """403 with the reason for whoever may not publish it, or where nobody may."""
    if subject not in Subject.values:
        raise Http404
    unit = get_object_or_404(Unit.objects.select_related("lead"), slug=slug)
    spaces = spaces_to_publish(person_of(request), unit)
    found = get_object_or_404(Cycle, pk=cycle)
    row = PublishedPage.objects.about(Subject(subject), unit, found)
    if row is None:
        of = {"subject": subject, "unit": unit, "cycle": found}
        row = PublishedPage(connection=spaces[0].connection, **of)
    return Asked(row, spaces)


def _publish(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Whoever chose to make another page has not said yet where and how it is to be called."""
    chosen = sent(request) if "title" in request.POST else None
    form = _new_form(request, asked, chosen)
    if not form.is_valid():
        return _offer(request, asked, form)
    row, connection = asked.row, form.chosen.connection
    if row._state.adding:
        row = PublishedPage.objects.begin(asked.subject, row.unit, row.cycle, connection)
    form.keep(row)
    try:
        publish(row, connection, form.wish, person_of(request))
    except NotPublishedError as error:
        form.add_error(error.field, str(error))
        return _offer(request, asked, form)
    return _done(request, asked, PUBLISHED.format(title=row.title))


def _renew(request: HttpRequest, asked: Asked) -> HttpResponse:
    row, form = asked.row, ContentsForm(sent(request), row=asked.row)
    if not form.is_valid():
        return _offer(request, asked, form)
    form.keep(row)
    try:
        bring_up_to_date(row, person_of(request), over=_version(request))
    except NotPublishedError as error:
        form.add_error(None, str(error))
        return _offer(request, asked, form, error)
    return _done(request, asked, UP_TO_DATE.format(title=row.title))


def _new_form(request: HttpRequest, asked: Asked, chosen: QueryDict | None) -> PublishForm:
    title = document_of(asked.row, person_of(request), timezone.now()).title
    return PublishForm(chosen, row=asked.row, spaces=asked.spaces, title=title)


def _version(request: HttpRequest) -> int:
    """The one that the person has seen and chose to replace; 0 for none."""
    told = request.POST.get("over", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS else 0


def _done(request: HttpRequest, asked: Asked, said: str) -> HttpResponse:
    messages.success(request, said)
    return after(request, asked.back)


def _offer(
    request: HttpRequest,
    asked: Asked,
    form: ContentsForm,
    error: NotPublishedError | None = None,
) -> HttpResponse:
    context = {
        "title": TITLES[asked.subject],
        "row": asked.row,
        "form": form,
        "conflict": error.conflict if isinstance(error, ChangedError) else None,
        "gone": isinstance(error, GoneError),
        "anew": asked.row.number and isinstance(form, PublishForm),
        "action": request.path,
        "back": asked.back,
    }
    return render_dialog(request, "confluence/publish.html", context)
