"""The pages that are measured: as whom, at which address, the same kind of rows at any size."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.db.models import Count, Exists, OuterRef, Q

from bench.at_size.staff import ADMIN
from okr.models import KeyResult, Kind, Level, Objective, Person
from okr.models.objective import ObjectiveQuerySet

ISSUES = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """`name` is the page, whatever the role; `named` those that a bound is set for."""

    name: str
    role: str
    person: int
    path: str
    named: bool = True

    @property
    def key(self) -> str:
        return f"{self.name}, {self.role}"

    def as_object(self) -> dict[str, object]:
        return asdict(self) | {"key": self.key}


def page_set() -> list[Asked]:
    return [*_named(), *_others()]


def _named() -> Iterator[Asked]:
    one = _employee()
    lead = _team_lead()
    objective, above = _objective_of(one), _objective_of(lead, Level.UNIT)
    by_hand, following = _by_hand(one), _following()
    yield Asked("My OKRs", "employee", one.pk, "/my/")
    yield Asked("My OKRs", "manager", lead.pk, "/my/")
    yield Asked("objective", "employee", one.pk, f"/objectives/{objective.pk}/")
    yield Asked("objective", "manager", lead.pk, f"/objectives/{above.pk}/")
    yield Asked("key result", "employee", one.pk, f"/key-results/{by_hand.pk}/")
    yield Asked("key result", "Jira", following.owner_id, f"/key-results/{following.pk}/")
    for name, path in (
        ("company tree", "/company/"),
        ("dashboard", "/dashboard/?unit="),
        ("search", "/search/?q=failover"),
    ):
        yield Asked(name, "employee", one.pk, path)
        yield Asked(name, "OKR admin", ADMIN, path)
    yield Asked("people list", "OKR admin", ADMIN, "/okr-admin/people/")


def _others() -> Iterator[Asked]:
    one, lead = _employee(), _team_lead()
    for name, path in (
        ("company list", "/company/?view=list"),
        ("search as one types", "/search/suggestions/?q=failover"),
        ("map", "/company/map/"),
        ("teams", "/teams/"),
        ("notifications", "/notifications/"),
        ("check-in queue", f"/check-in/?at={_by_hand(one).pk}"),
    ):
        yield Asked(name, "employee", one.pk, path, named=False)
    assert lead.unit  # noqa: S101  narrows the type: a lead has a unit
    yield Asked("team", "manager", lead.pk, f"/teams/{lead.unit.slug}/", named=False)
    yield Asked("units", "OKR admin", ADMIN, "/okr-admin/units/", named=False)
    yield Asked("cycles", "OKR admin", ADMIN, "/okr-admin/cycles/", named=False)


def _employee() -> Person:
    """No admin, leads nobody and owns two public objectives of the running cycle, one of them with
    key results of every kind."""
    running = Q(objectives__cycle__closed_at=None)
    public = Count("objectives", filter=running & Q(objectives__visibility="public"))
    all_of_them = Count("objectives", filter=running)
    rows = (
        Person.objects.exclude(pk=ADMIN)
        .filter(leads=None)
        .annotate(public=public, all_of_them=all_of_them)
    )
    mixed = Exists(_mixed().filter(owner=OuterRef("pk"), level=Level.INDIVIDUAL))
    found: Person = rows.filter(mixed, public=2, all_of_them=2).order_by("pk")[0]
    return found


def _team_lead() -> Person:
    """Of a unit with nothing below it; where there is one, with key results of every kind."""
    rows = Person.objects.filter(leads__children=None, leads__objectives__cycle__closed_at=None)
    mixed = Exists(_mixed().filter(owner=OuterRef("pk"), level=Level.UNIT))
    found: Person = rows.exclude(leads=None).order_by(mixed.desc(), "pk")[0]
    return found


def _mixed() -> ObjectiveQuerySet:
    """With milestones, with issues and with a number by hand, for a page asks for what it shows."""
    parts = KeyResult.objects.filter(objective=OuterRef("pk"))
    by_steps = Exists(parts.filter(kind=Kind.MILESTONES))
    by_hand = Exists(parts.filter(tracked_by="").exclude(kind=Kind.MILESTONES))
    following = Exists(parts.exclude(tracked_by=""))
    rows = Objective.objects.filter(by_steps, by_hand, following, cycle__closed_at=None)
    return rows.exclude(parent=None)


def _objective_of(person: Person, level: Level = Level.INDIVIDUAL) -> Objective:
    rows = person.objectives.filter(cycle__closed_at=None, level=level)
    mixed = Exists(_mixed().filter(pk=OuterRef("pk")))
    return rows.exclude(parent=None).order_by(mixed.desc(), "pk")[0]


def _by_hand(person: Person) -> KeyResult:
    """One that is theirs, so that the check-in queue holds it."""
    own = KeyResult.objects.filter(owner=person, objective__owner=person)
    running = own.filter(objective__cycle__closed_at=None)
    return running.filter(tracked_by="").exclude(kind=Kind.MILESTONES).order_by("pk")[0]


def _following() -> KeyResult:
    """Of as many issues as most."""
    running = KeyResult.objects.filter(objective__cycle__closed_at=None).exclude(tracked_by="")
    counted = running.annotate(issues=Count("jira_links__linked")).filter(issues=ISSUES)
    return counted.order_by("pk")[0]
