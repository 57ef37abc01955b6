"""Tells Sentry of breakdowns where the operator wants it: what broke and where, never for whom.

No integration of its SDK is used: they patch what they watch, and collect more than we tell. What
goes out is made anew of the few things below, so that what is not named here never does.
"""

import atexit
import re
import sys
from typing import TYPE_CHECKING, Any, cast

from celery.signals import task_failure
from django.core.signals import got_request_exception
from django.http import HttpRequest
from structlog.contextvars import get_contextvars

from config.watch.redaction import redact
from config.watch.request_line import route_of

if TYPE_CHECKING:
    from sentry_sdk.transport import Transport
    from sentry_sdk.types import Event, Hint

KEPT = ("event_id", "timestamp", "level", "platform", "environment")
KEPT_OF_FRAMES = ("filename", "function", "module", "lineno", "in_app")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
SECONDS = 2.0


def begin(dsn: str, environment: str, transport: "type[Transport] | None" = None) -> None:
    """Imported only here: it takes a tenth of a second."""
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        transport=transport,
        before_send=told,
        default_integrations=False,
        auto_enabling_integrations=False,
        auto_session_tracking=False,
        send_client_reports=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="",
    )
    got_request_exception.connect(of_request, dispatch_uid="sentry")
    task_failure.connect(of_task, dispatch_uid="sentry")
    atexit.register(sentry_sdk.flush, SECONDS)


def end() -> None:
    """Tells nobody any more."""
    import sentry_sdk

    got_request_exception.disconnect(dispatch_uid="sentry")
    task_failure.disconnect(dispatch_uid="sentry")
    sentry_sdk.flush(SECONDS)
    sentry_sdk.get_global_scope().set_client(None)


def of_request(request: HttpRequest, **_facts: Any) -> None:
    capture(sys.exc_info()[1], route=route_of(request), method=request.method or "")


def of_task(sender: Any, exception: BaseException, **_facts: Any) -> None:
    capture(exception, task=sender.name)


def capture(error: BaseException | None, **tags: str) -> None:
    import sentry_sdk

    number = str(get_contextvars().get("request_id", ""))
    with sentry_sdk.new_scope() as scope:
        scope.set_tags({**tags, "request_id": number} if number else tags)
        sentry_sdk.capture_exception(error, scope=scope)


def told(event: "Event", _hint: "Hint") -> "Event":
    """All that leaves the house of an event."""
    known = cast("dict[str, Any]", event)
    values = known.get("exception", {}).get("values", [])
    tags = {name: redact(str(value)) for name, value in known.get("tags", {}).items()}
    small = _named(KEPT, known)
    small |= {"tags": tags, "exception": {"values": [_exception(each) for each in values]}}
    return cast("Event", small)


def _exception(value: dict[str, Any]) -> dict[str, Any]:
    """Of its words nothing that was quoted: there stands what somebody typed."""
    words = QUOTED.sub("'•••'", redact(str(value.get("value") or "")))
    frames = (value.get("stacktrace") or {}).get("frames", [])
    return {
        "type": value.get("type"),
        "module": value.get("module"),
        "value": words,
        "stacktrace": {"frames": [_named(KEPT_OF_FRAMES, frame) for frame in frames]},
    }


def _named(names: tuple[str, ...], known: dict[str, Any]) -> dict[str, Any]:
    return {name: known[name] for name in names if name in known}
