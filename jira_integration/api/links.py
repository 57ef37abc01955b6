"""The links of a key result: listed, added one at a time, changed and removed."""

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.api.base import OfPeople, refused
from jira_integration.api.proposing import LinkBody, asked_of
from jira_integration.forms.changing import ChangeForm
from jira_integration.forms.weights import WeightsForm, box_of
from jira_integration.models import JiraLink, LinkKind
from jira_integration.models.link import HEAVIEST, LIGHTEST
from jira_integration.models.wanted import each_link
from jira_integration.proposal import Proposal
from jira_integration.sight import links_with_findings
from okr.api.asking import AskedOfRows
from okr.api.forming import as_it_stands, as_typed
from okr.api.once import once
from okr.api.problems import Problem, of_form
from okr.api.shapes import Body, Shape
from okr.api.signing_in import person_of
from okr.api.versions import Edition, require_match, tagged
from okr.models import KeyResult, Person

ALREADY = "That is linked already."
SAME = "Another link of this key result searches like this already."
NO_QUERY = "Only a link that was made by JQL can be searched by other JQL."
REFUSED = "Jira does not accept this search."
OF_JIRA = ("issue", "summary", "status", "jql", "kept_id", "name", "url")
"""Told to whoever has Jira access; null for others."""


class LinkShape(Shape):
    """`finds` is how many issues it found when it was read last. What Jira calls things is null
    for whoever has no Jira access."""

    version = serializers.SerializerMethodField()
    site = serializers.IntegerField(source="connection_id")
    issue = serializers.CharField(source="issue.key", allow_null=True, default=None)
    summary = serializers.CharField(source="issue.summary", allow_null=True, default=None)
    status = serializers.CharField(source="issue.status", allow_null=True, default=None)
    jql = serializers.CharField(allow_null=True)
    name = serializers.CharField(allow_null=True)
    url = serializers.CharField(allow_null=True)
    finds = serializers.IntegerField(source="number")
    outside = serializers.BooleanField(
        source="is_outside", help_text="Its project is none of those that may be linked."
    )
    unreadable = serializers.SerializerMethodField()
    read_at = serializers.DateTimeField(source="last_read", allow_null=True)
    failure = serializers.SerializerMethodField()

    class Meta:
        model = JiraLink
        fields = (
            *("id", "version", "key_result", "kind", "site", "issue", "summary", "status"),
            *("depth", "jql", "kept_id", "name", "url", "weight", "finds", "by", "created_at"),
            *("read_at", "outside", "unreadable", "failure"),
        )

    def get_version(self, link: JiraLink) -> str:
        return edition_of(link).version

    def get_unreadable(self, link: JiraLink) -> bool:
        """Its issue can no longer be read, and counts at its last known status."""
        return bool(link.issue and link.issue.unreadable_since)

    def get_failure(self, link: JiraLink) -> str:
        """Why Jira could not be asked by it the last time; empty where it could."""
        return str(link.failure or "") if self.context["may_see"] or not link.failure else REFUSED

    def to_representation(self, instance: Any) -> dict[str, Any]:
        told = super().to_representation(instance)
        if self.context["may_see"]:
            return told
        return told | {name: None for name in OF_JIRA if name in told}


class ChangeBody(Body):
    """`jql` is for a link that was made by JQL."""

    jql = serializers.CharField(required=False, max_length=10_000)
    weight = serializers.IntegerField(required=False, min_value=LIGHTEST, max_value=HEAVIEST)


def edition_of(link: JiraLink) -> Edition:
    return Edition.of(link.kind, link.jql, link.depth, link.weight)


def told_links() -> QuerySet[JiraLink]:
    return links_with_findings().select_related("connection", "issue__connection")


class Links(OfPeople):
    noun, lists = "a link to Jira", True
    shape, body, asks = LinkShape, LinkBody, AskedOfRows

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        key_result = self.visible(KeyResult.objects.all(), pk)
        return self.listed(told_links().filter(key_result=key_result))

    @once
    def post(self, request: Request, pk: int) -> Response:
        key_result, sites = self.linkable(pk)
        form, proposal = asked_of(self.taken(), key_result, sites, person_of(request))
        with transaction.atomic():
            if not form.keep(proposal, key_result, person_of(request)):
                raise Problem(HTTPStatus.CONFLICT, ALREADY)
        columns, _ = next(each_link(proposal.wanted, form.connection))
        made = told_links().get(**columns, key_result=key_result, connection=form.connection)
        response = tagged(Response(self.told(made), HTTPStatus.CREATED), edition_of(made))
        response["Location"] = reverse("jira_api:link", args=[made.pk])
        return response


class OneLink(OfPeople):
    noun, versioned = "a link to Jira", True
    shape, body = LinkShape, ChangeBody

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        link = get_object_or_404(told_links(), pk=pk)
        self.visible(KeyResult.objects.all(), link.key_result_id)
        return tagged(Response(self.told(link)), edition_of(link))

    def patch(self, request: Request, pk: int) -> Response:
        link, person = get_object_or_404(told_links(), pk=pk), person_of(request)
        self.linkable(link.key_result_id)
        require_match(request, edition_of(link))
        values = self.taken(partial=True)
        change, proposal = changed(link, values, person)
        weights = weighed(link, values)
        with transaction.atomic():
            if proposal.jql not in ("", link.jql) and not change.keep(proposal):
                raise Problem(HTTPStatus.CONFLICT, SAME)
            weights.keep(by=person)
        now = told_links().get(pk=pk)
        return tagged(Response(self.told(now)), edition_of(now))

    def delete(self, request: Request, pk: int) -> Response:
        """Any editor may remove a link."""
        link = get_object_or_404(told_links(), pk=pk)
        self.editable(KeyResult.objects.all(), link.key_result_id)
        require_match(request, edition_of(link))
        link.remove(by=person_of(request))
        return Response(status=HTTPStatus.NO_CONTENT)


def changed(link: JiraLink, values: dict[str, Any], person: Person) -> tuple[ChangeForm, Proposal]:
    """What Jira says to another search; nothing where none is wanted."""
    form = ChangeForm(as_typed(values), link=link, person=person)
    if "jql" not in values:
        return form, Proposal()
    if link.kind != LinkKind.QUERY:
        raise refused("jql", NO_QUERY)
    proposal = form.ask()
    if proposal.fault or not form.is_valid():
        raise of_form(form)
    return form, proposal


def weighed(link: JiraLink, values: dict[str, Any]) -> WeightsForm:
    """What all links of its key result weigh, with the weight that is wanted for this one."""
    held = as_it_stands(WeightsForm(key_result=link.key_result))
    wanted = {box_of(link): values["weight"]} if "weight" in values else {}
    form = WeightsForm(as_typed(held | wanted), key_result=link.key_result)
    if not form.is_valid():
        raise of_form(form, {box_of(link): "weight"})
    return form


addresses = [
    path("key-results/<int:pk>/jira/links/", Links.as_view(), name="links"),
    path("jira/links/<int:pk>/", OneLink.as_view(), name="link"),
]
