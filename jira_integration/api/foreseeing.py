"""What links would make of the number, before anything is saved; and what words find in Jira."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.api.base import OfPeople
from jira_integration.api.links import ChangeBody, changed, told_links, weighed
from jira_integration.api.numbers import PERCENT, CountsShape, IssueShape
from jira_integration.api.proposing import NO_SITE, LinkBody, asked_of
from jira_integration.asking import answer
from jira_integration.explanation import issues_told
from jira_integration.outlook import Outlook, linked_before, outlook
from jira_integration.proposal import Proposal, Typed
from jira_integration.siting import site_with, usual_site
from okr.api.asking import Asked
from okr.api.shapes import Plain
from okr.api.signing_in import person_of

MOST_NAMED = 100


class OutlookShape(Plain):
    """`progress` is what it is now, `after` what it would be; null where nothing would count.

    `finds` is how many issues would be found by it, `whole` whether all of them were read just
    now; `issues` are the first hundred. `linked` is whether it is linked already.
    """

    progress = serializers.DecimalField(source="outlook.before", **PERCENT)
    after = serializers.DecimalField(source="outlook.after", allow_null=True, **PERCENT)
    sentence = serializers.CharField(help_text="13 issues: 7 Done, 2 In Progress, 4 To Do.")
    counts = CountsShape(source="outlook.breakdown.counts")
    finds = serializers.IntegerField()
    whole = serializers.BooleanField(source="proposal.whole")
    issues: Any = IssueShape(many=True)
    linked = serializers.BooleanField()


class Foreseen(OfPeople):
    """Answers with an outlook; nothing is saved."""

    keyed = False
    shape, answers = OutlookShape, {"POST": 200}
    summaries = {"POST": "Preview what a link would make of the number"}

    def foreseen(self, proposal: Proposal, found: Outlook, *, linked: bool) -> Response:
        finds = len(proposal.found) if proposal.whole else proposal.about or len(proposal.found)
        told = {
            "outlook": found,
            "proposal": proposal,
            "sentence": issues_told(found.breakdown.counts),
            "finds": finds,
            "issues": proposal.found[:MOST_NAMED],
            "linked": linked,
        }
        return Response(self.told(told))


class Preview(Foreseen):
    body = LinkBody

    def post(self, request: Request, pk: int) -> Response:
        key_result, sites = self.linkable(pk)
        form, proposal = asked_of(self.taken(), key_result, sites, person_of(request))
        numbers, query = linked_before(key_result, proposal, form.connection)
        linked = query or (bool(numbers) and not proposal.goes_below)
        return self.foreseen(proposal, outlook(key_result, proposal), linked=linked)


class ChangePreview(Foreseen):
    body = ChangeBody
    summaries = {"POST": "Preview what another search or weight would make of the number"}

    def post(self, request: Request, pk: int) -> Response:
        link = get_object_or_404(told_links(), pk=pk)
        self.linkable(link.key_result_id)
        values = self.taken(partial=True)
        _, proposal = changed(link, values, person_of(request))
        weights = weighed(link, values).weights
        link.weight = weights[link.pk]
        instead = link if proposal.jql else None
        found = outlook(link.key_result, proposal, weights=weights, instead_of=instead)
        return self.foreseen(proposal, found, linked=True)


class AskedOfWords(Asked):
    words = serializers.CharField(
        required=False, max_length=255, help_text="Without any, the issues that were seen last."
    )
    site = serializers.IntegerField(required=False, min_value=1)


class KeptShape(serializers.Serializer):  # type: ignore[type-arg]
    kept = serializers.CharField(help_text="To be linked as it is: filter:10001.")
    name = serializers.CharField()


class SuggestionShape(serializers.Serializer):  # type: ignore[type-arg]
    key = serializers.CharField()
    summary = serializers.CharField()


class FoundShape(Plain):
    """What a site offers to link; `kept` are its filters, sprints and versions. `fault` says why
    Jira told nothing, and is empty where it did."""

    site = serializers.IntegerField()
    issues: Any = SuggestionShape(many=True)
    kept: Any = KeptShape(many=True)
    fault = serializers.CharField()


class Search(OfPeople):
    """As the dialog does while somebody types. A site that is not there has nothing."""

    shape, asks = FoundShape, AskedOfWords
    summaries = {"GET": "Search Jira by words for what to link"}

    def get(self, request: Request, pk: int) -> Response:
        (key_result, sites), person = self.linkable(pk), person_of(request)
        named = self.asked.get("site")
        site = site_with(named, sites) if named else usual_site(sites, person)
        if site is None:
            return Response(self.told({"site": named, "issues": [], "kept": [], "fault": NO_SITE}))
        found = answer(person, Typed(self.asked.get("words", "")), site, key_result)
        kept = [
            {"kept": f"{each.shorthand}:{each.id}", "name": each.name} for each in found.keepsakes
        ]
        told = {"site": site.pk, "issues": found.suggestions or found.issues, "kept": kept}
        return Response(self.told(told | {"fault": found.fault}))


addresses = [
    path("key-results/<int:pk>/jira/links/preview/", Preview.as_view(), name="link_preview"),
    path("key-results/<int:pk>/jira/search/", Search.as_view(), name="search"),
    path("jira/links/<int:pk>/preview/", ChangePreview.as_view(), name="change_preview"),
]
