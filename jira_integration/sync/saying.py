"""Says in one line of the log how a run went, by numbers alone: whose and which is in its row."""

import structlog
from django.utils import timezone

from jira_integration.models import SyncRun

logger = structlog.get_logger(__name__)


def say(run: SyncRun) -> None:
    began = run.started_at or timezone.now()
    took = (run.finished_at or timezone.now()) - began
    logger.info(
        "run",
        site=run.connection_id,
        run=run.pk,
        trigger=run.trigger,
        outcome=run.state,
        failure=run.failure_code,
        calls=run.calls,
        changed=run.changed,
        milliseconds=round(took.total_seconds() * 1000),
    )
