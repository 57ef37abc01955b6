"""Keeps Celery's hands off the logs: its programs would put their own handlers in place of ours."""

from typing import Any

from celery import current_app
from celery.signals import setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep


@setup_logging.connect
def keep_ours(**_facts: Any) -> None:
    """That somebody listens is all that Celery looks at."""


current_app.steps["worker"].add(DjangoStructLogInitStep)
