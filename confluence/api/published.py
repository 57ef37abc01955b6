"""Pages that tell of OKRs and reviews: published, brought up to date, and what came before."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from confluence.api.publications import (
    AnewBody,
    AskedOfPreview,
    AskedOfPublished,
    PreviewShape,
    PublicationShape,
    PublishBody,
    PublishedPageShape,
    PublishedShape,
)
from confluence.contents import document_of
from confluence.forms.publishing import ContentsForm, PublishForm
from confluence.models import PublishedPage, PublishingSpace, Subject
from confluence.publishing import bring_up_to_date, publish
from confluence.refusals import BusyError, ChangedError, NotPublishedError, UnknownError
from confluence.storage import body_of
from confluence.who_publishes import spaces_to_publish
from okr.api.asking import AskedOfRows
from okr.api.endpoint import NO_SUCH, Endpoint
from okr.api.forming import as_typed
from okr.api.once import kept
from okr.api.problems import Problem, fault, of_form
from okr.api.signing_in import person_of
from okr.documents import withheld
from okr.models import Cycle, Person, Unit

TICKED = ("with_notes", "with_reviews")
TO_REPLACE = "Look at version {version} in Confluence; send it as `over` to replace it."


class OfPublished(Endpoint):
    about, noun = "Publishing in Confluence", "a published page"
    shape: Any = PublishedPageShape

    def of(self, pk: int) -> PublishedPage:
        rows = PublishedPage.objects.with_all().visible_to(person_of(self.request))
        found: PublishedPage = get_object_or_404(rows.published(), pk=pk)
        return found

    def begun(
        self, subject: str, unit: Unit | None, cycle: Cycle
    ) -> tuple[PublishedPage, list[PublishingSpace]]:
        """403 with the reason for whoever may not publish it, or where nobody may."""
        spaces = spaces_to_publish(person_of(self.request), unit)
        connection = spaces[0].connection
        return PublishedPage.objects.to_write(Subject(subject), unit, cycle, connection), spaces


class PublishedPages(OfPublished):
    shape, lists, body, asks = PublishedShape, True, PublishBody, AskedOfPublished
    summaries = {"POST": "Publish OKRs or a review in Confluence"}

    def get(self, request: Request) -> Response:
        rows = PublishedPage.objects.with_all().visible_to(person_of(request))
        return self.listed(rows.published())

    @kept
    def post(self, request: Request) -> Response:
        person, values = person_of(request), self.taken()
        unit = _named(Unit, values, "unit") if values.get("unit") else None
        row, spaces = self.begun(values["subject"], unit, _named(Cycle, values, "cycle"))
        form = _form(row, values, spaces, person)
        connection = form.chosen.connection
        if row._state.adding:
            row = PublishedPage.objects.begin(Subject(row.subject), row.unit, row.cycle, connection)
        form.keep(row)
        with _in_words():
            publish(row, connection, form.wish(values.get("instead")), person)
        response = Response(self.told(self.of(row.pk)), HTTPStatus.CREATED)
        response["Location"] = reverse("confluence_api:published_page", args=[row.pk])
        return response


class OnePublishedPage(OfPublished):
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return Response(self.told(self.of(pk)))


class Publications(OfPublished):
    """Written anew, it is told as it stands then."""

    lists, body, asks, shape = True, AnewBody, AskedOfRows, PublicationShape
    summaries = {"POST": "Bring a published page up to date", "GET": "List what was published"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.listed(self.of(pk).publications.all(), newest_first=True)

    @kept
    def post(self, request: Request, pk: int) -> Response:
        row, values = self.of(pk), self.taken()
        spaces_to_publish(person_of(request), row.unit)
        form = ContentsForm(as_typed(_ticked(row, values)), row=row)
        if not form.is_valid():
            raise of_form(form)
        form.keep(row)
        with _in_words():
            bring_up_to_date(row, person_of(request), over=values.get("over", 0))
        return Response(self.told(row.publications.first()), HTTPStatus.CREATED)


class Preview(OfPublished):
    shape, asks = PreviewShape, AskedOfPreview
    summaries = {"GET": "See what would be published"}

    def get(self, request: Request, subject: str, cycle: int, unit: int = 0) -> Response:
        if subject not in Subject.values:
            raise Http404
        about = get_object_or_404(Unit, pk=unit) if unit else None
        person = person_of(request)
        row, _ = self.begun(subject, about, get_object_or_404(Cycle, pk=cycle))
        for name in TICKED:
            setattr(row, name, self.asked.get(name, getattr(row, name)))
        document = document_of(row, person, timezone.now())
        told = {"title": document.title, "body": body_of(document)}
        return Response(self.told(told | {"withheld": withheld(row.unit, row.cycle, person)}))


def _named(model: Any, values: Any, field: str) -> Any:
    found = model.objects.filter(pk=values[field]).first()
    if found is None:
        raise fault(field, NO_SUCH)
    return found


def _form(
    row: PublishedPage, values: dict[str, Any], spaces: list[PublishingSpace], person: Person
) -> PublishForm:
    title = values.get("title") or document_of(row, person, timezone.now()).title
    typed = as_typed(_ticked(row, values) | {"space": values["space"], "title": title})
    form = PublishForm(typed, row=row, spaces=spaces, title=title)
    if not form.is_valid():
        raise of_form(form)
    return form


def _ticked(row: PublishedPage, values: dict[str, Any]) -> dict[str, Any]:
    return {name: values.get(name, getattr(row, name)) for name in TICKED}


@contextmanager
def _in_words() -> Iterator[None]:
    """What was not published, as a problem."""
    try:
        yield
    except ChangedError as error:
        told = TO_REPLACE.format(version=error.conflict.version)
        faults = [{"field": "over", "message": told}]
        raise Problem(HTTPStatus.CONFLICT, str(error), faults) from None
    except (BusyError, UnknownError) as error:
        raise Problem(HTTPStatus.CONFLICT, str(error)) from None
    except NotPublishedError as error:
        raise fault(error.field or "", str(error)) from None


PREVIEW = "confluence/preview/<str:subject>/<int:cycle>/"
addresses = [
    path("confluence/published/", PublishedPages.as_view(), name="published"),
    path("confluence/published/<int:pk>/", OnePublishedPage.as_view(), name="published_page"),
    path(
        "confluence/published/<int:pk>/publications/",
        Publications.as_view(),
        name="publications",
    ),
    path(f"{PREVIEW}company/", Preview.as_view(), name="preview"),
    path(f"{PREVIEW}units/<int:unit>/", Preview.as_view(), name="unit_preview"),
]
