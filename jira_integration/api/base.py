"""What every address of the room has in common: whom it lets in, and what they may see of Jira."""

from functools import cached_property
from html import unescape
from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.utils.html import strip_tags
from rest_framework.request import Request

from jira_integration.admission import sites_to_link
from jira_integration.models import IntegrationSettings, JiraConnection
from okr.api.endpoint import Endpoint
from okr.api.problems import FAULTY, Faults, Problem, of_form
from okr.api.scopes import FOR_ADMINS
from okr.api.signing_in import person_of
from okr.models import KeyResult


def may_see(request: Request) -> bool:
    """Whether names of issues are for whoever asks."""
    return IntegrationSettings.load().may_link(person_of(request))


class OfPeople(Endpoint):
    """About a key result. Names of issues are for whoever has Jira access, as on the pages."""

    about = "Jira links"

    @cached_property
    def may_see(self) -> bool:
        return may_see(self.request)

    def linkable(self, pk: int) -> tuple[KeyResult, list[JiraConnection]]:
        """What is to be linked and the sites there are; 403 with the reason for whoever may not."""
        key_result = self.editable(KeyResult.objects.all(), pk)
        return key_result, sites_to_link(key_result, person_of(self.request))

    def _context(self) -> dict[str, Any]:
        return super()._context() | {"may_see": self.may_see}


class OfAdmins(Endpoint):
    """Only for OKR admins, and with a token that was made for that."""

    about = "Jira integration"
    scopes = FOR_ADMINS


def problem_of(form: BaseForm, names: dict[str, str] | None = None) -> Problem:
    """As `of_form`, where sentences hold a link for people."""
    problem = of_form(form, names)
    for fault in problem.faults:
        fault["message"] = unescape(strip_tags(fault["message"]))
    return problem


def refused(field: str, sentence: str) -> Problem:
    """A refusal that is about one field of the body; about all of it where none is named."""
    faults: Faults = [{"field": field, "message": sentence}]
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, FAULTY, faults)
