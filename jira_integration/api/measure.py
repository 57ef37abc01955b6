"""How the number of a key result is made of its issues: read, tried out and chosen."""

from typing import Any

from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.api.base import OfPeople, problem_of, refused
from jira_integration.api.numbers import PERCENT
from jira_integration.calculation import Measure, Without
from jira_integration.counting import Way
from jira_integration.forms.measure import MeasureForm, box_of
from jira_integration.models import JiraConnection, JiraField, Measuring
from jira_integration.models.measuring import columns, told
from jira_integration.trial import Trial
from okr.api.asking import Number
from okr.api.forming import as_it_stands, as_typed
from okr.api.shapes import Body, Plain
from okr.api.signing_in import person_of
from okr.api.versions import Edition, require_match, tagged
from okr.models import KeyResult

MEASURES = [each.value for each in Measure]
EMPTY = [each.value for each in Without]
NOT_LINKED = "The key result is not linked to site {}."


class FieldShape(serializers.Serializer):  # type: ignore[type-arg]
    site = serializers.IntegerField()
    field: Any = serializers.CharField()


class OfferedShape(FieldShape):
    name = serializers.CharField()


class JiraMeasureShape(Plain):
    """`fields` weigh the issues of each site; `offered` are those that could. `without` says what
    an issue means whose field is empty."""

    version = serializers.CharField()
    measure = serializers.ChoiceField(MEASURES)
    without = serializers.ChoiceField(EMPTY)
    sentence = serializers.CharField(help_text="Share of Done, by Story points.")
    fields: Any = FieldShape(many=True)
    offered: Any = OfferedShape(many=True)


class FieldBody(Body):
    site = Number()
    field: Any = serializers.CharField(allow_blank=True, max_length=255)


class JiraMeasureBody(Body):
    """A site that `fields` do not name keeps its field; an empty one takes it away."""

    measure = serializers.ChoiceField(MEASURES, required=False)
    without = serializers.ChoiceField(EMPTY, required=False)
    fields: Any = serializers.ListField(child=FieldBody(), required=False, max_length=100)


class OfMeasure(OfPeople):
    about, noun, body = "Jira links", "how it is measured", JiraMeasureBody

    def trial(self, pk: int) -> Trial:
        """Of whoever may link there; fields that were never listed are asked for."""
        key_result, _ = self.linkable(pk)
        trial = Trial(key_result, list(JiraConnection.objects.feeding(key_result)))
        trial.ask_fields(timezone.now())
        return trial


class Chosen(OfMeasure):
    shape, versioned = JiraMeasureShape, True

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.stand(self.trial(pk))

    def patch(self, request: Request, pk: int) -> Response:
        trial = self.trial(pk)
        require_match(request, edition_of(Measuring.objects.of(trial.key_result)))
        measure_form(trial, self.taken(partial=True)).keep(by=person_of(request))
        return self.stand(trial)

    def stand(self, trial: Trial) -> Response:
        way = Measuring.objects.of(KeyResult.objects.get(pk=trial.key_result.pk))
        edition = edition_of(way)
        about = {
            "version": edition.version,
            "measure": way.measure.value,
            "without": way.without.value,
            "sentence": told(way),
            "fields": [{"site": site, "field": name} for site, name in way.fields],
            "offered": [each for site in trial.sites for each in _offered(site)],
        }
        return tagged(Response(self.told(about)), edition)


class TriedShape(Plain):
    """`after` is null where nothing would count, or nobody knows; `trouble` says why."""

    progress = serializers.DecimalField(allow_null=True, **PERCENT)
    after = serializers.DecimalField(allow_null=True, **PERCENT)
    trouble = serializers.CharField()


class Tried(OfMeasure):
    keyed = False
    shape, answers = TriedShape, {"POST": 200}
    summaries = {"POST": "Preview what another way to measure would make of the number"}

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        trial = self.trial(pk)
        form = measure_form(trial, self.taken(partial=True))
        trial.ask_sizes(form.standing, timezone.now())
        about = {"progress": trial.key_result.progress, "after": form.makes(trial)}
        return Response(self.told(about | {"trouble": trial.trouble}))


def measure_form(trial: Trial, values: dict[str, Any]) -> MeasureForm:
    """What a body leaves out stays as it is."""
    about: dict[str, Any] = {"key_result": trial.key_result, "sites": trial.sites}
    boxes = {site.pk: box_of(site) for site in trial.sites}
    given: dict[str, Any] = {
        name: values[name] for name in ("measure", "without") if name in values
    }
    for each in values.get("fields", ()):
        if each["site"] not in boxes:
            raise refused("fields", NOT_LINKED.format(each["site"]))
        given[boxes[each["site"]]] = each["field"]
    form = MeasureForm(as_typed(as_it_stands(MeasureForm(**about)) | given), **about)
    if not form.is_valid():
        raise problem_of(form, dict.fromkeys(boxes.values(), "fields"))
    return form


def edition_of(way: Way) -> Edition:
    return Edition.of(*sorted((name, repr(value)) for name, value in columns(way).items()))


def _offered(site: JiraConnection) -> list[dict[str, Any]]:
    choices = JiraField.objects.choices(site.pk)
    return [{"site": site.pk, "field": each.ids, "name": each.unit} for each in choices]


addresses = [
    path("key-results/<int:pk>/jira/measure/", Chosen.as_view(), name="measure"),
    path("key-results/<int:pk>/jira/measure/preview/", Tried.as_view(), name="measure_preview"),
]
