"""What cannot be used stops the start with one sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment
from config.watch.chosen import log_settings, scraping_token


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
