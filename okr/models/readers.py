"""Who of some people may see a thing: many people asked in one statement, by the one rule."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Model, Value

from okr.models.policy import Policy

if TYPE_CHECKING:
    from okr.models.person import Person

BATCH = 100


def able_to_see(people: "Iterable[Person]", about: Model | None) -> "list[Person]":
    """Those whom `visible_to` shows it; everybody where there is nothing to see."""
    if about is None:
        return list(people)
    asked = list(people)
    batches = (asked[at : at + BATCH] for at in range(0, len(asked), BATCH))
    return [person for batch in batches for person in _seeing(batch, about)]


def _seeing(people: "Sequence[Person]", about: Model) -> "Iterator[Person]":
    """`visible_to` of each person as one statement, so that no second rule can disagree."""
    rows: Any = type(about)._default_manager.filter(pk=about.pk).order_by()
    policy = Policy.load()
    for person in people:
        person.policy = policy
    asked = [
        rows.visible_to(person)
        .annotate(reader=Value(person.pk, output_field=BigIntegerField()))
        .values_list("reader", flat=True)
        for person in people
    ]
    seeing = set(asked[0].union(*asked[1:], all=True))
    return (person for person in people if person.pk in seeing)
