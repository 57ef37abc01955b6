"""What the schedule asks for is there to be done, with and without Redis."""

from importlib import import_module

from django.conf import settings

from config.celery import app


def test_every_entry_of_the_schedule_names_a_task() -> None:
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        module, _, name = entry["task"].rpartition(".")
        assert getattr(import_module(module), name).name == entry["task"]
        assert entry["task"] in app.tasks


def test_the_core_ticks_at_least_once_in_five_minutes() -> None:
    assert settings.CELERY_BEAT_SCHEDULE["okr-tick"]["schedule"] <= 300
