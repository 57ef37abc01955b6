"""Changing the query of a link, with the number that it would make in view."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jira_integration.explanation import issues_told
from jira_integration.forms.changing import ChangeForm
from jira_integration.models import JiraLink, LinkKind
from jira_integration.proposal import Proposal
from jira_integration.views.links import linkable
from okr.access import person_of
from okr.http import Context, after, render_dialog, sent

CHANGED = "Saved. The progress follows in a moment."
SAME = "Nothing was changed: it is searched like this already."


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    form = _form(request, pk)
    proposal = form.ask() if request.method == "POST" else Proposal()
    back = reverse("okr:key_result", args=[form.link.key_result_id])
    if request.method == "POST" and form.is_valid() and "try" not in request.POST:
        kept = form.keep(proposal)
        messages.success(request, CHANGED if kept else SAME)
        return after(request, back)
    context = _told(form, proposal) | {"title": "Change this search", "back": back}
    return render_dialog(request, "jira_integration/change.html", context)


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What another query would make of the number, while it is typed; nothing is saved."""
    form = _form(request, pk)
    return render(request, "jira_integration/_change_preview.html", _told(form, form.ask()))


def _form(request: HttpRequest, pk: int) -> ChangeForm:
    queries = JiraLink.objects.filter(kind=LinkKind.QUERY)
    link = get_object_or_404(queries.select_related("connection", "key_result"), pk=pk)
    linkable(request, link.key_result_id)
    return ChangeForm(sent(request), link=link, person=person_of(request))


def _told(form: ChangeForm, proposal: Proposal) -> Context:
    foreseen = form.foresee(proposal)
    return {
        "form": form,
        "link": form.link,
        "key_result": form.link.key_result,
        "proposal": proposal,
        "outlook": foreseen,
        "told": issues_told(foreseen.breakdown.counts),
    }
