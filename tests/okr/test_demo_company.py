"""The demo company as it is on a Friday: mid-cycle, and true in itself."""

from collections import Counter

from django.db.models import F
from django.utils import timezone

from okr import proof
from okr.demo import story, story_ends
from okr.demo.staff import PASSWORD
from okr.models import (
    AuditEntry,
    CheckIn,
    Closure,
    Cycle,
    KeyResult,
    Kind,
    Level,
    Objective,
    Person,
    Review,
    Unit,
    Visibility,
)
from tests.okr.conftest import FRIDAY

ALL_ROWS = [row for objective in (*story.PAST, *story.RUNNING) for row in objective.key_results]


def named(first_name):
    return Person.objects.get(name__startswith=f"{first_name} ")


def test_the_company_is_as_large_as_promised(larkspur):
    assert (larkspur.people, larkspur.objectives, larkspur.key_results) == (65, 55, 139)
    running = Cycle.objects.current(FRIDAY.date())
    assert running is not None
    levels = Counter(running.objectives.values_list("level", flat=True))
    assert levels == {Level.COMPANY: 5, Level.UNIT: 18, Level.INDIVIDUAL: 23}
    kinds = Counter(KeyResult.objects.values_list("kind", flat=True))
    assert set(kinds) == set(Kind)


def test_the_audit_log_tells_of_the_admins_that_there_are(larkspur):
    entries = AuditEntry.objects.all()
    admins = set(Person.objects.filter(role="okr_admin").values_list("name", flat=True))
    assert set(entries.exclude(by=None).values_list("by_name", flat=True)) == admins
    told = set(entries.filter(action__startswith="people.").values_list("about_label", flat=True))
    assert told <= set(Person.objects.values_list("name", flat=True))
    assert max(each.at for each in entries) < FRIDAY


def test_the_cast_is_among_them(larkspur):
    ada, ben, cleo, olga = map(named, ("Ada", "Ben", "Cleo", "Olga"))
    assert Unit.objects.get(slug="platform").lead == ada
    assert ben.manager == ada
    assert ben.line == f"{ada.line}{ben.pk}/"
    assert not cleo.line.startswith(ada.line)
    assert list(Person.objects.filter(role="okr_admin").order_by("name")) == [named("Henrik"), olga]
    assert all(person.check_password(PASSWORD) for person in (ada, olga))


def test_everybody_has_a_place(larkspur):
    top = named("Marta")
    assert Person.objects.in_line_of(top).count() == larkspur.people
    assert not Person.objects.filter(unit=None).exists()
    assert not Unit.objects.filter(lead=None).exists()
    assert list(Unit.objects.filter(parent=None)) == [Unit.objects.get(slug="larkspur")]


def test_what_is_stored_follows_from_what_was_measured(larkspur):
    assert proof.derive_everything().differences == []


def test_everything_could_have_been_entered_in_a_form(larkspur):
    for row in (*Objective.objects.all(), *KeyResult.objects.all(), *Cycle.objects.all()):
        row.full_clean()
    for person in Person.objects.all():
        person.full_clean()


def test_confidential_objectives_are_shared_with_those_who_are_named(larkspur):
    confidential = Objective.objects.filter(visibility=Visibility.CONFIDENTIAL)
    assert confidential.count() == 2
    assert all(objective.viewers.count() >= 3 for objective in confidential)
    for name in ("Ada", "Ben", "Cleo"):
        assert not confidential.visible_to(named(name)).exists()
    assert confidential.visible_to(named("Nadia")).count() == 2


def test_situations_differ(larkspur):
    running = KeyResult.objects.filter(objective__cycle__closed_at=None)
    assert running.filter(progress=100).count() >= 5
    assert running.filter(progress=0, measured_at=None, checked_in_at=None).count() >= 2
    assert running.filter(progress=0, measured_at__isnull=False).count() >= 3
    confidence = Counter(running.values_list("confidence", flat=True))
    assert min(confidence[each] for each in ("on_track", "at_risk", "off_track")) >= 8
    assert sum(map(_turned_back, ALL_ROWS)) >= 3


def _turned_back(row):
    values = [value for value in row.entered if value is not None]
    way = row.target - row.start
    best = max(values, key=lambda value: (value - row.start) / way, default=row.start)
    return bool(values) and (best - values[-1]) / way > 0


def test_the_closed_cycle_is_read_only_and_complete(larkspur):
    closed = Cycle.objects.exclude(closed_at=None).get()
    olga = named("Olga")
    assert not Objective.objects.editable_by(olga).filter(cycle=closed).exists()
    last = CheckIn.objects.filter(key_result__objective__cycle=closed).latest("at")
    assert closed.closed_at is not None
    assert last.at < closed.closed_at
    assert not closed.objectives.filter(progress=None).exists()


def test_what_ended_has_scores_words_reviews_and_goes_on(larkspur):
    closed = Cycle.objects.exclude(closed_at=None).get()
    assert not closed.objectives.filter(closure=None).exists()
    assert Closure.objects.filter(retrospective="").count() == 1
    for rows in (Closure, Review):
        for row in rows.objects.all():
            row.full_clean()
    assert not Review.objects.filter(reviewer=F("objective__owner")).exists()
    carried = Objective.objects.exclude(carried_from=None)
    assert carried.count() == len(story_ends.GO_ON)
    assert set(carried.values_list("carried_from__cycle", flat=True)) == {closed.pk}
    assert KeyResult.objects.exclude(carried_from=None).count() == 1


def test_measurements_lie_in_their_cycle_in_the_order_of_time(larkspur):
    for key_result in KeyResult.objects.select_related("objective__cycle"):
        cycle = key_result.objective.cycle
        days = [timezone.localdate(m.at) for m in key_result.measurements.order_by("id")]
        assert days == sorted(days)
        assert all(cycle.starts_on <= day <= cycle.ends_on for day in days)
        assert all(day.weekday() < 5 for day in days)
