"""Templates as everybody uses them: found, read, begun from, and made from an objective."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import Http404
from django.urls import path, reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from okr.access import NOT_CREATING
from okr.api.asking import Asked
from okr.api.endpoint import Endpoint
from okr.api.forming import as_typed
from okr.api.measures import (
    MeasureShape,
    measures_field,
    of_measures,
    refuse_faulty,
    with_rows,
)
from okr.api.objectives import Kind, ObjectiveBody
from okr.api.once import once
from okr.api.problems import of_form
from okr.api.shapes import Body, Plain
from okr.api.signing_in import person_of
from okr.api.written import Adding
from okr.forms.templates import BeginForm, SaveAsForm
from okr.library import Blueprint, find, gallery
from okr.models import Objective, Person, Visibility
from okr.models.template import READ_BY_ALL, Category


class TemplateShape(Plain):
    """`key` names it in addresses; `is_own` where the company wrote it. `about` is its
    description."""

    key = serializers.CharField()
    title = serializers.CharField()
    about = serializers.CharField(allow_blank=True)
    category = serializers.ChoiceField(Category.choices)
    is_own = serializers.SerializerMethodField()
    key_results: Any = MeasureShape(many=True, source="measures")

    def get_is_own(self, blueprint: Blueprint) -> bool:
        return blueprint.own is not None


class GalleryShape(Plain):
    """All at once: the company's own first."""

    templates: Any = TemplateShape(many=True)


class AskedOfGallery(Asked):
    q = serializers.CharField(
        required=False, max_length=200, help_text="Words of title, description or key results."
    )
    category = serializers.ChoiceField(Category.choices, required=False)


class Gallery(Endpoint):
    about, noun = "Templates", "templates"
    shape, asks = GalleryShape, AskedOfGallery
    summaries: Mapping[str, str] = {"GET": "List the templates that an objective may begin from"}

    @extend_schema(operation_id="templates_list")
    def get(self, request: Request) -> Response:  # noqa: ARG002
        found = gallery(self.asked.get("q", ""), self.asked.get("category", ""))
        return Response(self.told({"templates": found}))


class OneTemplate(Endpoint):
    about, noun, shape = "Templates", "a template", TemplateShape

    def get(self, request: Request, key: str) -> Response:  # noqa: ARG002
        return Response(self.told(_named(key)))


class BeginningBody(ObjectiveBody):
    """What is left out is the template's. `key_results`, where they are sent, take the place of
    all of its own."""

    title = serializers.CharField(required=False, max_length=200)
    key_results: Any = measures_field()


class Beginning(Kind, Adding):
    about, body = "Templates", BeginningBody
    summaries: Mapping[str, str] = {
        "POST": "Begin an objective, with its key results, from a template"
    }

    @once
    def post(self, request: Request, key: str) -> Response:  # noqa: ARG002
        self.blueprint = _named(key)
        return self.added()

    def begun(self, person: Person, values: dict[str, Any]) -> None:  # noqa: ARG002
        if not person.may_create_any:
            self.permission_denied(self.request, NOT_CREATING)

    def form(self, person: Person, row: Any = None, data: Any = None) -> BeginForm:  # noqa: ARG002
        initial = {"title": self.blueprint.title, "description": self.blueprint.about}
        return BeginForm(data, person=person, blueprint=self.blueprint, initial=initial)

    def held(self, form: Any) -> dict[str, Any]:
        return super().held(form) | of_measures(self.blueprint.measures)

    def filled(self, values: dict[str, Any]) -> dict[str, Any]:
        return super().filled(with_rows(values))

    def kept(self, form: Any, status: HTTPStatus) -> Response:
        refuse_faulty(form.rows)
        return super().kept(form, status)


class SaveAsBody(Body):
    category = serializers.ChoiceField(Category.choices)


class SaveAs(Endpoint):
    about, noun = "Templates", "a template"
    shape, body = TemplateShape, SaveAsBody
    summaries: Mapping[str, str] = {"POST": "Save an objective as a template for everybody"}

    @once
    def post(self, request: Request, pk: int) -> Response:
        objective = self.editable(Objective.objects.for_cards(), pk)
        if objective.visibility == Visibility.CONFIDENTIAL:
            raise PermissionDenied(READ_BY_ALL)
        form = SaveAsForm(as_typed(self.taken()))
        made = form.keep(objective, person_of(request)) if form.is_valid() else None
        if made is None:
            raise of_form(form)
        place = reverse("api:template", args=[made.key])
        told = self.told(_named(made.key))
        return Response(told, HTTPStatus.CREATED, headers={"Location": place})


def _named(key: str) -> Blueprint:
    found = find(key)
    if found is None:
        raise Http404
    return found


addresses = [
    path("templates/", Gallery.as_view(), name="templates"),
    path("templates/<slug:key>/", OneTemplate.as_view(), name="template"),
    path("templates/<slug:key>/objectives/", Beginning.as_view(), name="template_begin"),
    path("objectives/<int:pk>/template/", SaveAs.as_view(), name="template_save_as"),
]
