"""Sending an objective for approval, and answering."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from okr import exports
from okr.access import NOT_YOURS, get_visible, may_edit, person_of
from okr.forms.approvals import ApprovalForm
from okr.http import after, render_dialog, sent
from okr.models import Objective
from okr.models.approval import Verb
from okr.pages.approvals import approval_page, approvals_page
from okr.pages.takeaway_own import approvals_sheet

SAID = {
    Verb.SUBMIT: "“{}” is sent for approval.",
    Verb.APPROVE: "“{}” is approved. It counts from now on.",
    Verb.SEND_BACK: "“{}” is sent back.",
}


@require_safe
def approvals(request: HttpRequest) -> HttpResponseBase:
    if exports.is_wanted(request):
        return exports.download(request, approvals_sheet(person_of(request)))
    page = approvals_page(person_of(request), request.GET.get("page"))
    return render(request, "okr/approvals.html", {"title": "Approvals", "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever sees an objective reads how it stands; who may change it takes a step."""
    objective, person = get_visible(request, Objective.objects.for_cards(), pk), person_of(request)
    if request.method == "POST" and not may_edit(person, objective):
        raise PermissionDenied(NOT_YOURS)
    page = approval_page(objective, person)
    form = ApprovalForm(sent(request), objective=objective, verbs=page.verbs)
    back = reverse("okr:objective", args=[pk])
    if request.method == "POST" and form.is_valid() and form.keep(person, timezone.now()):
        messages.success(request, SAID[form.cleaned_data["verb"]].format(objective))
        return after(request, back)
    context = {"title": "Approval", "form": form, "page": page, "back": back}
    return render_dialog(request, "okr/approval.html", context)
