"""What every address of SCIM has in common: the token, the media type, versions, and refusals."""

from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.db import transaction
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from scim2_models import Context, SearchRequest

from okr.api.endpoint import unkept
from okr.api.parsing import StrictJSON
from okr.models import DirectoryToken
from okr.scim.pace import DirectoryPace
from okr.scim.problems import MEDIA_TYPE, Refused, answer
from okr.scim.shapes import LARGEST_BODY, POLICY, of
from okr.scim.signing_in import DirectoryAuthentication, OnlyDirectories

CHANGED = "It was changed since you read it."
TOO_LARGE = f"A body has at most {LARGEST_BODY:,} bytes."
LONGEST_FILTER = 4_000
LONG_FILTER = f"A filter has at most {LONGEST_FILTER:,} letters."
QUESTIONS = (
    *("attributes", "excludedAttributes", "filter"),
    *("sortBy", "sortOrder", "startIndex", "count"),
)


class ScimParser(StrictJSON):
    media_type = MEDIA_TYPE


class ScimRenderer(JSONRenderer):
    media_type = MEDIA_TYPE
    charset = None


class Endpoint(APIView):
    schema = None  # it describes itself at /Schemas
    authentication_classes = [DirectoryAuthentication]
    permission_classes = [OnlyDirectories]
    throttle_classes = [DirectoryPace]
    parser_classes = [ScimParser, StrictJSON]
    renderer_classes = [ScimRenderer, JSONRenderer]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                transaction.set_rollback(True)
            return response

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE)

    def finalize_response(self, *args: Any, **kwargs: Any) -> Any:
        return unkept(super().finalize_response(*args, **kwargs))

    def get_exception_handler(self) -> Any:
        return answer

    @property
    def token(self) -> DirectoryToken:
        """The permission has seen to it that there is one."""
        token: Any = self.request.auth
        assert isinstance(token, DirectoryToken)  # noqa: S101  narrows the type
        return token

    @property
    def base(self) -> str:
        return self.request.build_absolute_uri("/scim/v2")

    def asked(self, model: Any) -> SearchRequest[Any]:
        sent = self.request.query_params
        refuse_long_filter(sent)
        values = {name: sent[name] for name in QUESTIONS if name in sent}
        asked: SearchRequest[Any] = of(SearchRequest, model).model_validate(values)
        return asked

    def dumped(self, resource: Any, context: Context, asked: SearchRequest[Any]) -> dict[str, Any]:
        told: dict[str, Any] = resource.model_dump(
            scim_ctx=context, response_parameters=asked, scim_policy=POLICY
        )
        return told

    def answered(
        self, resource: Any, context: Context, status: HTTPStatus = HTTPStatus.OK
    ) -> Response:
        told = self.dumped(resource, context, self.asked(type(resource)))
        return Response(
            told,
            status,
            headers={"ETag": resource.meta.version, "Location": str(resource.meta.location)},
        )


def refuse_long_filter(sent: Any) -> None:
    """Before it is read, which takes ever longer with what stands within each other."""
    if isinstance(sent, Mapping) and len(str(sent.get("filter") or "")) > LONGEST_FILTER:
        raise Refused(HTTPStatus.BAD_REQUEST, LONG_FILTER, "invalidFilter")


def versioned(resource: Any, location: str) -> Any:
    """With its address, and a version that changes with whatever is told of it."""
    told = resource.model_dump_json(exclude={"meta"})
    resource.meta.version = f'W/"{sha256(told.encode()).hexdigest()[:32]}"'
    resource.meta.location = location
    return resource


def match_if_told(request: Request, resource: Any) -> None:
    """Raises Refused where `If-Match` names another version."""
    told = request.headers.get("If-Match")
    if told and told.strip() != "*":
        tags = {each.strip().removeprefix("W/") for each in told.split(",")}
        if resource.meta.version.removeprefix("W/") not in tags:
            raise Refused(HTTPStatus.PRECONDITION_FAILED, CHANGED)
