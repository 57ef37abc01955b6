"""How the API describes itself in OpenAPI: from what each address takes, tells and refuses."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from okr.api.asking import Asked
from okr.api.once import HEADER
from okr.api.problems import MEDIA_TYPE
from okr.models.api_answer import LONGEST_KEY

VERSION = OpenApiParameter(
    "If-Match", str, "header", required=True, description="The ETag with which it was read."
)
HEEDED = OpenApiParameter(
    "If-Match", str, "header", description="Where it is sent, it must be the ETag as it stands."
)
KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    "header",
    description="Sent again with the same key, it is done once.",
)
ALWAYS = (400, 401, 403, 429)
BY_METHOD = {"POST": (409, 415, 422), "PATCH": (409, 412, 415, 422, 428), "DELETE": (409, 412, 428)}
VERBS = {"GET": "Read", "POST": "Add", "PATCH": "Change", "DELETE": "Delete"}
DONE = {"GET": 200, "POST": 201, "PATCH": 200, "DELETE": 204}


class FaultShape(serializers.Serializer):  # type: ignore[type-arg]
    field = serializers.CharField(help_text="Its way in the body; empty where it is about all.")
    message = serializers.CharField()


class ProblemShape(serializers.Serializer):  # type: ignore[type-arg]
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors: Any = FaultShape(many=True, required=False)
    request = serializers.CharField(required=False, help_text="Its number in the log.")


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "okr.api.signing_in.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002
        return {"type": "http", "scheme": "bearer"}


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
        if self.view.heeding and 412 not in refusals:
            refusals.append(412)
        if "{" in self.path:
            refusals.append(404)
        return {done: told} | {(code, MEDIA_TYPE): self._refusal(code) for code in refusals}

    def get_override_parameters(self) -> list[Any]:
        heeded = [HEEDED] if self.view.heeding else []
        match self.method:
            case "GET":
                return [self.view.asks]
            case "POST":
                return [Asked, *([KEY] if self.view.keyed else []), *heeded]
        return [Asked, VERSION] if self.view.versioned else [Asked, *heeded]

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        return super().get_serializer_name(serializer, direction).removesuffix("Shape")

    def _is_list_view(self, serializer: Any = None) -> bool:  # noqa: ARG002
        return self.method == "GET" and bool(self.view.lists)

    def _refusal(self, code: int) -> OpenApiResponse:
        return OpenApiResponse(ProblemShape, description=HTTPStatus(code).phrase)


def plain(result: Any, **_: Any) -> Any:
    """Choices stand where they are chosen from; a name for each of them would have to be unique."""
    if isinstance(result, dict):
        return {name: plain(each) for name, each in result.items() if name != "x-spec-enum-id"}
    return [plain(each) for each in result] if isinstance(result, list) else result
