"""A queue that cannot be reached is waited for by one request, not by each."""

from collections.abc import Iterator

import pytest
from celery import Celery

from config.background import on_redis
from config.celery import app
from jira_integration.bell import ring
from tests.servers import free_port


@pytest.fixture
def _unreachable() -> Iterator[None]:
    """Another application, with a queue that nobody serves."""
    other = Celery(set_as_current=True)
    other.config_from_object(on_redis(f"redis://127.0.0.1:{free_port()}/0"), namespace="CELERY")
    yield
    app.set_current()


@pytest.mark.usefixtures("_unreachable")
def test_a_queue_that_is_gone_is_tried_once_and_then_left_in_peace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    for _ in range(3):
        ring(1)

    assert len([each for each in caplog.messages if "cannot be reached" in each]) == 1
