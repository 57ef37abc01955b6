"""The company's own templates, kept by OKR admins."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from rest_framework import serializers
from rest_framework.response import Response

from okr.api.administered import Administered
from okr.api.amounts import Amount
from okr.api.asking import AskedOfRows
from okr.api.problems import FAULTY, Problem
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Body, Shape
from okr.api.written import OneRow, Rows
from okr.audit import noted
from okr.forms.measures import KINDS
from okr.forms.templates import TemplateForm
from okr.forms.versions import VersionedForm
from okr.models import Kind, Person, Template
from okr.models.template import MOST_MEASURES, Category

NUMBER: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}
NAMES = ("title", "kind", "start", "target", "measured_in")


class MeasureShape(serializers.Serializer):  # type: ignore[type-arg]
    title = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    start = serializers.DecimalField(**NUMBER)
    target = serializers.DecimalField(**NUMBER)
    measured_in = serializers.CharField(allow_blank=True)


class OwnTemplateShape(Shape):
    """`about` is its description; `key` names it among all templates."""

    key = serializers.CharField()
    key_results: Any = MeasureShape(many=True, source="measures")

    class Meta:
        model = Template
        fields = ("id", "version", "key", "title", "about", "category", "key_results", "by", "at")


class MeasureBody(Body):
    """What does not fit its kind is not asked for, as the start of a threshold."""

    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(KINDS, default=Kind.PERCENT)
    start = Amount(default=Decimal(0), **NUMBER)
    target = Amount(default=Decimal(100), **NUMBER)
    measured_in = serializers.CharField(required=False, allow_blank=True, max_length=20)


class TemplateBody(Body):
    title = serializers.CharField(max_length=200)
    about = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    category = serializers.ChoiceField(Category.choices)
    key_results: Any = serializers.ListField(
        child=MeasureBody(), required=False, max_length=MOST_MEASURES
    )


class OfTemplates(Administered):
    about, noun, route = "Templates", "a template of the company", "own_template"
    scopes = FOR_ADMINS
    shape, body = OwnTemplateShape, TemplateBody

    def rows(self, person: Person) -> QuerySet[Template]:  # noqa: ARG002
        return Template.objects.all()

    def stored(self) -> QuerySet[Template]:
        return Template.objects.all()

    def form(self, person: Person, row: Any = None, data: Any = None) -> TemplateForm:
        return TemplateForm(data, person=person, instance=row)

    def held(self, form: VersionedForm) -> dict[str, Any]:
        rows = [{name: getattr(each, name) for name in NAMES} for each in form.instance.measures]
        return super().held(form) | _as_formset(rows)

    def filled(self, values: dict[str, Any]) -> dict[str, Any]:
        rows = values.pop("key_results", None)
        return values if rows is None else values | _as_formset(rows)

    def kept(self, form: Any, status: HTTPStatus) -> Response:
        if not form.rows.is_valid():
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, FAULTY, _faults(form))
        return super().kept(form, status)


class OwnTemplates(OfTemplates, Rows):
    asks = AskedOfRows
    summaries: Mapping[str, str] = {"GET": "List the company's own templates"}


class OneOwnTemplate(OfTemplates, OneRow):
    def remove(self, row: Template) -> None:
        with noted("templates.deleted", row):
            row.remove()


def _as_formset(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    sent: dict[str, Any] = {
        "measures-TOTAL_FORMS": len(rows),
        "measures-INITIAL_FORMS": len(rows),
    }
    for place, row in enumerate(rows):
        sent |= {f"measures-{place}-{name}": value for name, value in row.items()}
    return sent


def _faults(form: TemplateForm) -> list[dict[str, str]]:
    return [
        {"field": f"key_results.{place}.{name}", "message": str(message)}
        for place, row in enumerate(form.rows.forms)
        for name, messages in row.errors.items()
        for message in messages
    ]


addresses = [
    path("own-templates/", OwnTemplates.as_view(), name="own_templates"),
    path("own-templates/<int:pk>/", OneOwnTemplate.as_view(), name="own_template"),
]
