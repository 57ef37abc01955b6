"""The addresses of users and groups: found, added, replaced, changed in part, and removed."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from scim2_models import Context, ListResponse, PatchOp, SearchRequest

from okr.models import Person, Unit
from okr.scim import people, units
from okr.scim.endpoint import Endpoint, match_if_told, refuse_long_filter, versioned
from okr.scim.finding import OF_GROUPS, OF_USERS, Narrow, page_of
from okr.scim.shapes import POLICY, FullUser, Group, of
from okr.scim.signing_in import as_directory


class Resource(Endpoint):
    """`place` is where its rows are, under the base address."""

    model: ClassVar[Any]
    place: ClassVar[str]
    narrows: ClassVar[dict[str, Narrow]]

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def shown(self, row: Any) -> Any:
        raise NotImplementedError

    def add(self, sent: Any) -> Any:
        """The row that was made."""
        raise NotImplementedError

    def change(self, row: Any, sent: Any, *, whole: bool) -> None:
        raise NotImplementedError

    def remove(self, row: Any) -> None:
        raise NotImplementedError

    def told(self, row: Any) -> Any:
        return versioned(self.shown(row), f"{self.base}/{self.place}/{row.pk}")

    def taken(self, context: Context) -> Any:
        return self.model.model_validate(self.request.data, scim_ctx=context, scim_policy=POLICY)

    def found(self, asked: SearchRequest[Any]) -> Response:
        total, start, found = page_of(self.rows(), asked, self.narrows, self.told)
        listed: Any = of(ListResponse, self.model)
        told = listed(
            total_results=total, start_index=start, items_per_page=len(found), resources=found
        )
        return Response(self.dumped(told, Context.RESOURCE_QUERY_RESPONSE, asked))


class Rows(Resource):
    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.found(self.asked(self.model))

    def post(self, request: Request) -> Response:
        with as_directory(request):
            row = self.add(self.taken(Context.RESOURCE_CREATION_REQUEST))
        told = self.told(self.rows().get(pk=row.pk))
        return self.answered(told, Context.RESOURCE_CREATION_RESPONSE, HTTPStatus.CREATED)


class Search(Resource):
    """What does not fit behind an address (RFC 7644 §3.4.3)."""

    def post(self, request: Request) -> Response:
        refuse_long_filter(request.data)
        asked = of(SearchRequest, self.model).model_validate(
            request.data, scim_ctx=Context.SEARCH_REQUEST, scim_policy=POLICY
        )
        return self.found(asked)


class One(Resource):
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.answered(self.told(self._row(pk)), Context.RESOURCE_QUERY_RESPONSE)

    def put(self, request: Request, pk: int) -> Response:
        row = self._row(pk)
        before = self.told(row)
        match_if_told(request, before)
        sent = self.taken(Context.RESOURCE_REPLACEMENT_REQUEST)
        sent.replace(before)
        return self._changed(row, sent, Context.RESOURCE_REPLACEMENT_RESPONSE)

    def patch(self, request: Request, pk: int) -> Response:
        row = self._row(pk)
        resource = self.told(row)
        match_if_told(request, resource)
        operations = of(PatchOp, self.model).model_validate(
            request.data, scim_ctx=Context.RESOURCE_PATCH_REQUEST, scim_policy=POLICY
        )
        with POLICY:
            operations.patch(resource, scim_policy=POLICY)
        return self._changed(row, resource, Context.RESOURCE_PATCH_RESPONSE)

    def delete(self, request: Request, pk: int) -> Response:
        row = self._row(pk)
        match_if_told(request, self.told(row))
        with as_directory(request):
            self.remove(row)
        return Response(status=HTTPStatus.NO_CONTENT)

    def _row(self, pk: int) -> Any:
        return get_object_or_404(self.rows(), pk=pk)

    def _changed(self, row: Any, sent: Any, context: Context) -> Response:
        with as_directory(self.request):
            self.change(row, sent, whole=self.request.method == "PATCH")
        return self.answered(self.told(self._row(row.pk)), context)


class OfUsers(Resource):
    model, place, narrows = FullUser, "Users", OF_USERS

    def rows(self) -> QuerySet[Person]:
        return people.known()

    def shown(self, row: Person) -> Any:
        return people.told(row, self.base)

    def add(self, sent: Any) -> Person:
        return people.add(sent, self.token, timezone.now())

    def change(self, row: Person, sent: Any, *, whole: bool) -> None:
        people.change(row, sent, self.token, timezone.now(), whole=whole)

    def remove(self, row: Person) -> None:
        people.remove(row, self.token, timezone.now())


class OfGroups(Resource):
    model, place, narrows = Group, "Groups", OF_GROUPS

    def rows(self) -> QuerySet[Unit]:
        return units.known()

    def shown(self, row: Unit) -> Group:
        return units.told(row, self.base)

    def add(self, sent: Any) -> Unit:
        return units.add(sent, timezone.now())

    def change(self, row: Unit, sent: Any, *, whole: bool) -> None:  # noqa: ARG002
        units.change(row, sent, timezone.now())

    def remove(self, row: Unit) -> None:
        units.remove(row)


class Users(OfUsers, Rows):
    pass


class SearchUsers(OfUsers, Search):
    pass


class OneUser(OfUsers, One):
    pass


class Groups(OfGroups, Rows):
    pass


class SearchGroups(OfGroups, Search):
    pass


class OneGroup(OfGroups, One):
    pass
