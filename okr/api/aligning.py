"""What an objective may be put under, and what it may support: as its form offers them."""

from collections.abc import Mapping
from typing import ClassVar

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import AskedOfRows, Narrow, narrower
from okr.api.endpoint import Endpoint
from okr.api.objectives import ObjectiveShape, told_to
from okr.api.signing_in import person_of
from okr.forms.objective_picker import alignable, possible_parents, possibly_supported
from okr.models import Objective
from okr.models.objective import ObjectiveQuerySet


class AskedOfPlaces(AskedOfRows):
    cycle = narrower(help_text="Its own unless told.")
    q = serializers.CharField(
        required=False, max_length=200, help_text="Words of the title or of the owner's name."
    )
    narrows: ClassVar[Mapping[str, Narrow]] = {"q": lambda rows, words: rows.called(words)}


class Offered(Endpoint):
    about, noun, lists = "Objectives", "objectives", True
    shape, asks = ObjectiveShape, AskedOfPlaces

    def get(self, request: Request, pk: int) -> Response:
        person = person_of(request)
        about: Objective = self.editable(Objective.objects.for_cards(), pk)
        cycle = self.asked.get("cycle", about.cycle_id)
        offered = self.offered(about, alignable(about, person, cycle))
        return self.listed(told_to(person).filter(pk__in=offered.order_by().values("pk")))

    def offered(self, about: Objective, rows: ObjectiveQuerySet) -> ObjectiveQuerySet:
        raise NotImplementedError


class PossibleParents(Offered):
    summaries: Mapping[str, str] = {"GET": "List what an objective may contribute to"}

    def offered(self, about: Objective, rows: ObjectiveQuerySet) -> ObjectiveQuerySet:
        return possible_parents(about, rows)


class PossiblySupported(Offered):
    summaries: Mapping[str, str] = {"GET": "List what an objective may support"}

    def offered(self, about: Objective, rows: ObjectiveQuerySet) -> ObjectiveQuerySet:
        return possibly_supported(about, rows)


OBJECTIVE = "objectives/<int:pk>/"
addresses = [
    path(f"{OBJECTIVE}possible-parents/", PossibleParents.as_view(), name="possible_parents"),
    path(f"{OBJECTIVE}possible-supports/", PossiblySupported.as_view(), name="possible_supports"),
]
