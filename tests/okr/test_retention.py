"""What grows without being the record goes once it is old; what people said and did stays."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import timezone

from config.environment import Environment
from okr import retention, slots
from okr.models import (
    ApiAnswer,
    AuditEntry,
    Change,
    ChatRoom,
    CheckIn,
    Comment,
    Digest,
    FilePlan,
    Happening,
    KeyResult,
    Measurement,
    Notification,
    Occasion,
    Reminder,
    ReminderRound,
    Upload,
)
from okr.models.digest import DigestState
from okr.slots import Kept
from tests.cast import make_key_result, make_objective

LONG_AGO = timedelta(days=3_650)
DAY = timedelta(days=1)
LONG_BEFORE = timezone.now() - 2 * LONG_AGO


@pytest.fixture
def now():
    return timezone.now()


def tell(person, at, **fields):
    return Notification.objects.create(person=person, kind=Occasion.COMMENT, at=at, **fields)


def fill_with(person, at):
    """A row of whatever has an end."""
    tell(person, at, read_at=at)
    AuditEntry.objects.create(at=at, sentence="did something")
    Digest.objects.create(person=person, day=at.date(), try_at=at, state=DigestState.SENT)
    Reminder.objects.remind([person], at=at)
    Reminder.objects.create(person=person, day=at.date(), at=at, claim="0" * 32)
    ReminderRound.objects.create(day=at.date(), at=at)
    Happening.objects.create(kind="ping", at=at, body={})
    ChatRoom.objects.get_or_create(name="#all", made_at=LONG_BEFORE)[0].messages.create(
        key=f"{at:%Y%m%d}", at=at, try_at=at, body={}, state="delivered"
    )
    Upload.objects.create(shape="people", by=person, file_name="all.csv", made_at=at, lines=[])
    filed = {"digest": "0" * 32, "steps": [], "left": 0, "text": "", "removing": False}
    FilePlan.objects.create(by=person, made_at=at, **filed)
    Session.objects.create(session_key=f"{at:%Y%m%d}", session_data="", expire_date=at)
    person.sign_ins.create(session_key=f"since {at:%Y%m%d}", began_at=at, seen_at=at)
    ApiAnswer.objects.create(person=person, key=f"{at:%Y%m%d}", at=at)


def counts():
    return {each.name: each.older_than(timezone.now() + DAY).count() for each in retention.kept()}


def test_what_is_old_goes_and_what_is_not_stays(ben, now):
    fill_with(ben, now - LONG_AGO)
    fill_with(ben, now)
    assert set(counts().values()) == {2}

    for each in retention.kept():
        retention.prune(each, now)

    assert counts().pop("entries of the audit log") == 2, "kept for ever unless somebody says so"
    assert set(counts().values()) == {1, 2}


def test_what_nobody_has_read_and_what_still_waits_stays(ben, now):
    tell(ben, now - LONG_AGO)
    Digest.objects.plan([ben.pk], (now - LONG_AGO).date(), now - LONG_AGO)

    call_command("prune", verbosity=0)

    assert Notification.objects.count() == Digest.objects.count() == 1


def test_the_record_stands_in_no_table(ben, cycle, now):
    make_key_result(make_objective(ben, cycle), at="40").comments.create(by=ben, words="!", at=now)
    record = (Measurement, CheckIn, Comment, Change, KeyResult)
    before = [model.objects.count() for model in record]

    later = now + LONG_AGO * 3
    for each in retention.kept():
        assert each.older_than(later).model not in record
        retention.prune(each, later)

    assert [model.objects.count() for model in record] == before


def test_a_tick_prunes_once_a_day(ben, now):
    retention.prune_daily(now)
    tell(ben, now, read_at=now - LONG_AGO)

    retention.prune_daily(now)
    assert Notification.objects.exists()

    retention.prune_daily(now + DAY)
    assert not Notification.objects.exists()


def test_what_a_tick_leaves_over_the_next_one_takes(ben, now):
    read = {"kind": Occasion.COMMENT, "at": now, "read_at": now - LONG_AGO}
    many = [Notification(person=ben, **read) for _ in range(retention.BATCH + 1)]
    Notification.objects.bulk_create(many)

    retention.prune_daily(now, at_once=1)
    assert Notification.objects.count() == 1

    retention.prune_daily(now, at_once=1)
    assert not Notification.objects.exists()


def test_of_no_days_it_is_kept_for_ever(ben, now, settings, capsys):
    settings.KEPT_DAYS = settings.KEPT_DAYS | {"notifications": 0}
    tell(ben, now, read_at=now - LONG_AGO)

    call_command("prune")

    assert Notification.objects.exists()
    assert "Read notifications: kept for ever." in capsys.readouterr().out


def test_a_dry_run_says_what_would_go_and_removes_nothing(ben, now, capsys):
    tell(ben, now, read_at=now - LONG_AGO)

    call_command("prune", dry_run=True)

    printed = capsys.readouterr().out
    assert "Read notifications: 1 would go, older than 365 days." in printed
    assert Notification.objects.exists()


def test_the_log_says_what_went(ben, now, caplog):
    caplog.set_level("INFO", logger="okr.retention")
    tell(ben, now, read_at=now - LONG_AGO)

    call_command("prune", verbosity=0)

    assert caplog.messages == ["Removed 1 read notifications older than 365 days"]


def test_an_integration_adds_what_it_keeps(ben, now):
    tell(ben, now)
    own = [Kept("whispers", 1, lambda before: Notification.objects.filter(at__lt=before))]

    with slots.filled("retention.kept", lambda: own):
        retention.prune_daily(now + 2 * DAY)

    assert not Notification.objects.exists()


@pytest.mark.parametrize(("word", "days"), [("", 30), ("0", 0), ("30", 30), ("400", 400)])
def test_days_are_read(word, days):
    assert Environment({"KEEP": word}).days("KEEP", 30, least=30) == days


@pytest.mark.parametrize("word", ["29", "-1", "a month", "40000"])
def test_what_protects_from_repetition_is_not_forgotten_too_soon(word):
    with pytest.raises(ImproperlyConfigured, match="whole number from 30"):
        Environment({"KEEP": word}).days("KEEP", 30, least=30)
