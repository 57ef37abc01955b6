"""How Jira stands for one key result: what its number is made of, and reading it now."""

from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.api.base import OfPeople
from jira_integration.api.numbers import PERCENT, CountsShape, IssueShape
from jira_integration.calculation import Measure
from jira_integration.models import SOURCE, Measuring, SyncRun
from jira_integration.models.measuring import told
from jira_integration.sight import Sight
from jira_integration.why import LINES, MOST_LINES, Why
from jira_integration.why_rows import Line
from okr.api.asking import Asked
from okr.api.once import once
from okr.api.problems import Problem
from okr.api.shapes import Nothing, Plain
from okr.api.signing_in import person_of
from okr.models import KeyResult, Reading

TENTHS: dict[str, Any] = {"max_digits": 6, "decimal_places": 1}
NOT_NOW = (
    "Jira cannot be read for this key result now: it has no links, updates are off, or a reading is"
    " on its way."
)


class StandingShape(Plain):
    """`follows` is whether its number comes from Jira, `reading` whether it is being read just
    now. `silences` say which site does not answer."""

    key_result = serializers.IntegerField(source="sight.key_result.pk")
    enabled = serializers.BooleanField(source="sight.enabled")
    follows = serializers.BooleanField(source="sight.follows")
    may_link = serializers.BooleanField(source="sight.may_link")
    links = serializers.IntegerField()
    measured = serializers.CharField(help_text="Mean of the percentages.")
    reading = serializers.BooleanField(source="sight.is_recalculating")
    silences: Any = serializers.ListField(child=serializers.CharField())


class Stands(OfPeople):
    shape = StandingShape

    def stands(self, sight: Sight, status: HTTPStatus = HTTPStatus.OK) -> Response:
        about = {
            "sight": sight,
            "links": len(sight.links),
            "measured": told(Measuring.objects.of(sight.key_result)),
            "silences": [each.words for each in sight.silences],
        }
        return Response(self.told(about), status)


class Standing(Stands):
    summaries = {"GET": "Read how Jira stands for a key result"}

    def get(self, request: Request, pk: int) -> Response:
        key_result = self.visible(KeyResult.objects.all(), pk)
        return self.stands(Sight.of(key_result, person_of(request)))


class ReadNow(Stands):
    summaries = {"POST": "Read Jira now for a key result"}
    answers = {"POST": HTTPStatus.ACCEPTED}
    body = Nothing

    @once
    def post(self, request: Request, pk: int) -> Response:
        """As the button of the page, which is not there while a reading is on its way."""
        self.taken()
        key_result, person = self.editable(KeyResult.objects.all(), pk), person_of(request)
        if not Sight.of(key_result, person).can_read_now:
            raise Problem(HTTPStatus.CONFLICT, NOT_NOW)
        SyncRun.objects.ask_for(key_result, by=person)
        return self.stands(Sight.of(key_result, person), HTTPStatus.ACCEPTED)


class LineShape(IssueShape):
    """`counts_as` is a percentage, or what is added to a sum; `contributes` is in percentage
    points, null where it does not count. `note` says why."""

    site = serializers.IntegerField()
    url = serializers.CharField()
    counts_as = serializers.CharField()
    size = serializers.CharField()
    weight = serializers.IntegerField()
    contributes = serializers.DecimalField(allow_null=True, **TENTHS)
    note = serializers.CharField()


class WhyShape(Plain):
    """`makes` is what the issues make, exactly; it differs from `progress` while a change is on
    its way. `lines` begin with what counts, and are empty for whoever has no Jira access. What
    `lines` leave out contributes `rest`."""

    follows = serializers.BooleanField()
    progress = serializers.DecimalField(allow_null=True, **PERCENT)
    makes = serializers.DecimalField(allow_null=True, **PERCENT)
    sentence = serializers.CharField(help_text="(7 Done × 100 + 2 In Progress × 50) ÷ 9 issues")
    measure = serializers.ChoiceField([each.value for each in Measure])
    sized_by = serializers.CharField()
    counts = CountsShape()
    found = serializers.IntegerField()
    lines: Any = LineShape(many=True)
    rest = serializers.DecimalField(**TENTHS)


class AskedWhy(Asked):
    lines = serializers.IntegerField(
        required=False, min_value=0, max_value=MOST_LINES, help_text=f"{LINES} unless told."
    )


class Explained(OfPeople):
    shape, asks = WhyShape, AskedWhy
    summaries = {"GET": "Read why the number is what it is, issue by issue"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        key_result = self.visible(KeyResult.objects.all(), pk)
        why = Why.of(key_result, self.asked.get("lines", LINES))
        return Response(self.told(_explained(why, may_see=self.may_see)))


def _explained(why: Why, *, may_see: bool) -> dict[str, Any]:
    share = why.breakdown.progress
    return {
        "follows": why.key_result.tracked_by == SOURCE,
        "progress": why.key_result.progress,
        "makes": None if share is None else Reading(why.key_result.pk, share).settled,
        "sentence": why.sum if why.number else "",
        "measure": why.method.measure.value,
        "sized_by": why.method.sized_by,
        "counts": why.breakdown.counts,
        "found": why.linked,
        "lines": [_line(line) for line in why.lines] if may_see else [],
        "rest": why.rest if may_see else sum(_points(why), why.rest),
    }


def _points(why: Why) -> list[Decimal]:
    return [line.contributes for line in why.lines if line.contributes is not None]


def _line(line: Line) -> dict[str, Any]:
    issue = line.issue
    return {
        **{name: getattr(issue, name) for name in ("key", "summary", "status", "url")},
        **{name: getattr(line, name) for name in ("counts_as", "size", "weight", "contributes")},
        "category": line.category.value,
        "site": issue.connection_id,
        "note": line.note,
    }


addresses = [
    path("key-results/<int:pk>/jira/", Standing.as_view(), name="standing"),
    path("key-results/<int:pk>/jira/sync/", ReadNow.as_view(), name="read_now"),
    path("key-results/<int:pk>/jira/why/", Explained.as_view(), name="why"),
]
