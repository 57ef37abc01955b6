"""How the API describes itself in OpenAPI: from what each address takes, tells and refuses."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from okr.api.dialect import NOT_BLANK, fields_of
from okr.api.once import HEADER, KEYS
from okr.api.problems import MEDIA_TYPE

VERSION = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": NOT_BLANK},
    "header",
    required=True,
    description="The ETag with which it was read.",
)
HEEDED = OpenApiParameter(
    "If-Match", str, "header", description="Where it is sent, it must be the ETag as it stands."
)
KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": KEYS.pattern},
    "header",
    description="Sent again with the same key, it is done once.",
)
ALWAYS = (400, 401, 403, 429)
BY_METHOD = {
    "POST": (409, 413, 415, 422),
    "PATCH": (409, 412, 413, 415, 422, 428),
    "DELETE": (409, 412, 428),
}
VERBS = {"GET": "Read", "POST": "Add", "PATCH": "Change", "DELETE": "Delete"}
DONE = {"GET": 200, "POST": 201, "PATCH": 200, "DELETE": 204}


class FaultShape(serializers.Serializer):  # type: ignore[type-arg]
    field = serializers.CharField(help_text="Its way in the body; empty where it is about all.")
    message = serializers.CharField()
    line = serializers.IntegerField(required=False, help_text="Where a whole file was sent.")
    column = serializers.IntegerField(required=False, help_text="Counted from 1, as the line is.")


class ProblemShape(serializers.Serializer):  # type: ignore[type-arg]
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors: Any = FaultShape(many=True, required=False)
    request = serializers.CharField(required=False, help_text="Its number in the log.")


class Described(AutoSchema):
    """Of an `Endpoint`: nothing about it needs to be said twice."""

    view: Any

    def get_summary(self) -> str:
        if said := self.view.summaries.get(self.method):
            return str(said)
        if self._is_list_view():
            return f"List the {self.view.about.lower()} that you may see"
        return f"{VERBS[self.method]} {self.view.noun}"

    def get_description(self) -> str:  # type: ignore[override]  # as in the class above this one
        return ""

    def get_tags(self) -> list[str]:
        return [self.view.about]

    def get_request_serializer(self) -> Any:
        return self.view.body if self.method in ("POST", "PATCH") else None

    def get_response_serializers(self) -> Any:
        done = self.view.answers.get(self.method, DONE[self.method])
        told = None if done == HTTPStatus.NO_CONTENT else self.view.shape
        refusals = [*ALWAYS, *BY_METHOD.get(self.method, ())]
        if self._is_list_view():
            refusals.append(422)
        if self.view.heeding and 412 not in refusals:
            refusals.append(412)
        if "{" in self.path:
            refusals.append(404)
        return {done: told} | {(code, MEDIA_TYPE): self._refusal(code) for code in refusals}

    def get_override_parameters(self) -> list[Any]:
        some = [fields_of(self.view.shape)] if getattr(self.view, "shape", None) else []
        heeded = [HEEDED] if self.view.heeding else []
        match self.method:
            case "GET":
                return [self.view.asks, *some]
            case "POST":
                return [*some, *([KEY] if self.view.keyed else []), *heeded]
        return [*some, VERSION] if self.view.versioned else [*some, *heeded]

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        name = super().get_serializer_name(serializer, direction)
        return name.removesuffix("Shape").removesuffix("Body")

    def _is_list_view(self, serializer: Any = None) -> bool:  # noqa: ARG002
        return self.method == "GET" and bool(self.view.lists)

    def _refusal(self, code: int) -> OpenApiResponse:
        return OpenApiResponse(ProblemShape, description=HTTPStatus(code).phrase)
