"""What the operator chose about being watched, as settings of Django."""

import logging
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

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


def sentry_dsn(env: Environment) -> str:
    dsn = env.text("PLUMBLINE_SENTRY_DSN")
    parts = urlsplit(dsn)
    if dsn and not (
        parts.scheme == "https" and parts.username and parts.path.strip("/").isdecimal()
    ):
        raise ImproperlyConfigured(
            "PLUMBLINE_SENTRY_DSN is no DSN of Sentry, as https://key@sentry.example.org/1."
        )
    if dsn and find_spec("sentry_sdk") is None:
        raise ImproperlyConfigured(
            "PLUMBLINE_SENTRY_DSN is set, but sentry-sdk is not installed:"
            " install requirements/sentry.lock instead of core.lock."
        )
    return dsn


def one_of(env: Environment, name: str, words: tuple[str, ...], default: str) -> str:
    word = env.text(name, default)
    if word not in words:
        named = f"{', '.join(words[:-1])} or {words[-1]}"
        raise ImproperlyConfigured(f"{name} is {word!r}; it must be {named}.")
    return word
