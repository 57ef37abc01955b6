"""Units: the tree that people belong to."""

from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from rest_framework import serializers

from okr.api.administered import Administered
from okr.api.asking import AskedOfRows
from okr.api.problems import Problem
from okr.api.shapes import Body, Shape
from okr.api.written import OneRow, Rows
from okr.audit import noted
from okr.forms.units import UnitForm
from okr.models import InTheWayError, Person, Unit


class UnitShape(Shape):
    """`parent` is the unit around it; `slug` stands in the address of its page."""

    class Meta:
        model = Unit
        fields = ("id", "version", "name", "slug", "parent", "lead")


class UnitBody(Body):
    """Without `parent` it is at the top. Its `lead` may create objectives of the unit."""

    name = serializers.CharField(max_length=120)
    parent = serializers.IntegerField(  # type: ignore[assignment]  # a field, not what it is in
        required=False, allow_null=True, min_value=1
    )
    lead = serializers.IntegerField(required=False, allow_null=True, min_value=1)


class AskedOfUnits(AskedOfRows):
    parent = serializers.IntegerField(  # type: ignore[assignment]  # a field, not what it is in
        required=False, min_value=1, help_text="Those directly within it."
    )
    q = serializers.CharField(required=False, max_length=200, help_text="Words of the name.")


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
        found = super().rows(person)
        if "parent" in self.asked:
            found = found.filter(parent=self.asked["parent"])
        for word in self.asked.get("q", "").split():
            found = found.filter(name__icontains=word)
        return found


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
