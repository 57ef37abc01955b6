"""What the operator chose about being watched, as settings of Django."""

import logging
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment
from config.watch.logs import logging_settings

SHORTEST = 20
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def log_settings(env: Environment, *, production: bool) -> dict[str, Any]:
    return {
        "LOGGING": logging_settings(
            one_of(env, "PLUMBLINE_LOG_FORMAT", ("line", "json"), "json" if production else "line"),
            one_of(env, "PLUMBLINE_LOG_LEVEL", LEVELS, "INFO" if production else "WARNING"),
        ),
        "DJANGO_STRUCTLOG_CELERY_ENABLED": True,
        "DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL": logging.DEBUG,
    }


def scraping_token(env: Environment) -> str:
    token = env.text("PLUMBLINE_METRICS_TOKEN")
    if token and len(token) < SHORTEST:
        raise ImproperlyConfigured(
            f"PLUMBLINE_METRICS_TOKEN is shorter than {SHORTEST} characters; make a random one."
        )
    return token


def one_of(env: Environment, name: str, words: tuple[str, ...], default: str) -> str:
    word = env.text(name, default)
    if word not in words:
        named = f"{', '.join(words[:-1])} or {words[-1]}"
        raise ImproperlyConfigured(f"{name} is {word!r}; it must be {named}.")
    return word
