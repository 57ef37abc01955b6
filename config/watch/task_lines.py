"""Names the task in each of its lines; keeps Celery from putting its handlers in place of ours."""

from typing import Any

from celery import current_app
from celery.signals import setup_logging
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep
from structlog.contextvars import bind_contextvars


@setup_logging.connect
def keep_ours(**_facts: Any) -> None:
    """That somebody listens is all that Celery looks at."""


def name(task: Any, **_facts: Any) -> None:
    """Of the task, in each of its lines."""
    bind_contextvars(task=task.name)


bind_extra_task_metadata.connect(name)
current_app.steps["worker"].add(DjangoStructLogInitStep)
