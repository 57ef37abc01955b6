"""Celery's settings: every wait has an end, and a message may come late, twice or never."""

from pathlib import Path
from typing import Any

from config.environment import Environment

CHILD_AT_MOST = 300_000  # kB of memory; a bigger one is replaced after its task
SECONDS_AGAIN = 5  # after which the task of a killed child begins again, three times at most
ANSWERS_SOON = {  # a frozen Redis keeps whoever publishes for four seconds, a dead one for none
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
}


def celery_settings(env: Environment, folder: Path) -> dict[str, Any]:
    url = env.text("REDIS_URL")
    return {
        **(on_redis(url) if url else in_folder(folder / "queue")),
        "CELERY_TASK_IGNORE_RESULT": True,
        "CELERY_TASK_SERIALIZER": "json",
        "CELERY_ACCEPT_CONTENT": ["json"],
        "CELERY_TASK_ACKS_LATE": True,
        "CELERY_TASK_REJECT_ON_WORKER_LOST": True,
        "CELERY_TASK_RETRY_ON_WORKER_LOST": True,
        "CELERY_TASK_ANNOTATIONS": {"*": {"max_retries": 3, "default_retry_delay": SECONDS_AGAIN}},
        "CELERY_TASK_SOFT_TIME_LIMIT": 240,
        "CELERY_TASK_TIME_LIMIT": 300,
        "CELERY_TASK_PUBLISH_RETRY": False,
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
        "CELERY_WORKER_MAX_TASKS_PER_CHILD": 200,
        "CELERY_WORKER_MAX_MEMORY_PER_CHILD": CHILD_AT_MOST,
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "CELERY_BROKER_CONNECTION_MAX_RETRIES": None,
        "CELERY_TIMEZONE": "UTC",
    }


def on_redis(url: str) -> dict[str, Any]:
    """What a dead worker held is given out again after the visibility timeout."""
    return {
        "CELERY_BROKER_URL": url.replace("unix://", "redis+socket://", 1),
        "CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS": True,
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "visibility_timeout": 900,
            "unacked_restore_interval": 15,
            "unacked_restore_throttle": 1,
            "health_check_interval": 25,
            **ANSWERS_SOON,
        },
    }


def in_folder(queue: Path) -> dict[str, Any]:
    for name in ("messages", "control"):
        (queue / name).mkdir(parents=True, exist_ok=True)
    return {
        "CELERY_BROKER_URL": "filesystem://",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(queue / "messages"),
            "data_folder_out": str(queue / "messages"),
            "control_folder": str(queue / "control"),
            "polling_interval": 0.1,
        },
    }
