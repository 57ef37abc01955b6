"""Pages as evidence: listed, attached by address or number, and taken away."""

from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from confluence.admission import require_attacher
from confluence.api.base import OfPeople
from confluence.forms.attach import AttachForm
from confluence.models import Absence, ConfluencePage, Evidence
from okr.api.asking import AskedOfRows
from okr.api.forming import as_typed
from okr.api.once import once
from okr.api.problems import Problem, fault, of_form
from okr.api.shapes import Body, Shape
from okr.api.signing_in import person_of
from okr.models import CheckIn, KeyResult

ALREADY = "This page is attached there already."
ONE_PAGE = "Send the address of one page, or its number; the search finds both."
NAMES = {"text": "page", "pick": "page"}


class EvidenceShape(Shape):
    """`page` is the number that Confluence gave it. `absence` says why it can no longer be read,
    and is empty where it can; what was read before is kept."""

    page = serializers.IntegerField(source="page.number")
    title = serializers.CharField(source="page.title")
    url = serializers.CharField(source="page.url")
    space_key = serializers.CharField(source="page.space_key")
    space_name = serializers.CharField(source="page.space_name")
    edited_at = serializers.DateTimeField(source="page.edited_at", allow_null=True)
    archived = serializers.BooleanField(source="page.archived")
    absence = serializers.ChoiceField(["", *Absence.values], source="page.absence")
    absent_since = serializers.DateTimeField(source="page.absent_since", allow_null=True)
    read_at = serializers.DateTimeField(source="page.read_at")

    class Meta:
        model = Evidence
        fields = (
            *("id", "key_result", "check_in", "page", "title", "url", "space_key", "space_name"),
            *("edited_at", "archived", "absence", "absent_since", "read_at", "by", "at"),
        )


class EvidenceBody(Body):
    """`page` is an address as the browser shows it, or the number of a page."""

    page = serializers.CharField(max_length=2_000)


class ManyEvidence(OfPeople):
    noun, lists = "attached evidence", True
    shape, body, asks = EvidenceShape, EvidenceBody, AskedOfRows

    def tell(self, key_result: KeyResult, check_in: CheckIn | None) -> Response:
        rows = Evidence.objects.select_related("page__connection")
        return self.listed(rows.filter(key_result=key_result, check_in=check_in))

    def attach(self, key_result: KeyResult, check_in: CheckIn | None) -> Response:
        connection = self.attachable(key_result, check_in)
        typed = as_typed(_boxes(self.taken()["page"]))
        form = AttachForm(typed, connection=connection, key_result=key_result, check_in=check_in)
        if not form.is_valid():
            raise fault("page", ONE_PAGE) if form.found.by_words else of_form(form, NAMES)
        if not form.attach(person_of(self.request)):
            raise Problem(HTTPStatus.CONFLICT, ALREADY)
        page = ConfluencePage.objects.get(connection=connection, number=form.found.pages[0].id)
        made = _told().get(page=page, key_result=key_result, check_in=check_in)
        response = Response(self.told(made), HTTPStatus.CREATED)
        response["Location"] = reverse("confluence_api:one_evidence", args=[made.pk])
        return response


class OfKeyResult(ManyEvidence):
    """What its check-ins have is listed with each of them."""

    summaries = {
        "GET": "List the Confluence pages that are attached to a key result",
        "POST": "Attach a Confluence page to a key result",
    }

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.tell(*self.of_key_result(pk))

    @once
    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.attach(*self.of_key_result(pk))


class OfCheckIn(ManyEvidence):
    summaries = {
        "GET": "List the Confluence pages that are attached to a check-in",
        "POST": "Attach a Confluence page to a check-in",
    }

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.tell(*self.of_check_in(pk))

    @once
    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.attach(*self.of_check_in(pk))


class OneEvidence(OfPeople):
    noun, shape = "attached evidence", EvidenceShape
    summaries = {"DELETE": "Take attached evidence away; nothing changes in Confluence"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        evidence, _ = self.found(pk)
        return Response(self.told(evidence))

    def delete(self, request: Request, pk: int) -> Response:
        """Whoever may attach there; also while Confluence is turned off."""
        evidence, key_result = self.found(pk)
        require_attacher(person_of(request), key_result, evidence.check_in)
        evidence.delete()
        return Response(status=HTTPStatus.NO_CONTENT)

    def found(self, pk: int) -> tuple[Evidence, KeyResult]:
        evidence = get_object_or_404(_told(), pk=pk)
        return evidence, self.visible(KeyResult.objects.all(), evidence.key_result_id)


def _told() -> Any:
    return Evidence.objects.select_related("page__connection", "check_in")


def _boxes(page: str) -> dict[str, str]:
    """As the dialog has them: a number is what was picked there."""
    return {"pick": page} if page.isascii() and page.isdigit() else {"text": page}


addresses = [
    path("key-results/<int:pk>/confluence/", OfKeyResult.as_view(), name="evidence"),
    path("check-ins/<int:pk>/confluence/", OfCheckIn.as_view(), name="check_in_evidence"),
    path("confluence/evidence/<int:pk>/", OneEvidence.as_view(), name="one_evidence"),
]
