"""The tree of units as OKR admins keep it."""

from django.db.models import Count

from okr.models import Person
from okr.pages.units import Place, UnitTree


def unit_rows() -> list[tuple[Place, int]]:
    """Each unit where it stands, and how many people belong to it; two statements."""
    counts = Person.objects.active().order_by().values_list("unit").annotate(Count("pk"))
    staff = dict(counts)
    return [(place, staff.get(place.unit.pk, 0)) for place in UnitTree().places()]
