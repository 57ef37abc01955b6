"""Units: the tree that people belong to."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import path
from rest_framework import serializers

from okr.api.administered import Administered
from okr.api.asking import AskedOfRows, Narrow, Number, narrower
from okr.api.problems import Problem
from okr.api.shapes import Body, Shape
from okr.api.written import OneRow, Rows
from okr.audit import noted
from okr.forms.units import UnitForm
from okr.models import InTheWayError, Person, Unit

AMONG = ("all", "led")


class UnitShape(Shape):
    """`parent` is the unit around it; `slug` stands in the address of its page."""

    class Meta:
        model = Unit
        fields = ("id", "version", "name", "slug", "parent", "lead")


class UnitBody(Body):
    """Without `parent` it is at the top. Its `lead` may create objectives of the unit."""

    name = serializers.CharField(max_length=120)
    parent = Number(  # type: ignore[assignment]  # a field, not what it is in
        required=False, allow_null=True
    )
    lead = Number(required=False, allow_null=True)


def _called(units: QuerySet[Unit], words: str) -> QuerySet[Unit]:
    for word in words.split():
        units = units.filter(name__icontains=word)
    return units


class AskedOfUnits(AskedOfRows):
    parent = narrower(help_text="Those directly within it.")
    q = serializers.CharField(required=False, max_length=200, help_text="Words of the name.")
    among = serializers.ChoiceField(
        AMONG, required=False, help_text="`led`: those whose objectives you may write."
    )

    narrows: ClassVar[Mapping[str, Narrow]] = {"parent": "parent", "q": _called}


class OfUnits(Administered):
    about, noun, route = "Units", "a unit", "unit"
    shape, body = UnitShape, UnitBody

    def rows(self, person: Person) -> QuerySet[Unit]:  # noqa: ARG002
        return Unit.objects.all()

    def stored(self) -> QuerySet[Unit]:
        return Unit.objects.all()

    def form(self, person: Person, row: Any = None, data: Any = None) -> UnitForm:  # noqa: ARG002
        return UnitForm(data, instance=row)


class Units(OfUnits, Rows):
    asks = AskedOfUnits

    def rows(self, person: Person) -> QuerySet[Unit]:
        if self.asked.get("among") == "led" and not person.is_okr_admin:
            return person.leads.all()
        return super().rows(person)


class OneUnit(OfUnits, OneRow):
    def remove(self, row: Unit) -> None:
        try:
            with noted("units.deleted", row):
                row.remove()
        except InTheWayError as obstacle:
            raise Problem(HTTPStatus.CONFLICT, str(obstacle)) from None


addresses = [
    path("units/", Units.as_view(), name="units"),
    path("units/<int:pk>/", OneUnit.as_view(), name="unit"),
]
