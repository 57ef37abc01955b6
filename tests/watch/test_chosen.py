"""What cannot be used stops the start with one sentence."""

import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment
from config.watch.chosen import log_settings, scraping_token, sentry_dsn


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PLUMBLINE_LOG_FORMAT", "xml", "PLUMBLINE_LOG_FORMAT is 'xml'; it must be line or json."),
        (
            "PLUMBLINE_LOG_LEVEL",
            "loud",
            "PLUMBLINE_LOG_LEVEL is 'loud'; it must be DEBUG, INFO, WARNING or ERROR.",
        ),
    ],
)
def test_an_unusable_value_is_told(name, value, sentence):
    with pytest.raises(ImproperlyConfigured) as refused:
        log_settings(Environment({name: value}), production=False)
    assert str(refused.value) == sentence


def test_a_token_that_can_be_guessed_is_refused_without_being_told():
    with pytest.raises(ImproperlyConfigured) as refused:
        scraping_token(Environment({"PLUMBLINE_METRICS_TOKEN": "hunter2"}))
    assert str(refused.value).startswith("PLUMBLINE_METRICS_TOKEN is shorter than 20 characters")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("production", "shape", "level"), [(True, "json", "INFO"), (False, "line", "WARNING")]
)
def test_production_logs_for_machines(production, shape, level):
    logging = log_settings(Environment({}), production=production)["LOGGING"]
    assert logging["formatters"]["shaped"]["shape"] == shape
    assert logging["root"]["level"] == level


@pytest.mark.parametrize(
    "value",
    [
        "yes",
        "http://key@sentry.example/1",
        "https://sentry.example/1",
        "https://key@sentry.example",
    ],
)
def test_what_is_no_address_of_sentry_is_refused(value):
    with pytest.raises(ImproperlyConfigured) as refused:
        sentry_dsn(Environment({"PLUMBLINE_SENTRY_DSN": value}))
    assert "no DSN of Sentry" in str(refused.value)


def test_without_its_package_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ImproperlyConfigured) as refused:
        sentry_dsn(Environment({"PLUMBLINE_SENTRY_DSN": "https://key@sentry.example/1"}))
    assert "install requirements/sentry.lock" in str(refused.value)


def test_without_an_address_nothing_is_looked_for():
    assert sentry_dsn(Environment({})) == ""
