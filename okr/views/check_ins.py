"""The dialog in which a person says where a key result stands."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from okr import slots
from okr.access import get_editable, get_visible, may_edit, person_of
from okr.forms.check_ins import CheckInForm
from okr.forms.queue import CorrectionForm
from okr.http import after, render_dialog
from okr.models import CheckIn
from okr.models.check_in import NOT_THE_LATEST
from okr.pages.calendar import Calendar
from okr.views.key_results import ROWS

WITH = ("measurement", "key_result__owner", "key_result__objective__cycle")


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    key_result = get_editable(request, ROWS.all(), pk)
    calendar = Calendar(key_result.objective.cycle, timezone.localdate())
    expected = key_result.expected(calendar.expected, calendar.today)
    form = CheckInForm(request.POST or None, key_result=key_result, expected=expected)
    valid = request.method == "POST" and form.is_valid()
    if valid and form.keep(by=person_of(request), at=timezone.now()):
        messages.success(request, f"Your check-in for “{key_result}” is saved.")
        return after(request, _way_back(request, pk))
    context = {
        "title": "Check in",
        "form": form,
        "key_result": key_result,
        "notices": slots.ask("check_in.notice", request, key_result),
        "reasons": slots.ask("check_in.suggestion", request, key_result),
        "back": _way_back(request, pk),
    }
    return render_dialog(request, "okr/check_in.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest check-in, said anew by whoever made it."""
    check_in = get_visible(request, CheckIn.objects.select_related(*WITH), pk)
    if not may_edit(person_of(request), check_in):
        raise PermissionDenied(NOT_THE_LATEST)
    key_result = check_in.key_result
    calendar = Calendar(key_result.objective.cycle, timezone.localdate())
    expected = key_result.expected(calendar.expected, calendar.today)
    given = {"check_in": check_in, "key_result": key_result, "expected": expected}
    form = CorrectionForm(request.POST or None, **given)
    valid = request.method == "POST" and form.is_valid()
    if valid and form.keep(by=person_of(request), at=timezone.now()):
        messages.success(request, f"Your check-in for “{key_result}” is corrected.")
        return after(request, _way_back(request, key_result.pk))
    context = {"title": "Correct check-in", "form": form, "back": _way_back(request, key_result.pk)}
    return render_dialog(request, "okr/check_in_correct.html", given | context)


@require_POST
def tick(request: HttpRequest, pk: int, milestone: int) -> HttpResponse:
    """A milestone is reached, or open again."""
    key_result = get_editable(request, ROWS.all(), pk)
    found = get_object_or_404(key_result.milestones, pk=milestone)
    done = request.POST.get("done") == "yes"
    if key_result.tick(found.pk, done=done, by=person_of(request), at=timezone.now()):
        messages.success(request, f"“{found}” is {'reached' if done else 'open again'}.")
    return after(request, reverse("okr:key_result", args=[pk]))


def _way_back(request: HttpRequest, pk: int) -> str:
    """The page that the dialog was opened on, else the key result."""
    url = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if safe else reverse("okr:key_result", args=[pk])
