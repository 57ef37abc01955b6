"""A kind of row at two addresses: the list, where one is added, and each of them.

A kind says how its rows are found, which form writes them and what a body becomes in it; the rest
is the same for all.
"""

from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import AskedOfRows
from okr.api.endpoint import Endpoint
from okr.api.forming import as_it_stands, as_typed
from okr.api.once import once
from okr.api.problems import of_form
from okr.api.signing_in import person_of
from okr.api.versions import require_match, tagged
from okr.forms.versions import VersionedForm
from okr.models import Person


class Written(Endpoint):
    """`route` is the name of the address of one row, `noun` what a row is called."""

    route = noun = ""
    versioned = True

    def rows(self, person: Person) -> QuerySet[Any]:
        """With all that the shape tells."""
        raise NotImplementedError

    def stored(self) -> QuerySet[Any]:
        """As the form wants them; `visible_to` is asked of it."""
        raise NotImplementedError

    def form(self, person: Person, row: Any = None, data: Any = None) -> VersionedForm:
        raise NotImplementedError

    def held(self, form: VersionedForm) -> dict[str, Any]:
        """What the form of a row holds, for the fields that a body leaves out."""
        return as_it_stands(form)

    def filled(self, values: dict[str, Any]) -> dict[str, Any]:
        """What a body says, by the names of the form's fields."""
        return values

    def keep(self, form: VersionedForm) -> bool:
        """False where the form could not be kept after all."""
        return form.kept(at=timezone.now())

    def kept(self, form: VersionedForm, status: HTTPStatus) -> Response:
        """Raises a Problem that names the fields that cannot be taken."""
        if not (form.is_valid() and self.keep(form)):
            raise of_form(form)
        person, row = person_of(self.request), form.instance
        response = Response(self.told(self.rows(person).get(pk=row.pk)), status)
        return tagged(response, row)


class Adding(Written):
    def added(self) -> Response:
        person, values = person_of(self.request), self.taken()
        row = self.begun(person, values)
        initial = self.held(self.form(person, row))
        sent = as_typed(initial | self.filled(values))
        form = self.form(person, row, sent)
        response = self.kept(form, HTTPStatus.CREATED)
        response["Location"] = reverse(f"api:{self.route}", args=[form.instance.pk])
        return response

    def begun(self, person: Person, values: dict[str, Any]) -> Any:
        """A new row with what its form does not ask for; takes that out of the values. Refuses
        whoever may not add one."""
        raise NotImplementedError


class Rows(Adding):
    lists = True
    asks = AskedOfRows

    def get(self, request: Request) -> Response:
        return self.listed(self.rows(person_of(request)))

    @once
    def post(self, request: Request) -> Response:  # noqa: ARG002
        return self.added()


class OneRow(Written):
    def get(self, request: Request, pk: int) -> Response:
        found = self.visible(self.rows(person_of(request)), pk)
        return tagged(Response(self.told(found)), found)

    def patch(self, request: Request, pk: int) -> Response:
        person, found = person_of(request), self.editable(self.stored(), pk)
        require_match(request, found)
        values = self.filled(self.taken(partial=True))
        held = self.held(self.form(person, found))
        sent = as_typed(held | values | {"version": found.version})
        return self.kept(self.form(person, found, sent), HTTPStatus.OK)

    def delete(self, request: Request, pk: int) -> Response:
        found = self.editable(self.stored(), pk)
        require_match(request, found)
        self.remove(found)
        return Response(status=HTTPStatus.NO_CONTENT)

    def remove(self, row: Any) -> None:
        raise NotImplementedError
