"""Objectives: listed, read, written, changed and deleted."""

from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.access import NOT_CREATING
from okr.api.endpoint import Endpoint
from okr.api.forming import as_it_stands, form_data
from okr.api.once import once
from okr.api.problems import of_form
from okr.api.shapes import Body, Shape
from okr.api.signing_in import person_of
from okr.api.versions import require_match, tagged
from okr.audit import noted_of_others
from okr.forms.objectives import ObjectiveForm
from okr.models import Level, Objective, Person, Visibility
from okr.models.objective import ObjectiveQuerySet


class ObjectiveShape(Shape):
    """`parent` and `supports` name only what whoever asks may see. `progress` is in percent, and
    null before anything is measured."""

    parent = serializers.IntegerField(  # type: ignore[assignment]  # a field, not what it is in
        source="parent_seen", allow_null=True
    )
    progress = serializers.DecimalField(10, 4, allow_null=True)
    tags: Any = serializers.SlugRelatedField("name", many=True, read_only=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Objective
        fields = (
            *("id", "version", "title", "description", "cycle", "level", "unit", "owner"),
            *("parent", "weight", "visibility", "approval", "progress", "tags"),
            *("created_at", "url"),
        )

    def get_url(self, objective: Objective) -> str:
        page = reverse("okr:objective", args=[objective.pk])
        url: str = self.context["request"].build_absolute_uri(page)
        return url


class ObjectiveBody(Body):
    """The same fields and rules as the form of the page."""

    title = serializers.CharField(max_length=200)
    description = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    cycle = serializers.IntegerField(min_value=1)
    level = serializers.ChoiceField(Level.choices, default=Level.INDIVIDUAL)
    unit = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    owner = serializers.IntegerField(required=False, min_value=1)
    parent = serializers.IntegerField(  # type: ignore[assignment]  # a field, not what it is in
        required=False, allow_null=True, min_value=1
    )
    weight = serializers.DecimalField(6, 2, default=Decimal(1), min_value=Decimal(0))
    supports = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False)
    visibility = serializers.ChoiceField(Visibility.choices, default=Visibility.PUBLIC)
    viewers = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False)


class Objectives(Endpoint):
    about, lists, shape, body = "Objectives", True, ObjectiveShape, ObjectiveBody

    def get(self, request: Request) -> Response:
        """List the objectives that you may see"""
        return self.listed(_rows(person_of(request)))

    @once
    def post(self, request: Request) -> Response:
        """Create an objective"""
        person = person_of(request)
        if not person.may_create_any:
            self.permission_denied(request, NOT_CREATING)
        values = {"owner": person, **self.taken()}
        made = _kept(ObjectiveForm(_data(values), person=person))
        response = Response(self.told(_read(person, made.pk)), HTTPStatus.CREATED)
        response["Location"] = reverse("api:objective", args=[made.pk])
        return tagged(response, made)


class OneObjective(Endpoint):
    about, shape, body = "Objectives", ObjectiveShape, ObjectiveBody

    def get(self, request: Request, pk: int) -> Response:
        """Read an objective"""
        found = self.visible(_rows(person_of(request)), pk)
        return tagged(Response(self.told(found)), found)

    def patch(self, request: Request, pk: int) -> Response:
        """Change an objective"""
        person, found = person_of(request), self.editable(Objective.objects.for_cards(), pk)
        require_match(request, found)
        values = self.taken(partial=True)
        stored = as_it_stands(ObjectiveForm(person=person, instance=found))
        sent = _data(stored | values | {"version": found.version})
        changed = _kept(ObjectiveForm(sent, person=person, instance=found))
        return tagged(Response(self.told(_read(person, pk))), changed)

    def delete(self, request: Request, pk: int) -> Response:
        """Delete an objective with its key results"""
        found = self.editable(Objective.objects.for_cards(), pk)
        require_match(request, found)
        with noted_of_others("contents.objective_deleted", found, found.owner):
            found.remove()
        return Response(status=HTTPStatus.NO_CONTENT)


def _rows(person: Person) -> ObjectiveQuerySet:
    above = Objective.objects.visible_to(person).filter(pk=OuterRef("parent")).values("pk")
    seen = Objective.objects.visible_to(person).annotate(parent_seen=Subquery(above))
    rows: ObjectiveQuerySet = seen.prefetch_related("tags")
    return rows


def _read(person: Person, pk: int) -> Objective:
    return _rows(person).get(pk=pk)


def _data(values: dict[str, Any]) -> Any:
    tags = values.get("tags")
    joined = {"tags": ", ".join(tags)} if isinstance(tags, list) else {}
    return form_data(values | joined)


def _kept(form: ObjectiveForm) -> Objective:
    """Raises a Problem that names the fields that cannot be taken."""
    if not (form.is_valid() and form.kept(at=timezone.now())):
        raise of_form(form)
    objective: Objective = form.instance
    return objective
