"""How an objective ended: its score and words, its reviews, and what it goes on as."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from okr.models import Closure, KeyResult, Objective, Person, Review
from okr.models.closure import below_all
from okr.pages.kin import Kin


@dataclass(frozen=True, slots=True)
class Ending:
    closure: Closure | None
    closed_with: Objective | None
    reviews: list[Review]
    carried_from: Objective | None
    carried_on: list[Objective]
    can_close: bool
    can_reopen: bool
    can_review: bool

    @property
    def texts(self) -> list[str]:
        """What people wrote about it."""
        said = [self.closure.retrospective] if self.closure else []
        return [*said, *(review.comment for review in self.reviews)]

    @property
    def needs_words(self) -> bool:
        return self.closure is not None and self.closure.was_along


def ending_of(objective: Objective, kin: Kin, person: Person) -> Ending:
    """What the person may see of it; the number of queries is the same for every objective."""
    closure: Closure | None = getattr(objective, "closure", None)
    linked = kin.seen
    return Ending(
        closure=closure,
        closed_with=linked.get(closure.with_objective_id or 0) if closure else None,
        reviews=list(objective.reviews.select_related("reviewer").newest_first()),
        carried_from=linked.get(objective.carried_from_id or 0),
        carried_on=[each for each in linked.values() if each.carried_from_id == objective.pk],
        **_permitted(objective, person),
    )


def carried_key_results(
    key_result: KeyResult, person: Person
) -> tuple[KeyResult | None, list[KeyResult]]:
    """What a key result was carried from, and what it goes on as; in one query."""
    linked = Q(pk=key_result.carried_from_id) | Q(carried_from=key_result)
    seen = KeyResult.objects.filter(linked).visible_to(person).select_related("objective__cycle")
    rows = list(seen.order_by("objective__cycle__starts_on", "id"))
    earlier = next((each for each in rows if each.pk == key_result.carried_from_id), None)
    return earlier, [each for each in rows if each.carried_from_id == key_result.pk]


def going_with(objective: Objective, person: Person) -> list[Objective]:
    """What closes with an objective, as far as the person may see it."""
    below = Objective.objects.filter(pk__in=below_all({objective.pk}), closure=None)
    return list(below.visible_to(person).select_related("owner").order_by("title", "id"))


def coming_back(objective: Objective, person: Person) -> list[Objective]:
    """What was closed with an objective and opens with it, as far as the person may see it."""
    along = Objective.objects.filter(closure__with_objective=objective)
    return list(along.visible_to(person).select_related("owner").order_by("title", "id"))


def _permitted(objective: Objective, person: Person) -> dict[str, bool]:
    same = Objective.objects.filter(pk=OuterRef("pk"))
    found = (
        Objective.objects.filter(pk=objective.pk)
        .annotate(
            can_close=Exists(same.closable_by(person)),
            can_reopen=Exists(same.reopenable_by(person)),
            can_review=Exists(same.reviewable_by(person)),
        )
        .values("can_close", "can_reopen", "can_review")
        .get()
    )
    return {name: bool(value) for name, value in found.items()}
