"""The company's own templates, kept by OKR admins."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from rest_framework import serializers
from rest_framework.response import Response

from okr.api.administered import Administered
from okr.api.asking import AskedOfRows
from okr.api.measures import (
    MeasureShape,
    measures_field,
    of_measures,
    refuse_faulty,
    with_rows,
)
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Body, Shape
from okr.api.written import OneRow, Rows
from okr.audit import noted
from okr.forms.templates import TemplateForm
from okr.forms.versions import VersionedForm
from okr.models import Person, Template
from okr.models.template import Category


class OwnTemplateShape(Shape):
    """`about` is its description; `key` names it among all templates."""

    key = serializers.CharField()
    key_results: Any = MeasureShape(many=True, source="measures")

    class Meta:
        model = Template
        fields = ("id", "version", "key", "title", "about", "category", "key_results", "by", "at")


class TemplateBody(Body):
    title = serializers.CharField(max_length=200)
    about = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    category = serializers.ChoiceField(Category.choices)
    key_results: Any = measures_field()


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
        return super().held(form) | of_measures(form.instance.measures)

    def filled(self, values: dict[str, Any]) -> dict[str, Any]:
        return with_rows(values)

    def kept(self, form: Any, status: HTTPStatus) -> Response:
        refuse_faulty(form.rows)
        return super().kept(form, status)


class OwnTemplates(OfTemplates, Rows):
    asks = AskedOfRows
    summaries: Mapping[str, str] = {"GET": "List the company's own templates"}


class OneOwnTemplate(OfTemplates, OneRow):
    def remove(self, row: Template) -> None:
        with noted("templates.deleted", row):
            row.remove()


addresses = [
    path("own-templates/", OwnTemplates.as_view(), name="own_templates"),
    path("own-templates/<int:pk>/", OneOwnTemplate.as_view(), name="own_template"),
]
