"""Something done to a row by the form and verb of its page: closing it, sending it for approval."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.endpoint import Endpoint
from okr.api.forming import as_typed
from okr.api.once import once
from okr.api.problems import of_form
from okr.api.signing_in import person_of
from okr.api.versions import match_if_told, tagged
from okr.models import Person


class Deed(Endpoint):
    """Answers with the row as it stands afterwards. `If-Match` is heeded where it is sent."""

    heeding = True
    answers: Mapping[str, int] = {"POST": HTTPStatus.OK, "DELETE": HTTPStatus.OK}

    def rows(self, person: Person) -> Any:
        """With all that the shape tells."""
        raise NotImplementedError

    def of(self, pk: int) -> Any:
        """The row, if this person may do it; otherwise 404 or 403."""
        raise NotImplementedError

    def filled(self, values: dict[str, Any]) -> dict[str, Any]:
        """What a body says, by the names of the form's fields."""
        return values

    def form(self, person: Person, row: Any, typed: Any) -> forms.BaseForm:
        raise NotImplementedError

    def keep(self, form: Any, person: Person) -> Any:
        """False where the form could not be kept after all."""
        return form.keep(by=person, at=timezone.now())

    def stands(self, row: Any, status: HTTPStatus = HTTPStatus.OK) -> Response:
        found = self.rows(person_of(self.request)).get(pk=row.pk)
        return tagged(Response(self.told(found), status), found)


class Filled(Deed):
    """Done with a body; what its form refuses is named."""

    @once
    def post(self, request: Request, pk: int) -> Response:
        person, row = person_of(request), self.of(pk)
        match_if_told(request, row)
        form = self.form(person, row, as_typed(self.filled(self.taken())))
        if not form.is_valid() or self.keep(form, person) is False:
            raise of_form(form)
        return self.stands(row)


def done(view: Deed, request: Request, pk: int, verb: Callable[[Any], object]) -> Response:
    """For `post`, where the verb needs no words."""
    row = view.of(pk)
    view.taken()
    match_if_told(request, row)
    verb(row)
    return view.stands(row)


def undone(view: Deed, request: Request, pk: int, verb: Callable[[Any], object]) -> Response:
    """For `delete`: the verb takes back what was done."""
    row = view.of(pk)
    match_if_told(request, row)
    verb(row)
    return view.stands(row)
