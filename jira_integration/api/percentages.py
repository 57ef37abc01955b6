"""What each status category counts as: read, tried out and changed."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.api.base import OfAdmins, problem_of
from jira_integration.api.numbers import PERCENT
from jira_integration.forms.percentages import PercentagesForm
from jira_integration.models import IntegrationSettings
from jira_integration.preview import Preview, preview
from okr.api.forming import as_it_stands, as_typed
from okr.api.shapes import Body, Plain
from okr.api.signing_in import person_of
from okr.api.versions import require_match, tagged

MOST_TOLD = 100


class PercentagesShape(Plain):
    version = serializers.CharField()
    to_do = serializers.IntegerField()
    in_progress = serializers.IntegerField()
    done = serializers.IntegerField()


class PercentagesBody(Body):
    """They rise in this order."""

    to_do = serializers.IntegerField(required=False, min_value=0, max_value=100)
    in_progress = serializers.IntegerField(required=False, min_value=0, max_value=100)
    done = serializers.IntegerField(required=False, min_value=0, max_value=100)


class ChangeShape(serializers.Serializer):  # type: ignore[type-arg]
    """`after` is null where none of its issues would count, so that it keeps its number."""

    key_result = serializers.IntegerField(source="key_result.pk")
    title = serializers.CharField(source="key_result.title")
    progress = serializers.DecimalField(source="key_result.progress", allow_null=True, **PERCENT)
    after = serializers.DecimalField(allow_null=True, **PERCENT)


class ChangesShape(Plain):
    """`number` key results would change; `largest` are the hundred that would change most."""

    number = serializers.IntegerField()
    largest: Any = ChangeShape(many=True)


def told_changes(found: Preview) -> dict[str, Any]:
    return {"number": found.number, "largest": found.by_size[:MOST_TOLD]}


class Percentages(OfAdmins):
    noun, versioned = "the percentages", True
    shape, body = PercentagesShape, PercentagesBody

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.stand()

    def patch(self, request: Request) -> Response:
        require_match(request, IntegrationSettings.load())
        form = percentages_form(self.taken(partial=True))
        if not form.is_saved:
            form.save(person_of(request))
        return self.stand()

    def stand(self) -> Response:
        settings = IntegrationSettings.load()
        return tagged(Response(self.told(settings)), settings)


class PercentagesPreview(OfAdmins):
    keyed = False
    shape, body, answers = ChangesShape, PercentagesBody, {"POST": 200}
    summaries = {"POST": "Preview what other percentages would change"}

    def post(self, request: Request) -> Response:  # noqa: ARG002
        form = percentages_form(self.taken(partial=True))
        return Response(self.told(told_changes(preview(form.scale))))


def percentages_form(values: dict[str, Any]) -> PercentagesForm:
    """What a body leaves out stays as it is."""
    held = as_it_stands(PercentagesForm.of_saved(IntegrationSettings.load()))
    form = PercentagesForm(as_typed(held | values))
    if not form.is_valid():
        raise problem_of(form)
    return form


addresses = [
    path("jira/percentages/", Percentages.as_view(), name="percentages"),
    path("jira/percentages/preview/", PercentagesPreview.as_view(), name="percentages_preview"),
]
