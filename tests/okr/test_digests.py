"""One e-mail a day at eight where a person works, of what they have not read; never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected
from threading import Barrier

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from okr.digests import plan_digests, send_digests
from okr.models import Digest, Notification, Occasion, Person, Preference, Visibility
from okr.reminding import remind_when_due
from tests.cast import make_cycle, make_key_result, make_objective, make_person

EIGHT = datetime(2026, 3, 24, 8, 0, tzinfo=UTC)
NIGHT = EIGHT - timedelta(hours=9)
HERE = "tests.okr.test_digests"


class Refusing(EmailBackend):
    def send_messages(self, _messages):
        raise SMTPDataError(451, b"Try again later")


class Vanishing(EmailBackend):
    """Takes the mail and is gone before it says so."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SMTPServerDisconnected


class Unreachable(EmailBackend):
    def open(self):
        raise ConnectionRefusedError


def tell(*people, about=None, kind=Occasion.MENTION, at=NIGHT, **more):
    Notification.objects.tell(people, kind, about=about, at=at, **more)


def tick(now=EIGHT):
    plan_digests(now)
    send_digests(now)
    return [message.to[0].split(".")[0] for message in mail.outbox]


def test_the_unread_of_the_night_come_at_eight_in_one_mail(ada, ben, cycle):
    objective = make_objective(ben, cycle)
    tell(ben, about=objective, by=ada, words="Look at <this>")
    tell(ben, about=objective, by=ada, kind=Occasion.HANDED_OVER)

    assert tick(EIGHT - timedelta(minutes=1)) == []
    assert tick() == ["ben"]
    assert tick(EIGHT + timedelta(minutes=1)) == ["ben"]

    [message], told = mail.outbox, Notification.objects.latest("pk")
    assert message.subject == "Ada Lindqvist handed this over to you, and 1 more"
    assert "Look at <this>" in message.body
    assert isinstance(message, mail.EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    assert "Look at &lt;this&gt;" in html
    for text in (message.body, html):
        assert f"http://127.0.0.1:8000/notifications/{told.pk}/" in text
        assert "/unsubscribe/" in text


def test_eight_is_eight_where_a_person_works(ben, cleo):
    Person.objects.filter(pk=ben.pk).update(time_zone="America/New_York")
    tell(ben, cleo)

    assert tick() == ["cleo"]
    assert tick(EIGHT + timedelta(hours=3, minutes=59)) == ["cleo"]
    assert tick(EIGHT + timedelta(hours=4)) == ["cleo", "ben"]


def test_a_reminder_is_mailed_on_its_day_and_the_digest_waits_for_it(ben, cleo, cycle):
    monday = EIGHT + timedelta(days=6)
    make_key_result(make_objective(ben, make_cycle("Spring", today=monday.date())))
    tell(cleo, at=monday - timedelta(hours=9))

    tasks(monday)
    assert mail.outbox == []
    tasks(monday + timedelta(hours=1))
    assert sorted(message.subject for message in mail.outbox) == [
        "Somebody mentions you",
        "Your check-in is due",
    ]


def test_a_manager_who_reminds_later_in_the_day_is_heard_that_day(ada, ben):
    tell(ben, by=ada, kind=Occasion.CHECK_IN_DUE, at=EIGHT + timedelta(hours=5))

    assert tick(EIGHT + timedelta(hours=5)) == ["ben"]


def tasks(now):
    remind_when_due(now)
    tick(now)


def test_what_comes_after_eight_waits_for_the_next_morning(ben):
    tell(ben)
    tick()
    tell(ben, at=EIGHT + timedelta(hours=1))

    assert tick(EIGHT + timedelta(hours=2)) == ["ben"]
    assert tick(EIGHT + timedelta(days=1)) == ["ben", "ben"]


def test_a_worker_that_slept_catches_up_in_one_mail(ben):
    tell(ben)
    tell(ben, at=EIGHT + timedelta(days=1))

    assert tick(EIGHT + timedelta(days=2, hours=3)) == ["ben"]
    assert "and 1 more" in mail.outbox[0].subject


def test_what_was_read_or_is_unwanted_or_too_old_is_not_mailed(ada, ben, cleo, olga):
    tell(ada)
    Notification.objects.update(read_at=NIGHT)
    tell(ben, kind=Occasion.FOLLOWED)
    Preference.objects.create(person=cleo, kind=Occasion.MENTION, in_app=True, by_mail=False)
    tell(cleo)
    tell(olga, at=EIGHT - timedelta(days=8))

    assert tick() == []


def test_small_news_are_mailed_to_whoever_wants_them(ben):
    Preference.objects.create(person=ben, kind=Occasion.FOLLOWED, in_app=False, by_mail=True)
    tell(ben, kind=Occasion.FOLLOWED)

    assert tick() == ["ben"]


def test_who_wants_none_or_left_gets_none(ben, cleo):
    tell(ben, cleo)
    ben.want_no_mail()
    Person.objects.filter(pk=cleo.pk).update(is_active=False)

    assert tick() == []


def test_what_became_confidential_is_not_mailed(ben, cleo, cycle):
    objective = make_objective(ben, cycle, title="Buy the rival")
    tell(cleo, about=objective)
    objective.visibility = Visibility.CONFIDENTIAL
    objective.keep()

    assert tick() == []


def test_a_refused_mail_is_tried_again_and_given_up_in_the_end(ben, settings):
    tell(ben)
    settings.EMAIL_BACKEND = f"{HERE}.Refusing"
    tick()
    assert tick(EIGHT + timedelta(minutes=4)) == []
    assert Digest.objects.get().tries == 1

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tick(EIGHT + timedelta(minutes=5)) == ["ben"]

    tell(ben, at=EIGHT + timedelta(hours=20))
    settings.EMAIL_BACKEND = f"{HERE}.Refusing"
    for hours in range(24, 36):
        tick(EIGHT + timedelta(hours=hours))
    assert Digest.objects.latest("pk").state == "given_up"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tick(EIGHT + timedelta(days=2)) == ["ben", "ben"]


def test_a_mail_of_which_nobody_knows_whether_it_went_out_is_not_sent_again(ben, settings):
    tell(ben)
    settings.EMAIL_BACKEND = f"{HERE}.Vanishing"
    tick()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert tick(EIGHT + timedelta(hours=1)) == ["ben"]
    assert tick(EIGHT + timedelta(days=1)) == ["ben"]
    assert Notification.objects.unread().count() == 1


def test_while_the_server_cannot_be_reached_nothing_is_claimed(ben, settings):
    tell(ben)
    settings.EMAIL_BACKEND = f"{HERE}.Unreachable"
    tick()
    assert Digest.objects.get().tries == 0

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tick(EIGHT + timedelta(minutes=1)) == ["ben"]


def test_with_nothing_to_send_a_tick_asks_little(ben, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        tick()


@pytest.mark.django_db(transaction=True)
def test_two_workers_in_the_same_moment_send_one_mail():
    people = [make_person(f"Person {number}") for number in range(8)]
    tell(*people)
    start = Barrier(3)

    def work():
        try:
            start.wait(timeout=30)
            tick()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as workers:
        for done in [workers.submit(work) for _ in range(3)]:
            done.result()

    assert sorted(message.to[0] for message in mail.outbox) == sorted(p.email for p in people)
