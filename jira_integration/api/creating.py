"""A new Jira issue for a key result: what Jira offers, and creating it, linked at once."""

from http import HTTPStatus
from typing import Any

from django.urls import path, reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.admission import sites_to_create
from jira_integration.api.base import OfPeople, refused
from jira_integration.api.projects import ProjectShape
from jira_integration.forms.creating import CreateForm
from jira_integration.into_jira.creating import (
    NotCreatedError,
    NotToldError,
    carry_out,
    link_of,
)
from jira_integration.into_jira.offering import look_up, usual_project
from jira_integration.models import IssueRequest, JiraConnection
from jira_integration.siting import site_with, usual_site
from okr.api.asking import Asked, Number
from okr.api.forming import as_typed
from okr.api.once import kept, token_of
from okr.api.problems import Problem, of_form
from okr.api.shapes import Body, Plain
from okr.api.signing_in import person_of
from okr.models import KeyResult

NO_SITE = "There is no such site in which issues are created from here."
UNDER_WAY = "The issue is being created. Send this again in a moment, with the same key."
NOT_TOLD = (
    "Jira did not say whether it created the issue. Wait ten seconds, then send this again with the"
    " same Idempotency-Key: what is there already will be found and linked, not made twice."
)


class AskedOfOffer(Asked):
    site = Number(required=False)
    project = serializers.CharField(required=False, max_length=255, help_text="As PLAT.")
    type = serializers.CharField(required=False, max_length=19)


class TypeShape(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.CharField()
    name = serializers.CharField()


class OfferShape(Plain):
    """`project` and `type` are those that were asked for, else what suggests itself; the `types`
    are of that project. An `obstacle` says why nothing can be created there from here, a `fault`
    why Jira told nothing."""

    site = serializers.IntegerField()
    projects: Any = ProjectShape(many=True)
    project = serializers.CharField()
    types: Any = TypeShape(many=True)
    type = serializers.CharField()
    obstacle = serializers.CharField()
    fault = serializers.CharField()


class NewIssueBody(Body):
    """Without a `site` the usual one is meant. `type` is one of those that Jira offers, by id."""

    site = Number(required=False)
    project = serializers.CharField(max_length=255, help_text="As PLAT.")
    type = serializers.CharField(max_length=19)
    summary = serializers.CharField(max_length=255)
    description = serializers.CharField(required=False, allow_blank=True, max_length=10_000)


class CreatedShape(Plain):
    """`link` is null where it was taken away since."""

    site = serializers.IntegerField()
    issue = serializers.CharField()
    url = serializers.CharField()
    link = serializers.IntegerField(allow_null=True)


class OfNewIssues(OfPeople):
    noun = "a Jira issue"

    def creatable(self, pk: int) -> tuple[KeyResult, list[JiraConnection]]:
        """403 with the reason where nothing is created from here."""
        key_result, sites = self.linkable(pk)
        return key_result, sites_to_create(key_result, sites)

    def site(self, named: int | None, sites: list[JiraConnection]) -> JiraConnection | None:
        return site_with(named, sites) if named else usual_site(sites, person_of(self.request))


class Offered(OfNewIssues):
    shape, asks = OfferShape, AskedOfOffer
    summaries = {"GET": "Read what Jira offers for a new issue"}

    def get(self, request: Request, pk: int) -> Response:
        key_result, sites = self.creatable(pk)
        site = self.site(self.asked.get("site"), sites)
        if site is None:
            return Response(self.told(_nothing(self.asked["site"])))
        project = self.asked.get("project") or usual_project(key_result, site)
        found = look_up(site, project, self.asked.get("type", ""), person_of(request))
        names = ("projects", "project", "types", "obstacle")
        offer = {name: getattr(found, name) for name in names}
        more = {"site": site.pk, "type": found.type_id, "fault": str(found.fault or "")}
        return Response(self.told(offer | more))


class NewIssues(OfNewIssues):
    """Sent again with the same key, what an earlier try left in Jira is found and not made
    twice; therefore it is not undone as a whole where Jira refuses."""

    shape, body = CreatedShape, NewIssueBody
    summaries = {"POST": "Create an issue in Jira and link it"}

    @kept
    def post(self, request: Request, pk: int) -> Response:
        key_result, sites = self.creatable(pk)
        values, by = self.taken(), person_of(request)
        site = self.site(values.get("site"), sites)
        if site is None:
            raise refused("site", NO_SITE)
        form = CreateForm(as_typed(values), url="", several=False)
        if not form.is_valid():
            raise of_form(form)
        try:
            made = carry_out(token_of(request), key_result, site, form.wish, by)
        except NotToldError:
            raise Problem(HTTPStatus.CONFLICT, NOT_TOLD) from None
        except NotCreatedError as error:
            raise refused(error.field or "", str(error)) from None
        return self.created(made)

    def created(self, made: IssueRequest) -> Response:
        if not made.key:
            raise Problem(HTTPStatus.CONFLICT, UNDER_WAY)
        site, link = made.connection, link_of(made)
        told = {"site": site.pk, "issue": made.key, "link": link and link.pk}
        url = f"{site.server}/browse/{made.key}"
        response = Response(self.told(told | {"url": url}), HTTPStatus.CREATED)
        if link:
            response["Location"] = reverse("jira_api:link", args=[link.pk])
        return response


def _nothing(site: int) -> dict[str, Any]:
    told: dict[str, Any] = dict.fromkeys(("project", "type", "obstacle"), "")
    return told | {"site": site, "projects": [], "types": [], "fault": NO_SITE}


addresses = [
    path("key-results/<int:pk>/jira/new-issue/", Offered.as_view(), name="new_issue"),
    path("key-results/<int:pk>/jira/issues/", NewIssues.as_view(), name="new_issues"),
]
