"""Who hears of an objective or a key result: its owner, and who chose to follow it."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from okr.models.person import Person
from okr.models.place import column_of, is_a, noun_of

if TYPE_CHECKING:
    from okr.models.place import Thing


class FollowQuerySet(models.QuerySet["Follow"]):
    def choose(self, person: Person, about: "Thing", active: bool) -> None:
        """Follows or unfollows; the choice stands whatever happens later."""
        self.update_or_create(person=person, **column_of(about), defaults={"active": active})

    def begin(self, people: Iterable[Person], about: "Thing") -> None:
        """Lets people follow who have not chosen otherwise."""
        rows = [Follow(person=person, **column_of(about)) for person in people]
        self.bulk_create(rows, ignore_conflicts=True)

    def followers_of(self, about: "Thing") -> list[Person]:
        """Those who are told; who follows an objective follows its key results."""
        wishes = [self._wishes(place) for place in _places(about)]
        asked = {pk for each in wishes for pk in each}
        followers = [pk for pk in asked if _follows(pk, wishes)]
        return list(Person.objects.active().filter(pk__in=followers))

    def is_followed(self, about: "Thing", person: Person) -> bool:
        """As `followers_of`, in one query for the thing and what it is a part of."""
        places = _places(about)
        mine = self.filter(reduce(or_, (Q(**column_of(each)) for each in places)), person=person)
        chosen = {row.place: row.active for row in mine}
        owned = [{each.owner_id: True} for each in places]
        told = [(noun_of(each), each.pk) for each in places]
        wishes = [
            owns | ({person.pk: chosen[place]} if place in chosen else {})
            for owns, place in zip(owned, told, strict=True)
        ]
        return _follows(person.pk, wishes)

    def _wishes(self, about: "Thing") -> dict[int, bool]:
        """Who wants to hear of one place or not; an owner does until they say otherwise."""
        chosen = self.filter(**column_of(about)).values_list("person_id", "active")
        return {about.owner_id: True} | dict(chosen)


class Follow(models.Model):
    """A choice: `active` to follow, else to be left alone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    objective = models.ForeignKey(
        "okr.Objective", on_delete=models.CASCADE, null=True, related_name="follows"
    )
    key_result = models.ForeignKey(
        "okr.KeyResult", on_delete=models.CASCADE, null=True, related_name="follows"
    )
    active = models.BooleanField(default=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "objective"], name="one_choice_an_objective_to_follow"
            ),
            models.UniqueConstraint(
                fields=["person", "key_result"], name="one_choice_a_key_result_to_follow"
            ),
            models.CheckConstraint(
                condition=Q(objective=None) ^ Q(key_result=None), name="one_thing_is_followed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {'follows' if self.active else 'does not follow'}"

    @property
    def place(self) -> tuple[str, int | None]:
        """The noun and the number of what it is about."""
        if self.key_result_id:
            return "key_result", self.key_result_id
        return "objective", self.objective_id


def _follows(person_id: int, wishes: list[dict[int, bool]]) -> bool:
    """The wish nearest to the thing decides."""
    return next((each[person_id] for each in wishes if person_id in each), False)


def _places(about: "Thing") -> "list[Thing]":
    """The thing itself, and what it is a part of."""
    above = getattr(about, "objective", None) if is_a("KeyResult", about) else None
    return [about, above] if above else [about]
