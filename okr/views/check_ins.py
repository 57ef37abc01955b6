"""The dialog in which a person says where a key result stands."""

from decimal import Decimal
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okr import slots
from okr.access import get_editable, get_visible, may_edit, person_of
from okr.forms.check_ins import CheckInForm, supposing
from okr.forms.queue import CorrectionForm
from okr.http import after, render_dialog, sent
from okr.models import CheckIn, KeyResult
from okr.models.check_in import NOT_THE_LATEST
from okr.pages.calendar import Calendar
from okr.views.choosing import way_back
from okr.views.key_results import ROWS

WITH = ("measurement", "key_result__owner", "key_result__objective__cycle")


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    key_result = get_editable(request, ROWS.all(), pk)
    expected = _expected(key_result)
    form = CheckInForm(sent(request), key_result=key_result, expected=expected)
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


@require_safe
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """The choice of confidence as the pace suggests it at a value that is being typed.

    What the person chose stays chosen; `suggested` is what stood there before.
    """
    key_result = get_editable(request, ROWS.all(), pk)
    if not key_result.takes_value:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    supposed = supposing(key_result, request.GET.get("value", ""), timezone.now())
    form = CheckInForm(key_result=supposed, expected=_expected(key_result))
    chosen = request.GET.get("confidence", "")
    if chosen != request.GET.get("suggested", ""):
        form.initial["confidence"] = chosen
    context = {"field": form["confidence"], "suggested": form.suggested}
    return render(request, "okr/_confidence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest check-in, said anew by whoever made it."""
    check_in = get_visible(request, CheckIn.objects.select_related(*WITH), pk)
    if not may_edit(person_of(request), check_in):
        raise PermissionDenied(NOT_THE_LATEST)
    key_result = check_in.key_result
    form = CorrectionForm(
        sent(request),
        check_in=check_in,
        key_result=key_result,
        expected=_expected(key_result),
    )
    valid = request.method == "POST" and form.is_valid()
    if valid and form.keep(by=person_of(request), at=timezone.now()):
        messages.success(request, f"Your check-in for “{key_result}” is corrected.")
        return after(request, _way_back(request, key_result.pk))
    context = {
        "title": "Correct check-in",
        "form": form,
        "check_in": check_in,
        "key_result": key_result,
        "back": _way_back(request, key_result.pk),
    }
    return render_dialog(request, "okr/check_in_correct.html", context)


@require_POST
def tick(request: HttpRequest, pk: int, milestone: int) -> HttpResponse:
    """A milestone is reached, or open again."""
    key_result = get_editable(request, ROWS.all(), pk)
    found = get_object_or_404(key_result.milestones, pk=milestone)
    done = request.POST.get("done") == "yes"
    if key_result.tick(found.pk, done=done, by=person_of(request), at=timezone.now()):
        messages.success(request, f"“{found}” is {'reached' if done else 'open again'}.")
    return after(request, reverse("okr:key_result", args=[pk]))


def _expected(key_result: KeyResult) -> Decimal:
    calendar = Calendar(key_result.objective.cycle, timezone.localdate())
    return key_result.expected(calendar.expected, calendar.today)


def _way_back(request: HttpRequest, pk: int) -> str:
    return way_back(request, reverse("okr:key_result", args=[pk]))
