"""The end of an objective: closed with a score and words, reopened, reviewed."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.access import CLOSERS, REOPENERS, REVIEWERS, refuse_unless
from okr.api.amounts import Amount
from okr.api.asking import AskedOfRows
from okr.api.deeds import Filled, undone
from okr.api.endpoint import Endpoint
from okr.api.forming import as_typed
from okr.api.objectives import ObjectiveShape, told_to
from okr.api.once import once
from okr.api.problems import of_form
from okr.api.shapes import Body, Shape
from okr.api.signing_in import person_of
from okr.forms.closures import ClosureForm
from okr.forms.reviews import ReviewForm
from okr.models import Objective, Outcome, Person, Review
from okr.models.closure import MOST_LETTERS
from okr.models.objective import ObjectiveQuerySet


class ClosureBody(Body):
    score = Amount(2, 1, min_value=0, max_value=1)
    retrospective = serializers.CharField(max_length=MOST_LETTERS)
    outcome = serializers.ChoiceField(Outcome.choices)


class ReviewBody(Body):
    """`rating` lies on the scale that the company uses: of 3 or of 5 points."""

    rating = serializers.IntegerField(min_value=1, max_value=5)
    comment = serializers.CharField(max_length=MOST_LETTERS)
    outcome = serializers.ChoiceField(Outcome.choices)


class ReviewShape(Shape):
    class Meta:
        model = Review
        fields = ("id", "objective", "reviewer", "at", "comment", "rating", "scale", "outcome")


class ObjectiveClosure(Filled):
    about, noun = "Objectives", "an objective"
    shape, body = ObjectiveShape, ClosureBody
    summaries: Mapping[str, str] = {
        "POST": "Close an objective and what is aligned under it",
        "DELETE": "Reopen an objective and what was closed with it",
    }

    def rows(self, person: Person) -> ObjectiveQuerySet:
        return told_to(person)

    def of(self, pk: int) -> Objective:
        found: Objective = self.visible(Objective.objects.for_cards(), pk)
        same, person = Objective.objects.filter(pk=pk), person_of(self.request)
        if self.request.method == "DELETE":
            refuse_unless(same.reopenable_by(person), REOPENERS)
        else:
            refuse_unless(same.closable_by(person), CLOSERS)
        return found

    def form(self, person: Person, row: Objective, typed: Any) -> ClosureForm:  # noqa: ARG002
        return ClosureForm(typed, objective=row)

    def delete(self, request: Request, pk: int) -> Response:
        by, at = person_of(request), timezone.now()
        return undone(self, request, pk, lambda objective: objective.reopen(by=by, at=at))


class Reviews(Endpoint):
    about, noun, lists = "Objectives", "a review", True
    shape, body, asks = ReviewShape, ReviewBody, AskedOfRows
    answers: Mapping[str, int] = {"POST": HTTPStatus.OK}
    summaries: Mapping[str, str] = {
        "GET": "List what managers and OKR admins said about an objective",
        "POST": "Review an objective, in the place of what you said about it before",
    }

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        objective = self.visible(Objective.objects.all(), pk)
        return self.listed(Review.objects.filter(objective=objective))

    @once
    def post(self, request: Request, pk: int) -> Response:
        person = person_of(request)
        objective = self.visible(Objective.objects.for_cards(), pk)
        refuse_unless(Objective.objects.filter(pk=pk).reviewable_by(person), REVIEWERS)
        form = ReviewForm(as_typed(self.taken()), objective=objective, by=person)
        if not form.is_valid():
            raise of_form(form)
        return Response(self.told(form.keep(at=timezone.now())))


OBJECTIVE = "objectives/<int:pk>/"
addresses = [
    path(f"{OBJECTIVE}closure/", ObjectiveClosure.as_view(), name="closure"),
    path(f"{OBJECTIVE}reviews/", Reviews.as_view(), name="reviews"),
]
