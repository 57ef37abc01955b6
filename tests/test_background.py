"""What a task is promised when what carries it out is killed; and every wait has an end."""

from importlib import import_module
from pathlib import Path

import pytest

from config.background import SECONDS_AGAIN, celery_settings, on_redis
from config.environment import Environment

TASKS = (
    "okr.tasks.tick",
    "jira_integration.tasks.tick",
    "jira_integration.tasks.run_waiting",
    "atlassian_accounts.tasks.tick",
    "atlassian_accounts.tasks.read_waiting",
    "confluence.tasks.tick",
    "confluence.tasks.read_pages",
)


@pytest.mark.parametrize("name", TASKS)
def test_the_task_of_a_killed_child_begins_again_soon_but_not_for_ever(name: str) -> None:
    module, _, own = name.rpartition(".")
    task = getattr(import_module(module), own)
    assert task.acks_late
    assert task.reject_on_worker_lost
    assert task.retry_on_worker_lost
    assert (task.max_retries, task.default_retry_delay) == (3, SECONDS_AGAIN)


def test_no_wait_for_redis_is_without_end() -> None:
    options = on_redis("redis://redis/0")["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert options["socket_timeout"] <= 5
    assert options["socket_connect_timeout"] <= 5


def test_a_message_is_not_given_out_again_while_its_task_may_still_run(tmp_path: Path) -> None:
    told = celery_settings(Environment({"REDIS_URL": "redis://redis/0"}), tmp_path)
    visible = told["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"]
    assert visible > 2 * told["CELERY_TASK_TIME_LIMIT"]


def test_a_private_socket_is_spelled_as_the_queue_wants_it() -> None:
    told = on_redis("unix:///run/redis.sock?db=1")["CELERY_BROKER_URL"]
    assert told == "redis+socket:///run/redis.sock?db=1"
