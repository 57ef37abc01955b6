"""Check-ins of a key result: what was said, and saying it anew."""

from http import HTTPStatus
from typing import Any

from django.urls import path, reverse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.amounts import Amount
from okr.api.endpoint import Endpoint
from okr.api.filters import AskedOfCheckIns
from okr.api.forming import as_typed
from okr.api.once import once
from okr.api.problems import of_form
from okr.api.shapes import Body, Shape
from okr.api.signing_in import person_of
from okr.forms.check_ins import FIRM, CheckInForm
from okr.models import CheckIn, KeyResult
from okr.pages.calendar import Calendar

WITH = ("owner", "objective__cycle", "objective__owner")


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


class CheckInBody(Body):
    """`value` where people enter the number; `reached` are milestones that are reached since."""

    confidence = serializers.ChoiceField([level.value for level in FIRM])
    note = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    value = Amount(max_digits=20, decimal_places=6, required=False)
    reached = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False)


class CheckIns(Endpoint):
    about, noun, lists = "Check-ins", "a check-in", True
    shape, body, asks = CheckInShape, CheckInBody, AskedOfCheckIns

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        key_result = self.visible(KeyResult.objects.all(), pk)
        said = CheckIn.objects.standing().filter(key_result=key_result)
        return self.listed(said.select_related("measurement"))

    @once
    def post(self, request: Request, pk: int) -> Response:
        key_result = self.editable(KeyResult.objects.select_related(*WITH), pk)
        form = self._form(key_result, self.taken())
        if not (form.is_valid() and form.keep(by=person_of(request), at=timezone.now())):
            raise of_form(form)
        said = CheckIn.objects.select_related("measurement").filter(key_result=key_result)
        told = self.told(said.latest("id"))
        place = reverse("api:check_ins", args=[pk])
        return Response(told, HTTPStatus.CREATED, headers={"Location": place})

    def _form(self, key_result: KeyResult, values: dict[str, Any]) -> CheckInForm:
        """A yes or no says 1 or 0."""
        calendar = Calendar(key_result.objective.cycle, timezone.localdate())
        expected = key_result.expected(calendar.expected, calendar.today)
        if key_result.kind == "yes_no" and "value" in values:
            values = values | {"value": int(bool(values["value"]))}
        return CheckInForm(as_typed(values), key_result=key_result, expected=expected)


addresses = [path("key-results/<int:pk>/check-ins/", CheckIns.as_view(), name="check_ins")]
