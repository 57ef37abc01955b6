"""What narrows a list of objectives; the address of its page holds all of it."""

from dataclasses import dataclass

from django.db.models import Q

from okr.models import Person, Tag, Unit
from okr.models.objective import ObjectiveQuerySet
from okr.pages.units import at_home_in


@dataclass(frozen=True, slots=True)
class Filters:
    query: str = ""
    confidence: str = ""
    owner: Person | None = None
    unit: Unit | None = None
    tag: Tag | None = None

    def __bool__(self) -> bool:
        return bool(self.query or self.confidence or self.owner or self.unit or self.tag)

    def apply(self, objectives: ObjectiveQuerySet) -> ObjectiveQuerySet:
        """Those that hold each of the words in the title, or in the name of their owner or unit.

        A unit's are its own and those of its people. The rows must know their `confidence`.
        """
        for word in self.query.split():
            objectives = objectives.filter(
                Q(title__icontains=word)
                | Q(owner__name__icontains=word)
                | Q(unit__name__icontains=word)
                | Q(owner__unit__name__icontains=word)
            )
        if self.confidence:
            wanted = "" if self.confidence == "none" else self.confidence
            objectives = objectives.filter(Q(("confidence", wanted)))
        if self.owner:
            objectives = objectives.filter(owner=self.owner)
        if self.unit:
            objectives = objectives.filter(at_home_in([self.unit.pk]))
        return objectives.filter(tags=self.tag) if self.tag else objectives
