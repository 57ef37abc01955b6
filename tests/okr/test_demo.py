"""The demo company: always mid-cycle, true in itself, and only in an empty database."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import Count, Max

from okr import proof
from okr.demo import dates, story
from okr.demo.move_in import move_in
from okr.demo.staff import PASSWORD
from okr.models import (
    CheckIn,
    Cycle,
    KeyResult,
    Measurement,
    Person,
)
from tests.okr.conftest import FRIDAY

MONTHS = "January|February|March|April|June|July|August|September|October|November|December"
ALL_ROWS = [row for objective in (*story.PAST, *story.RUNNING) for row in objective.key_results]


@pytest.mark.parametrize("weekday", range(7))
def test_today_is_always_in_the_ninth_week(weekday, db):
    now = FRIDAY + timedelta(days=weekday)
    move_in(now)
    cycle = Cycle.objects.current(now.date())
    assert cycle is not None
    assert cycle.week(now.date()) == (9, 13)
    assert 60 <= cycle.pace(now.date()) <= 70
    assert not CheckIn.objects.filter(at__gt=now).exists()
    weeks = KeyResult.objects.filter(objective__cycle=cycle).annotate(
        count=Count("measurements"), last=Max("measurements__at")
    )
    assert weeks.filter(count__gte=8).count() >= 80
    assert proof.derive_everything().differences == []


@pytest.mark.parametrize(
    "today", [datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC)]
)
def test_cycles_are_whole_weeks_that_meet(today):
    past, running = dates.past(today.date()).cycle, dates.running(today.date()).cycle
    assert past.ends_on + timedelta(days=1) == running.starts_on
    assert running.starts_on.weekday() == 0
    assert (running.ends_on - running.starts_on).days + 1 == 13 * 7
    assert past.closed_at is not None
    assert running.starts_on <= past.closed_at.date() < today.date()
    assert past.name != running.name


def test_a_cycle_is_named_after_its_dates():
    assert dates.running(FRIDAY.date()).cycle.name == "21 Sep – 20 Dec 2026"


def test_the_same_day_makes_the_same_company(db):
    def everything():
        with transaction.atomic():
            move_in(FRIDAY)
            told = (
                list(Person.objects.order_by("email").values_list("email", "name", "role")),
                list(Measurement.objects.order_by("id").values_list("at", "value", "progress")),
                list(CheckIn.objects.order_by("id").values_list("at", "confidence", "note")),
            )
            transaction.set_rollback(True)
        return told

    assert everything() == everything()


def test_nobody_repeats_themselves():
    notes = [said.note for row in ALL_ROWS for said in row.said]
    abouts = [row.about for row in (*story.PAST, *story.RUNNING) if row.about]
    repeated = [text for text, count in Counter([*notes, *abouts]).items() if count > 1]
    assert repeated == []
    assert len(notes) >= 260
    assert min(map(len, notes)) >= 12


def test_no_text_names_a_month_that_may_not_be_true_today():
    notes = [said.note for row in ALL_ROWS for said in row.said]
    texts = [*notes, *(row.title for row in ALL_ROWS)]
    texts += [text for row in (*story.PAST, *story.RUNNING) for text in (row.title, row.about)]
    assert [text for text in texts if re.search(rf"\b({MONTHS}|May \d|\d May)\b", text)] == []


@pytest.mark.django_db
def test_the_command_prints_the_sign_ins_worth_trying(capsys):
    call_command("demo")
    printed = capsys.readouterr().out
    for name in ("olga.petrenko", "ada.lindqvist", "ben.okafor", "cleo.marchetti", PASSWORD):
        assert name in printed


@pytest.mark.django_db
def test_the_command_can_be_quiet(capsys):
    call_command("demo", "--quiet")
    assert capsys.readouterr().out == ""
    assert Person.objects.count() == 65


def test_the_command_leaves_a_database_with_people_alone(ada):
    with pytest.raises(CommandError, match=r"^There are people in this database already;.*\.$"):
        call_command("demo")
    assert Person.objects.count() == 1


def test_a_demo_that_fails_half_way_leaves_nothing(cycle):
    cycle.name = dates.running(FRIDAY.date()).cycle.name
    cycle.save()
    with pytest.raises(IntegrityError):
        move_in(FRIDAY)
    assert not Person.objects.exists()


def test_moving_in_costs_a_bounded_number_of_statements(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(580):
        move_in(FRIDAY)
