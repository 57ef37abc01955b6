"""Linking Jira issues to a key result, and what its page asks for while somebody looks at it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jira_integration.admission import sites_to_link
from jira_integration.explanation import issues_told
from jira_integration.forms.link import ISSUES, JQL, LinkForm
from jira_integration.link_words import button, depths
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraLink,
    SyncRun,
)
from jira_integration.models.reconstruction import span_of
from jira_integration.outlook import linked_before, outlook
from jira_integration.proposal import MOST_READ, MOST_SHOWN, Proposal
from jira_integration.sight import Sight
from jira_integration.sites import are_several
from jira_integration.siting import usual_site
from okr.access import get_editable, get_visible, person_of
from okr.http import after, render_dialog, sent, wants_part
from okr.models import KeyResult

LINKED = "Linked. The progress follows in a moment."
ALREADY = "That was linked already."


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, pk: int) -> HttpResponse:
    key_result, sites = linkable(request, pk)
    form = LinkForm(sent(request), sites=sites, usual=usual_site(sites, person_of(request)))
    proposal = Proposal()
    if request.method == "POST":
        proposal = form.ask(form.connection, key_result, person_of(request))
        if form.check(proposal):
            return _linked(request, key_result, proposal, form)
    return _dialog(request, key_result, form, proposal)


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What linking would do, before it is done; `whole` reads a query to its end."""
    key_result, sites = linkable(request, pk)
    form = LinkForm(request.POST, sites=sites, usual=usual_site(sites, person_of(request)))
    whole = "whole" in request.GET or not wants_part(request)
    most = MOST_READ if whole else MOST_SHOWN
    proposal = form.ask(form.connection, key_result, person_of(request), most)
    if not wants_part(request):
        return _dialog(request, key_result, form, proposal)
    context = _context(key_result, form, proposal)
    if proposal.words:
        kept = proposal.keepsakes
        context |= {"options": proposal.suggestions, "kept_options": kept}
        context |= {"offered": [], "kept_offered": []}
    return render(request, "jira_integration/_link_answer.html", context)


@require_safe
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked every few seconds: 204 while the page shows what is true, else it reads itself anew."""
    key_result = get_visible(request, KeyResult.objects.all(), pk)
    sight = Sight.of(key_result, person_of(request))
    seen = request.GET.get("seen", "")
    if seen == sight.state:
        return HttpResponse(status=204)
    moved = seen.partition(" ")[0] != sight.state.partition(" ")[0]
    context = {"key_result": key_result, "moved": moved}
    response = render(request, "jira_integration/_moved.html", context)
    response["HX-Trigger"] = "number-moved"
    return response


@require_POST
def read_now(request: HttpRequest, pk: int) -> HttpResponse:
    key_result = get_editable(request, KeyResult.objects.all(), pk)
    SyncRun.objects.ask_for(key_result, by=person_of(request))
    return after(request, reverse("okr:key_result", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Any editor may remove a link; what it is called is told to those with Jira access."""
    found = get_object_or_404(JiraLink.objects.select_related("issue", "connection"), pk=pk)
    key_result = get_editable(request, KeyResult.objects.all(), found.key_result_id)
    back = reverse("okr:key_result", args=[key_result.pk])
    if request.method == "POST":
        found.remove(by=person_of(request))
        messages.success(request, "The Jira link is removed.")
        return after(request, back)
    context = {
        "title": "Remove this Jira link?",
        "link": found,
        "key_result": key_result,
        "is_last": key_result.jira_links.count() == 1,
        "may_see": IntegrationSettings.load().may_link(person_of(request)),
        "named": are_several(),
        "back": back,
    }
    return render_dialog(request, "jira_integration/link_remove.html", context)


def linkable(request: HttpRequest, pk: int) -> tuple[KeyResult, list[JiraConnection]]:
    """What is to be linked and the sites there are; 403 with the reason for whoever may not."""
    key_result = get_editable(request, KeyResult.objects.all(), pk)
    return key_result, sites_to_link(key_result, person_of(request))


def _linked(
    request: HttpRequest, key_result: KeyResult, proposal: Proposal, form: LinkForm
) -> HttpResponse:
    new = form.keep(proposal, key_result, person_of(request))
    messages.success(request, LINKED if new else ALREADY)
    return after(request, reverse("okr:key_result", args=[key_result.pk]))


def _dialog(
    request: HttpRequest, key_result: KeyResult, form: LinkForm, proposal: Proposal
) -> HttpResponse:
    context = _context(key_result, form, proposal)
    return render_dialog(request, "jira_integration/link.html", context)


def _context(key_result: KeyResult, form: LinkForm, proposal: Proposal) -> dict[str, Any]:
    numbers, query = linked_before(key_result, proposal, form.connection)
    new = [issue for issue in proposal.issues if issue.id not in numbers]
    foreseen = outlook(key_result, proposal)
    return {
        "title": "Link Jira issue",
        "key_result": key_result,
        "form": form,
        "site": form.connection,
        "proposal": proposal,
        "outlook": foreseen,
        "told": issues_told(foreseen.breakdown.counts),
        "linked": numbers,
        "query_linked": query,
        "new": len(new),
        "kind": JQL if proposal.is_jql else form["kind"].value() or ISSUES,
        "asked_kind": form["kind"].value(),
        "asked_site": form.cleaned_data.get("site") if form.is_bound else None,
        "has_past": span_of(key_result, timezone.now()) is not None,
        "offered": [] if proposal.issues else proposal.suggestions,
        "kept_offered": proposal.keepsakes,
        "depths": depths(proposal),
        "button": button(proposal, len(new)),
        "back": reverse("okr:key_result", args=[key_result.pk]),
    }
