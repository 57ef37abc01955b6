"""The end of an objective: closed with a score and words, reopened, reviewed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from okr.access import (
    CLOSERS,
    REOPENERS,
    REVIEWERS,
    get_visible,
    person_of,
    refuse_unless,
)
from okr.forms.closures import ClosureForm
from okr.forms.reviews import ReviewForm
from okr.http import after, render_dialog, sent
from okr.models import Objective, Person
from okr.models.objective import ObjectiveQuerySet
from okr.pages.ending import coming_back, going_with

Permitted = Callable[[ObjectiveQuerySet, Person], ObjectiveQuerySet]


@require_http_methods(["GET", "HEAD", "POST"])
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    objective = _get(request, pk, ObjectiveQuerySet.closable_by, CLOSERS)
    form = ClosureForm(sent(request), objective=objective)
    if request.method == "POST" and form.is_valid():
        form.keep(by=person_of(request), at=timezone.now())
        return _told(request, pk, f"“{objective}” is closed.")
    was_along = hasattr(objective, "closure")
    context = {
        "title": "Add a retrospective" if was_along else "Close this objective?",
        "objective": objective,
        "form": form,
        "was_along": was_along,
        "below": going_with(objective, person_of(request)),
        "back": _page_of(pk),
    }
    return render_dialog(request, "okr/closure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    objective = _get(request, pk, ObjectiveQuerySet.reopenable_by, REOPENERS)
    if request.method == "POST":
        objective.reopen(by=person_of(request), at=timezone.now())
        return _told(request, pk, f"“{objective}” is open again.")
    context = {
        "title": "Reopen this objective?",
        "objective": objective,
        "below": coming_back(objective, person_of(request)),
        "back": _page_of(pk),
    }
    return render_dialog(request, "okr/reopen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    objective = _get(request, pk, ObjectiveQuerySet.reviewable_by, REVIEWERS)
    form = ReviewForm(sent(request), objective=objective, by=person_of(request))
    if request.method == "POST" and form.is_valid():
        form.keep(at=timezone.now())
        return _told(request, pk, "Your review is saved.")
    title = "Change your review" if form.said else "Review this objective"
    context = {"title": title, "objective": objective, "form": form, "back": _page_of(pk)}
    return render_dialog(request, "okr/review.html", context)


def _get(request: HttpRequest, pk: int, permitted: Permitted, refusal: str) -> Objective:
    """Unseen is 404; seen but refused is 403, which says who may."""
    objective = get_visible(request, Objective.objects.for_cards(), pk)
    refuse_unless(permitted(Objective.objects.filter(pk=pk), person_of(request)), refusal)
    return objective


def _told(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return after(request, _page_of(pk))


def _page_of(pk: int) -> str:
    return reverse("okr:objective", args=[pk])
