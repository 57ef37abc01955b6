"""Which tags a list can be narrowed to: those of objectives that the person sees."""

from django.db.models import Count, QuerySet

from okr.models import Cycle, Objective, Person, Tag

MOST = 40


def tags_in(person: Person, cycle: Cycle) -> QuerySet[Tag]:
    """The tags of a cycle with the `number` of objectives seen, the most used first."""
    seen = Objective.objects.visible_to(person).filter(cycle=cycle).order_by().values("pk")
    used = Tag.objects.filter(taggings__objective__in=seen).annotate(number=Count("taggings"))
    return used.order_by("-number", "key")[:MOST]
