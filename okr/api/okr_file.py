"""OKRs as a file: written, planned and applied, by the same rules as `manage.py okr_file`."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import AskedOfFile
from okr.api.described import Described
from okr.api.endpoint import Endpoint
from okr.api.once import once
from okr.api.parsing import StrictJSON
from okr.api.problems import CHANGED, FAULTY, MEDIA_TYPE, Problem, fault
from okr.api.scopes import is_for_admin
from okr.api.shapes import Body, Plain
from okr.api.signing_in import person_of
from okr.as_code.exporting import MissingError, export
from okr.as_code.plan import MOST_AT_ONCE, ChangedError, Order, Plan, apply, plan
from okr.as_code.reading import LARGEST, FaultyError, text_of
from okr.as_code.telling import told
from okr.models.api_token import Scope

YAML = "application/yaml"
ABOUT = "OKRs as a file"


class YamlText(BaseParser):
    """The file itself as the body; what is no text in it is told with its line."""

    media_type = YAML

    def parse(
        self,
        stream: Any,  # noqa: ARG002
        media_type: str | None = None,  # noqa: ARG002
        parser_context: Any = None,
    ) -> Any:
        try:
            return {"file": text_of(parser_context["request"].body)}
        except FaultyError as faulty:
            raise _problem(faulty) from faulty


class OrProblem(JSONRenderer):
    """For whoever accepts nothing but the file: a refusal is told as everywhere."""

    media_type = YAML


class Sections(serializers.Serializer):  # type: ignore[type-arg]
    """Rows by their keys; the guide says what each of them holds."""

    version = serializers.ChoiceField([1])
    cycles = serializers.DictField(required=False, allow_null=True)
    objectives = serializers.DictField(required=False, allow_null=True)


class WholeFileShape(Sections, Plain):
    """As it is written."""


class WholeFileBody(Sections, Body):
    """As it is read."""


class OfFile(Described):
    """One that answers with a file, or takes one as it is."""

    def get_request_serializer(self) -> Any:
        body = super().get_request_serializer()
        return {"application/json": body, YAML: WholeFileBody} if body else None

    def get_override_parameters(self) -> list[Any]:
        told = super().get_override_parameters()
        return [self.view.asks] if self.method == "GET" else told

    def get_response_serializers(self) -> Any:
        answers = super().get_response_serializers()
        if self.method != "GET":
            return answers
        return {(200, YAML): answers.pop(200), (422, MEDIA_TYPE): self._refusal(422)} | answers

    def _get_request_body(self, direction: Any = "request") -> Any:
        above: Any = super()
        body = above._get_request_body(direction)
        return body and {**body, "required": True}


class AskedForFile(AskedOfFile):
    cycle = serializers.CharField(
        required=False, help_text="Keys between commas; otherwise every open cycle."
    )
    unit = serializers.CharField(
        required=False, help_text="A unit: only its own objectives, and its people's."
    )


class FileBody(Body):
    file = serializers.CharField(
        max_length=LARGEST, trim_whitespace=False, help_text="The YAML as text."
    )
    remove = serializers.BooleanField(
        default=False, help_text="Whether to delete what is not in the file."
    )


class PlannedChangeShape(serializers.Serializer):  # type: ignore[type-arg]
    field = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class PlannedStepShape(serializers.Serializer):  # type: ignore[type-arg]
    deed = serializers.ChoiceField(["add", "change", "remove"])
    noun = serializers.CharField()
    way = serializers.CharField()
    title = serializers.CharField()
    line = serializers.IntegerField(allow_null=True)
    changes: Any = PlannedChangeShape(many=True)
    loses = serializers.ListField(child=serializers.CharField())


class PlanShape(Plain):
    """`left` is what stands in these cycles and not in the file, and stays as it is."""

    digest = serializers.CharField()
    adds = serializers.IntegerField()
    changes = serializers.IntegerField()
    removals = serializers.IntegerField()
    left = serializers.IntegerField()
    steps: Any = PlannedStepShape(many=True)


class File(Endpoint):
    about, asks, shape = ABOUT, AskedForFile, WholeFileShape
    summaries = {"GET": "Write what you may see as a file"}
    renderer_classes = [JSONRenderer, OrProblem]
    schema = OfFile()

    def get(self, request: Request) -> HttpResponse:
        keys = list(filter(None, self.asked.get("cycle", "").split(",")))
        try:
            text = export(person_of(request), keys, self.asked.get("unit", ""))
        except MissingError as missing:
            raise fault(missing.field, str(missing)) from missing
        return HttpResponse(text, content_type=f"{YAML}; charset=utf-8")


class Deed(Endpoint):
    about, body, shape = ABOUT, FileBody, PlanShape
    answers = {"POST": HTTPStatus.OK}
    parser_classes = [StrictJSON, YamlText]
    schema = OfFile()

    def order(self, request: Request) -> Order:
        sent = self.taken()
        return Order(
            content=sent["file"].encode(),
            by=person_of(request),
            at=timezone.now(),
            changes_cycles=is_for_admin(request),
            removing=sent["remove"],
            most=MOST_AT_ONCE,
        )

    def answer(self, made: Plan) -> Response:
        return Response(self.told(told(made)), headers={"ETag": f'"{made.digest}"'})


class Planning(Deed):
    summaries = {"POST": "Tell what a file would change"}
    scopes = {"POST": Scope.READ}

    @once
    def post(self, request: Request) -> Response:
        try:
            return self.answer(plan(self.order(request)))
        except FaultyError as faulty:
            raise _problem(faulty) from faulty


class Applying(Deed):
    """With the ETag of its plan in If-Match it does what that plan said, or nothing."""

    summaries = {"POST": "Change what a file says: all of it, or nothing"}
    heeding = True

    @once
    def post(self, request: Request) -> Response:
        planned = request.headers.get("If-Match", "*").strip().strip('"')
        try:
            return self.answer(apply(self.order(request), "" if planned == "*" else planned))
        except FaultyError as faulty:
            raise _problem(faulty) from faulty
        except ChangedError as changed:
            raise Problem(HTTPStatus.PRECONDITION_FAILED, CHANGED) from changed


def _problem(faulty: FaultyError) -> Problem:
    faults: list[dict[str, Any]] = [
        {"field": each.way, "message": each.message} | each.place._asdict()
        for each in faulty.faults
    ]
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, FAULTY, faults)


addresses = [
    path("okr-file/", File.as_view(), name="okr_file"),
    path("okr-file/plan/", Planning.as_view(), name="okr_file_plan"),
    path("okr-file/apply/", Applying.as_view(), name="okr_file_apply"),
]
