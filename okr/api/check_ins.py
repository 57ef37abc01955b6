"""Check-ins of a key result: what was said, and saying it anew."""

from collections.abc import Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.http import QueryDict
from django.urls import path, reverse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.access import may_edit
from okr.api.amounts import Amount
from okr.api.endpoint import Endpoint
from okr.api.filters import AskedOfCheckIns
from okr.api.forming import as_typed
from okr.api.key_results import WITH
from okr.api.once import once
from okr.api.problems import Problem, of_form
from okr.api.shapes import Body, Shape
from okr.api.signing_in import person_of
from okr.forms.check_ins import FIRM, CheckInForm
from okr.forms.queue import CorrectionForm, UnchangedForm
from okr.models import CheckIn, KeyResult
from okr.models.check_in import NOT_THE_LATEST, NOTHING_TO_KEEP
from okr.pages.calendar import Calendar

SAID = CheckIn.objects.select_related("measurement")


class CheckInShape(Shape):
    """`value` and `progress` are those that it recorded; null where a person entered none."""

    value = serializers.DecimalField(
        20, 6, source="measurement.value", allow_null=True, default=None
    )
    progress = serializers.DecimalField(
        10, 4, source="measurement.progress", allow_null=True, default=None
    )

    class Meta:
        model = CheckIn
        fields = (
            *("id", "key_result", "by", "at", "confidence", "note", "value", "progress"),
            *("unchanged", "corrects"),
        )


class CorrectionBody(Body):
    """`value` where people enter the number. Milestones are ticked by themselves."""

    confidence = serializers.ChoiceField([level.value for level in FIRM])
    note = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    value = Amount(max_digits=20, decimal_places=6, required=False)


class CheckInBody(CorrectionBody):
    """`value` where people enter the number; `reached` are milestones that are reached since."""

    reached = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False)


class ConfirmationBody(Body):
    note = serializers.CharField(required=False, allow_blank=True, max_length=10_000)


class Said(Endpoint):
    """What is said of a key result becomes a check-in."""

    about, noun = "Check-ins", "a check-in"
    shape = CheckInShape

    def recorded(self, key_result: KeyResult) -> Response:
        last = SAID.filter(key_result=key_result).latest("id")
        place = reverse("api:check_in", args=[last.pk])
        return Response(self.told(last), HTTPStatus.CREATED, headers={"Location": place})


class CheckIns(Said):
    lists = True
    body, asks = CheckInBody, AskedOfCheckIns

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        key_result = self.visible(KeyResult.objects.all(), pk)
        said = CheckIn.objects.standing().filter(key_result=key_result)
        return self.listed(said.select_related("measurement"))

    @once
    def post(self, request: Request, pk: int) -> Response:
        key_result = self.editable(KeyResult.objects.select_related(*WITH), pk)
        form = CheckInForm(
            typed(self.taken(), key_result), key_result=key_result, expected=expected(key_result)
        )
        if not (form.is_valid() and form.keep(by=person_of(request), at=timezone.now())):
            raise of_form(form)
        return self.recorded(key_result)


class AllCheckIns(Said):
    lists, asks = True, AskedOfCheckIns

    def get(self, request: Request) -> Response:
        seen = CheckIn.objects.standing().visible_to(person_of(request))
        return self.listed(seen.select_related("measurement"))


class OneCheckIn(Said):
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return Response(self.told(self.visible(SAID.all(), pk)))


class Correction(Said):
    """The latest check-in, said anew by whoever made it."""

    body = CorrectionBody
    summaries: Mapping[str, str] = {"POST": "Correct your latest check-in of a key result"}

    @once
    def post(self, request: Request, pk: int) -> Response:
        check_in = self.visible(SAID.select_related(*(f"key_result__{each}" for each in WITH)), pk)
        if not may_edit(person_of(request), check_in):
            self.permission_denied(request, NOT_THE_LATEST)
        key_result = check_in.key_result
        form = CorrectionForm(
            typed(self.taken(), key_result),
            check_in=check_in,
            key_result=key_result,
            expected=expected(key_result),
        )
        if not (form.is_valid() and form.keep(by=person_of(request), at=timezone.now())):
            raise of_form(form)
        return self.recorded(key_result)


class Confirmation(Said):
    """Nothing has changed: value and confidence stay, and are as fresh as this."""

    body = ConfirmationBody
    summaries: Mapping[str, str] = {"POST": "Say that nothing has changed since the last check-in"}

    @once
    def post(self, request: Request, pk: int) -> Response:
        key_result = self.editable(KeyResult.objects.select_related(*WITH), pk)
        form = UnchangedForm(as_typed(self.taken()))
        if not form.is_valid():
            raise of_form(form)
        if not key_result.confidence:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, NOTHING_TO_KEEP)
        form.keep(key_result, person_of(request), timezone.now())
        return self.recorded(key_result)


def expected(key_result: KeyResult) -> Decimal:
    calendar = Calendar(key_result.objective.cycle, timezone.localdate())
    return key_result.expected(calendar.expected, calendar.today)


def typed(values: dict[str, Any], key_result: KeyResult) -> QueryDict:
    """A yes or no says 1 or 0."""
    if key_result.kind == "yes_no" and "value" in values:
        values = values | {"value": int(bool(values["value"]))}
    return as_typed(values)


KEY_RESULT = "key-results/<int:pk>/"
addresses = [
    path(f"{KEY_RESULT}check-ins/", CheckIns.as_view(), name="check_ins"),
    path(f"{KEY_RESULT}confirmation/", Confirmation.as_view(), name="confirmation"),
    path("check-ins/", AllCheckIns.as_view(), name="all_check_ins"),
    path("check-ins/<int:pk>/", OneCheckIn.as_view(), name="check_in"),
    path("check-ins/<int:pk>/correction/", Correction.as_view(), name="correction"),
]
