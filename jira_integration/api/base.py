"""What every address of the room has in common: whom it lets in, and what they may see of Jira."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from jira_integration.admission import sites_to_link
from jira_integration.models import IntegrationSettings, JiraConnection
from okr.access import ADMINS_ONLY
from okr.api.endpoint import Endpoint
from okr.api.problems import Faults, Problem
from okr.api.scopes import Scoped
from okr.api.signing_in import person_of
from okr.models import KeyResult, Person
from okr.models.api_token import Scope

FAULTY = "Some fields cannot be taken as they are."
METHODS = ("GET", "HEAD", "POST", "PATCH", "DELETE")


class OfPeople(Endpoint):
    """About a key result. Names of issues are for whoever has Jira access, as on the pages."""

    about = "Jira links"

    @cached_property
    def may_see(self) -> bool:
        return IntegrationSettings.load().may_link(person_of(self.request))

    def linkable(self, pk: int) -> tuple[KeyResult, list[JiraConnection]]:
        """What is to be linked and the sites there are; 403 with the reason for whoever may not."""
        key_result = self.editable(KeyResult.objects.all(), pk)
        return key_result, sites_to_link(key_result, person_of(self.request))

    def _context(self) -> dict[str, Any]:
        return super()._context() | {"may_see": self.may_see}


class IsAdmin(BasePermission):
    message = ADMINS_ONLY

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002
        return isinstance(request.user, Person) and request.user.is_okr_admin


class OfAdmins(Endpoint):
    """Only for OKR admins, and with a token that was made for that."""

    about = "Jira integration"
    scopes = dict.fromkeys(METHODS, Scope.ADMIN.value)
    permission_classes = [Scoped, IsAdmin]


def refused(field: str, sentence: str) -> Problem:
    """A refusal that is about one field of the body; about all of it where none is named."""
    faults: Faults = [{"field": field, "message": sentence}]
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, FAULTY, faults)
