"""Health: a web program without its database serves nobody; without a worker it lags."""

from datetime import datetime, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from redis import Redis
from redis.exceptions import RedisError

from config.watch import beating, health
from config.watch.health import Base, Health, look
from config.watch.models import Heartbeat, Kind
from config.watch.queue_length import queue_length
from config.watch.tasks import tick

NOW = timezone.now()
ALIVE: dict[str, datetime] = {Kind.WORKER: NOW - timedelta(seconds=12), Kind.SCHEDULE: NOW}


@pytest.fixture(autouse=True)
def _asked_anew():
    health.DATABASE.forget()
    health.QUEUE.forget()


def told(base=None, waiting: int | None = 0, **seen) -> Health:
    return Health(base or Base(True, 0, {**ALIVE, **seen}), waiting, NOW)


def test_all_well_is_ready():
    assert (told().ready, told().word, set(told().parts.values())) == (True, "ready", {"ok"})


@pytest.mark.parametrize(("base", "word"), [(Base(), "no answer"), (Base(True, 2), "not migrated")])
def test_without_a_migrated_database_it_is_not_ready(base, word):
    assert (told(base).ready, told(base).word) == (False, "not ready")
    assert told(base).parts == {
        "database": word,
        "queue": "ok",
        "worker": "unknown",
        "schedule": "unknown",
    }


@pytest.mark.parametrize(
    ("lagging", "part", "word"),
    [
        (told(waiting=None), "queue", "no answer"),
        (told(worker=NOW - timedelta(minutes=5)), "worker", "last seen 300 seconds ago"),
        (told(schedule=NOW - timedelta(minutes=4)), "schedule", "last seen 240 seconds ago"),
        (told(Base(True)), "worker", "never seen"),
    ],
)
def test_what_lags_is_told_and_it_serves_on(lagging, part, word):
    assert (lagging.ready, lagging.word) == (True, "degraded")
    assert lagging.parts[part] == word


def test_a_migration_that_was_not_run_is_missed(db):
    assert look().serves
    MigrationRecorder(connection).record_unapplied("watch", "0001_heartbeats")
    assert (look().serves, look().behind) == (False, 1)


def test_the_database_is_asked_two_things(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        look()


def test_a_tick_shows_that_the_schedule_goes_and_forgets_workers_that_are_gone(db):
    Heartbeat.objects.beat(Kind.WORKER, "celery@long-gone", timezone.now() - timedelta(days=2))
    tick()
    assert list(Heartbeat.objects.values_list("kind", flat=True)) == [Kind.SCHEDULE]


def test_a_heartbeat_is_one_row_a_worker(db):
    for at in (NOW, NOW + timedelta(seconds=15)):
        for name in ("celery@a", "celery@b"):
            Heartbeat.objects.beat(Kind.WORKER, name, at)
    assert Heartbeat.objects.count() == 2
    assert Heartbeat.objects.last_seen() == {Kind.WORKER: NOW + timedelta(seconds=15)}


@pytest.mark.django_db(transaction=True)
def test_a_worker_beats_over_a_connection_of_its_own():
    beats = Thread(target=beating.beat, args=["celery@here"])
    beats.start()
    beats.join()
    assert Heartbeat.objects.get().name == "celery@here"


@pytest.mark.django_db(transaction=True)
def test_whoever_asks_is_told_in_a_few_words():
    Heartbeat.objects.beat(Kind.WORKER, "celery@here", timezone.now())
    answer = Client().get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "degraded",
        "parts": {"database": "ok", "queue": "ok", "worker": "ok", "schedule": "never seen"},
    }


def test_whether_it_lives_asks_nobody(client):
    answer = client.get("/health/live")
    assert (answer.json(), answer.cookies) == ({"status": "live"}, {})
    assert "no-store" in answer["Cache-Control"]


def test_probes_come_by_number_and_without_https(client, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["okr.example.org"], True
    assert client.get("/health/live", headers={"host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/sign-in/", headers={"host": "10.1.2.3:8000"}).status_code == 400


def test_messages_in_the_folder_are_counted(settings, tmp_path):
    settings.REDIS_URL = ""
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path)}
    for name in ("1_a.celery.msg", "2_b.celery.msg", "3_c.new", "4_d.other.msg"):
        (tmp_path / name).write_text("{}")
    assert queue_length() == 2


@pytest.mark.servers
def test_messages_in_redis_are_counted(settings, servers):
    settings.REDIS_URL = servers.redis_url
    with Redis.from_url(servers.redis_url) as redis:
        redis.delete("celery")
        redis.rpush("celery", "{}", "{}", "{}")
        assert queue_length() == 3
        redis.delete("celery")


def test_a_queue_that_cannot_be_reached_is_no_number(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(RedisError):
        queue_length()
