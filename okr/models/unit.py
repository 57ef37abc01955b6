"""Where people belong: the tree of organizational units."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.text import slugify

from okr.models.happens import Happens
from okr.models.outbox import happened
from okr.models.version import Versioned

SLUG_LENGTH = 100
SEPARATOR = " / "
DEEPEST = 50


class InTheWayError(ValueError):
    """Why a unit cannot be moved or removed, in a sentence."""


class UnitQuerySet(models.QuerySet["Unit"]):
    def one_at_a_time(self) -> None:
        """Holds every other change of the tree back until this transaction ends."""
        list(self.select_for_update(no_key=True).order_by("pk").values_list("pk"))

    def within(self, unit_id: int) -> "UnitQuerySet":
        """The unit and all within it, whatever the depth."""
        inside, found = _children(), {unit_id}
        edge = {unit_id}
        while edge := {child for unit in edge for child in inside[unit]} - found:
            found |= edge
        return self.filter(pk__in=found)


class Unit(Versioned):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    lead = models.ForeignKey(
        "okr.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="leads"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), "parent", name="one_name_within_a_unit"),
            models.UniqueConstraint(
                Lower("name"), condition=Q(parent=None), name="one_name_at_the_top"
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="no_unit_is_within_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def keep(self) -> None:
        """Saves a new, renamed or moved unit. Raises InTheWayError for a circle."""
        with transaction.atomic():
            Unit.objects.one_at_a_time()
            self.claim_version()
            if self.pk and self.pk in above(self.parent_id):
                raise InTheWayError(f"{self.parent} is within {self}, so that would be a circle.")
            self.slug = self.slug or next(slugs_for([self.name]))
            kind = Happens.UNIT_CHANGED if self.pk else Happens.UNIT_ADDED
            self.save()
            happened(kind, self)

    def remove(self) -> None:
        """Raises InTheWayError where something still belongs to it."""
        with transaction.atomic():
            Unit.objects.one_at_a_time()
            obstacles = self.obstacles()
            if obstacles:
                raise InTheWayError(f"{self} cannot be deleted yet: {', '.join(obstacles)}.")
            happened(Happens.UNIT_DELETED, self)
            self.delete()

    def obstacles(self) -> list[str]:
        """What still belongs to the unit, counted."""
        counts = (
            (self.people.active().count(), "person", "people"),
            (
                self.people.exclude(is_active=True).count(),
                "deactivated person",
                "deactivated people",
            ),
            (self.objectives.count(), "objective", "objectives"),
            (self.children.count(), "unit within it", "units within it"),
        )
        return [
            f"{number:,} {one if number == 1 else many}" for number, one, many in counts if number
        ]


def above(unit_id: int | None) -> set[int]:
    """The unit and all around it, whatever the depth: one statement."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    found: set[int] = set()
    while unit_id is not None and unit_id not in found:
        found.add(unit_id)
        unit_id = parents.get(unit_id)
    return found


def paths() -> dict[int, str]:
    """Each unit with those around it, as "Larkspur / Product / Platform": one statement."""
    rows = {pk: (name, parent) for pk, name, parent in _rows()}

    def path(pk: int, depth: int = 0) -> str:
        name, parent = rows[pk]
        return f"{path(parent, depth + 1)}{SEPARATOR}{name}" if parent and depth < DEEPEST else name

    return {pk: path(pk) for pk in rows}


def _children() -> dict[int, set[int]]:
    inside: dict[int, set[int]] = defaultdict(set)
    for pk, _, parent in _rows():
        if parent:
            inside[parent].add(pk)
    return inside


def _rows() -> QuerySet["Unit", tuple[int, str, int | None]]:
    return Unit.objects.order_by().values_list("pk", "name", "parent_id")


def slugs_for(names: Iterable[str]) -> Iterator[str]:
    """An address for each name that no unit has yet: one statement for all."""
    taken = set(Unit.objects.values_list("slug", flat=True))
    for name in names:
        wanted = slugify(name)[:SLUG_LENGTH] or "unit"
        slug = next(slug for slug in _numbered(wanted) if slug not in taken)
        taken.add(slug)
        yield slug


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))
