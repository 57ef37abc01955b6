"""Reminders come on the company's weekday at nine where a person works; nobody is asked twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from okr.local_time import last_time
from okr.models import Notification, Occasion, Person, Policy, Reminder, ReminderRound
from okr.models.policy import Weekday
from okr.reminding import remind_when_due
from tests.cast import adopt, make_cycle, make_key_result, make_objective, make_person

MONDAY = datetime(2026, 3, 23, 8, 30, tzinfo=UTC)
NINE = MONDAY.replace(hour=9, minute=0)


@pytest.fixture
def cycle(db):
    return make_cycle(today=MONDAY.date())


@pytest.fixture
def busy(ada, ben, cycle):
    """Ben has two key results due; Ada, in New York, one."""
    objective = make_objective(ben, cycle)
    for owner in (ben, ben, ada):
        make_key_result(objective, owner=owner)
    Person.objects.filter(pk=ada.pk).update(time_zone="America/New_York")


def asked():
    due = Notification.objects.filter(kind=Occasion.CHECK_IN_DUE).order_by("pk")
    return [(each.person.name.split()[0], each.words) for each in due]


def tick_at(*moments):
    return [remind_when_due(moment) for moment in moments]


@pytest.mark.parametrize(
    ("zone", "now", "struck"),
    [
        ("Europe/Berlin", "2026-03-28T08:00Z", "2026-03-28T08:00Z"),  # the last winter day
        ("Europe/Berlin", "2026-03-29T06:59Z", "2026-03-28T08:00Z"),
        ("Europe/Berlin", "2026-03-29T07:00Z", "2026-03-29T07:00Z"),  # the first summer day
        ("Europe/Berlin", "2026-10-25T07:59Z", "2026-10-24T07:00Z"),
        ("Europe/Berlin", "2026-10-25T08:00Z", "2026-10-25T08:00Z"),
        ("Pacific/Kiritimati", "2026-03-22T19:00Z", "2026-03-22T19:00Z"),
        ("America/New_York", "2026-03-23T12:59Z", "2026-03-22T13:00Z"),
        ("Nowhere/Atlantis", "2026-03-23T09:00Z", "2026-03-23T09:00Z"),
        ("../etc/passwd", "2026-03-23T09:00Z", "2026-03-23T09:00Z"),
    ],
)
def test_nine_is_nine_where_a_person_works_in_summer_and_in_winter(zone, now, struck):
    found = last_time(9, datetime.fromisoformat(now), zone)

    assert found == datetime.fromisoformat(struck)


def test_the_weekday_is_the_one_there():
    late_on_sunday = datetime(2026, 3, 22, 23, 0, tzinfo=UTC)

    assert last_time(9, late_on_sunday, "Asia/Tokyo", weekday=0).date() == date(2026, 3, 16)
    after_nine_on_monday = late_on_sunday + timedelta(hours=2)
    assert last_time(9, after_nine_on_monday, "Asia/Tokyo", weekday=0).date() == date(2026, 3, 23)


def test_each_is_asked_at_nine_of_their_own_and_only_with_something_due(busy, cleo):
    assert tick_at(MONDAY, NINE, NINE + timedelta(minutes=1)) == [0, 1, 0]
    assert asked() == [("Ben", "2 key results are due.")]

    assert tick_at(NINE + timedelta(hours=3, minutes=59), NINE + timedelta(hours=4)) == [0, 1]
    assert asked()[1:] == [("Ada", "1 key result is due.")]


def test_a_tick_that_comes_late_catches_up_but_not_after_a_day(busy):
    assert tick_at(NINE + timedelta(hours=23)) == [2]

    Reminder.objects.all().delete()
    ReminderRound.objects.all().delete()
    assert tick_at(NINE + timedelta(days=2)) == [0]


def test_the_company_chooses_the_day_and_whether_at_all(busy):
    adopt()
    Policy.objects.update(checkin_weekday=Weekday.FRIDAY)
    assert tick_at(NINE, NINE + timedelta(days=4)) == [0, 1]

    Policy.objects.update(checkin_weekday=Weekday.MONDAY, reminders_on=False)
    assert tick_at(NINE + timedelta(days=7)) == [0]


def test_who_becomes_due_later_in_the_week_waits_for_the_next_due_day(busy, cleo, cycle):
    tick_at(NINE, NINE + timedelta(hours=4))
    make_key_result(make_objective(cleo, cycle))

    assert tick_at(NINE + timedelta(hours=5)) == [0]
    tuesday = NINE + timedelta(days=1)
    assert tick_at(tuesday, NINE + timedelta(days=7)) == [0, 2]


def test_who_checked_in_is_left_alone(busy, ben, cycle):
    for key_result in ben.key_results.all():
        key_result.check_in(by=ben, at=NINE - timedelta(days=2), confidence="on_track")

    assert tick_at(NINE) == [0]


def test_who_has_checked_everything_in_need_not_read_the_reminder(busy, ben):
    tick_at(NINE)
    first, second = ben.key_results.all()
    unread = Notification.objects.filter(person=ben, kind=Occasion.CHECK_IN_DUE).unread()

    first.check_in(by=ben, at=NINE + timedelta(hours=1), confidence="on_track")
    assert unread.exists()
    second.check_in(by=ben, at=NINE + timedelta(hours=1), confidence="on_track")
    assert not unread.exists()


def test_who_moves_to_another_zone_is_not_asked_again(busy, ben):
    tick_at(NINE)
    Person.objects.filter(pk=ben.pk).update(time_zone="America/New_York")

    assert tick_at(NINE + timedelta(hours=4)) == [1]
    assert [name for name, _ in asked()] == ["Ben", "Ada"]


def test_a_manager_asks_once_a_person_and_day(busy, ada, ben, cleo):
    line = [ada, ben, cleo]
    assert Reminder.objects.remindable(line, NINE) == [ada, ben]

    assert Reminder.objects.remind(line, by=ada, at=NINE) == 1
    assert Reminder.objects.remind(line, by=ada, at=NINE) == 0
    assert Reminder.objects.remindable(line, NINE) == [ada]
    assert tick_at(NINE) == [0]
    told = Notification.objects.get()
    assert (told.person, told.by) == (ben, ada)


def test_asking_three_or_thirty_costs_the_same(cycle, django_assert_max_num_queries):
    def with_something_due(count):
        people = [make_person(f"Person {count} {number}") for number in range(count)]
        for person in people:
            make_key_result(make_objective(person, cycle))
        return people

    few, many = with_something_due(3), with_something_due(30)
    with django_assert_max_num_queries(8) as first:
        Reminder.objects.remind(few, at=NINE)
    with django_assert_max_num_queries(8) as second:
        assert Reminder.objects.remind(many, at=NINE) == 30
    assert len(first) == len(second)


@pytest.mark.django_db(transaction=True)
def test_two_schedules_in_the_same_moment_ask_once():
    cycle = make_cycle(today=MONDAY.date())
    people = [make_person(f"Person {number}") for number in range(12)]
    for person in people:
        make_key_result(make_objective(person, cycle))
    adopt()
    start = Barrier(3)

    def tick():
        try:
            start.wait(timeout=30)
            return remind_when_due(NINE)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as schedules:
        counts = [each.result() for each in [schedules.submit(tick) for _ in range(3)]]

    assert sorted(counts) == [0, 0, 12]
    assert len(asked()) == 12
