"""How a directory learns what is kept here: the configuration, the resource types, the schemas."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response
from scim2_models import (
    Context,
    ListResponse,
    Meta,
    ResourceType,
    Schema,
)

from okr.scim.endpoint import Endpoint
from okr.scim.problems import Refused
from okr.scim.shapes import CONFIG, PROVIDER, of

NO_FILTER = "Filters are not taken here."
ONE_AT_A_TIME = "Search users at /Users/.search and groups at /Groups/.search."


class Configuration(Endpoint):
    def get(self, request: Request) -> Response:  # noqa: ARG002
        place = f"{self.base}/ServiceProviderConfig"
        told = CONFIG.model_copy(
            update={"meta": Meta(resource_type="ServiceProviderConfig", location=place)}
        )
        return Response(told.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))


class Listed(Endpoint):
    model: ClassVar[type[Any]]
    place: ClassVar[str]
    rows: ClassVar[Sequence[Any]]

    def located(self, row: Any) -> Any:
        meta = Meta(
            resource_type=self.model.__name__, location=f"{self.base}/{self.place}/{row.id}"
        )
        return row.model_copy(update={"meta": meta})


class Rows(Listed):
    def get(self, request: Request) -> Response:
        if "filter" in request.query_params:
            raise Refused(HTTPStatus.FORBIDDEN, NO_FILTER)
        found = [self.located(each) for each in self.rows]
        listed: Any = of(ListResponse, self.model)
        told = listed(
            total_results=len(found), start_index=1, items_per_page=len(found), resources=found
        )
        return Response(told.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))


class One(Listed):
    def get(self, request: Request, name: str) -> Response:  # noqa: ARG002
        found = next((each for each in self.rows if each.id == name), None)
        if found is None:
            raise Http404
        return Response(self.located(found).model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))


class ResourceTypes(Rows):
    model, place, rows = ResourceType, "ResourceTypes", PROVIDER.resource_types


class OneResourceType(One):
    model, place, rows = ResourceType, "ResourceTypes", PROVIDER.resource_types


class Schemas(Rows):
    model, place, rows = Schema, "Schemas", PROVIDER.schemas


class OneSchema(One):
    model, place, rows = Schema, "Schemas", PROVIDER.schemas


class SearchAll(Endpoint):
    def post(self, request: Request) -> Response:  # noqa: ARG002
        raise Refused(HTTPStatus.NOT_IMPLEMENTED, ONE_AT_A_TIME)


class Nowhere(Endpoint):
    """Whatever else is asked for under the base address."""

    def get(self, request: Request, rest: str) -> Response:  # noqa: ARG002
        raise Http404
