"""What the operator chose about being watched, as settings of Django."""

import logging
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment
from config.watch.logs import logging_settings

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def watch_settings(env: Environment, *, production: bool) -> dict[str, Any]:
    return {
        "LOGGING": logging_settings(
            one_of(env, "PLUMBLINE_LOG_FORMAT", ("line", "json"), "json" if production else "line"),
            one_of(env, "PLUMBLINE_LOG_LEVEL", LEVELS, "INFO" if production else "WARNING"),
        ),
        "DJANGO_STRUCTLOG_CELERY_ENABLED": True,
        "DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL": logging.DEBUG,
    }


def one_of(env: Environment, name: str, words: tuple[str, ...], default: str) -> str:
    word = env.text(name, default)
    if word not in words:
        named = f"{', '.join(words[:-1])} or {words[-1]}"
        raise ImproperlyConfigured(f"{name} is {word!r}; it must be {named}.")
    return word
