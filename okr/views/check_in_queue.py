"""The check-in queue: one key result a step, and where to go from there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from okr import slots
from okr.access import get_editable, person_of
from okr.forms.check_ins import CheckInForm
from okr.forms.queue import StepCorrectionForm, StepForm, UnchangedForm
from okr.http import fitting_status, sent
from okr.models import KeyResult
from okr.pages.calendar import Calendar
from okr.pages.check_in_queue import Queue, Stop, check_in_queue, step_page

END = "end"


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """At a key result while `at` names one of the person's own; else at the first, or the end."""
    person, now, at = person_of(request), timezone.now(), request.GET.get("at", "")
    number = int(at) if at.isdecimal() and len(at) < 19 else None
    if request.method == "POST" and number:
        get_editable(request, KeyResult.objects.filter(owner=person), number)
    found = check_in_queue(person, now, number)
    if found.stop:
        return _step(request, found, found.stop)
    if at != END and found.following:
        return redirect(_address(found.following))
    context = {"title": "Check-in", "queue": found, "weekday": person.policy.check_in_day.label}
    return render(request, "okr/check_in_end.html", context)


def _step(request: HttpRequest, found: Queue, stop: Stop) -> HttpResponse:
    form = _form(request, stop)
    if request.method == "POST" and _kept(request, stop, form):
        return redirect(_address(found.following))
    person = person_of(request)
    context = {
        "title": "Check-in",
        "form": form,
        "page": step_page(found, stop, person, timezone.now()),
        "queue": found,
        "stop": stop,
        "key_result": stop.key_result,
        "notices": slots.ask("check_in.notice", request, stop.key_result),
        "reasons": slots.ask("check_in.suggestion", request, stop.key_result),
        "following": _address(found.following),
    }
    return render(request, "okr/check_in_queue.html", context, status=fitting_status(context))


def _form(request: HttpRequest, stop: Stop) -> CheckInForm:
    calendar = Calendar(stop.key_result.objective.cycle, timezone.localdate())
    expected = stop.key_result.expected(calendar.expected, calendar.today)
    given = {"key_result": stop.key_result, "expected": expected}
    if stop.corrected:
        return StepCorrectionForm(sent(request), check_in=stop.corrected, **given)
    return StepForm(sent(request), **given)


def _kept(request: HttpRequest, stop: Stop, form: CheckInForm) -> bool:
    """Whether what was sent is recorded: that nothing changed, or what was judged."""
    person, now = person_of(request), timezone.now()
    if request.POST.get("unchanged") and stop.key_result.confidence:
        unchanged = UnchangedForm(request.POST)
        if unchanged.is_valid():
            unchanged.keep(stop.key_result, person, now)
            return True
    return form.is_valid() and form.keep(by=person, at=now)


def _address(stop: Stop | None) -> str:
    return f"{reverse('okr:check_in_queue')}?at={stop.key_result.pk if stop else END}"
