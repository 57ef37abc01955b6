"""Logs: a line a request, by route and never by address; its number follows into the tasks."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from celery import current_app
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils.log import log_response
from django_structlog.celery.receivers import CeleryReceiver
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars
from structlog.stdlib import ProcessorFormatter

from config.watch import gunicorn_log
from config.watch.logs import formatter
from config.watch.request_line import HEADER, number_of
from config.watch.tasks import tick
from jira_integration.client import Credentials
from okr.views.errors import BROKEN
from tests.cast import signed_in

CANARY = "Zq8canary7vNxW31"


def test_a_request_is_one_line_by_its_route(ada, lines):
    answer = signed_in(ada).get(f"/search/?q={CANARY}")

    [line] = lines.of("request")
    assert line["route"] == "okr:search"
    assert (line["method"], line["status"], line["person"]) == ("GET", 200, ada.pk)
    assert line["milliseconds"] > 0
    assert line["request_id"] == answer[HEADER]
    assert line["level"] == "info"
    assert CANARY not in lines.text
    assert "larkspur.example" not in lines.text


def test_an_address_that_is_none_stays_out_of_the_log(client, lines):
    client.get(f"/welcome/{CANARY}/nowhere/")
    [line] = lines.parsed
    assert (line["route"], line["status"]) == ("none", 404)


def test_an_answer_that_tells_of_trouble_is_told_once(rf, lines):
    response = HttpResponse(status=503)
    log_response("Service Unavailable: %s", f"/{CANARY}", response=response, request=rf.get("/"))
    assert lines.parsed == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("3f2a9c1e-77aa-4b6e-9f0e-1d2c3b4a5e6f", True),
        ("edge.eu-1_00042", True),
        ("short", False),
        ("a" * 65, False),
        ("with space in it", False),
        ("line\u2028break-in-it", False),
        ("<script>alert(1)", False),
        ("", False),
    ],
)
def test_a_number_from_outside_is_taken_over_where_it_is_one(rf, given, kept):
    number = number_of(rf.get("/", headers={HEADER: given}))
    assert (number == given) is kept
    assert number.isalnum() or kept


def broken(_request: HttpRequest, token: str) -> HttpResponse:
    raise RuntimeError(f"Authorization: Basic {CANARY}")


urlpatterns = [path("broken/<str:token>/", broken, name="broken"), path("", include("okr.urls"))]
handler500 = "okr.views.errors.broken"


@pytest.mark.urls(__name__)
def test_a_breakdown_shows_the_number_under_which_the_log_tells_of_it(ada, lines):
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    answer = client.get(f"/broken/{CANARY}/", headers={HEADER: "edge-12345678"})

    page = answer.content.decode()
    assert BROKEN in page
    assert "tell your admin this number: edge-12345678." in page
    told = lines.of("Internal Server Error at broken")[0]
    assert "RuntimeError" in told["exception"]
    assert {line["request_id"] for line in lines.parsed} == {"edge-12345678"}
    assert lines.of("request")[0]["level"] == "warning"
    assert CANARY not in lines.text


def test_the_number_of_a_request_follows_into_the_task_that_it_rang_for():
    receiver, headers = CeleryReceiver(), {"id": "1", "task": "jira_integration.tasks.run_waiting"}
    bind_contextvars(request_id="edge-12345678")
    receiver.receiver_before_task_publish(headers=headers, body={}, properties={})
    clear_contextvars()
    tick.push_request(**headers)
    try:
        receiver.receiver_task_prerun(task_id="1", task=tick)
        follows = {"request_id": "edge-12345678", "task": tick.name, "task_id": "1"}
        assert get_contextvars() == follows
    finally:
        tick.pop_request()
        clear_contextvars()


def test_existing_lines_take_the_same_shape(lines):
    logging.getLogger("okr.digests").warning("The mail server could not be used: %s", OSError(5))
    [line] = lines.parsed
    assert list(line)[:4] == ["timestamp", "level", "logger", "event"]
    assert line["event"] == "The mail server could not be used: 5"


def test_a_line_to_read_is_one_line_whatever_is_in_it():
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter("line"))
    record = logging.LogRecord("okr", logging.INFO, "x", 1, "one\ntwo token=%s", (CANARY,), None)
    handler.emit(record)
    assert "INFO okr one ⏎ two token=•••" in stream.getvalue()
    assert stream.getvalue().count("\n") == 1


def test_what_is_said_to_structlog_goes_the_same_way(lines):
    structlog.get_logger("jira_integration.sync").warning("run", credentials=Credentials("a", "b"))
    assert lines.parsed[0]["event"] == "run"


class Configuration:
    """What gunicorn hands to its logger."""

    loglevel = "warning"

    def __getattr__(self, name: str) -> None:
        return None


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """As it was before, however a test sets it up."""
    logger = logging.getLogger()
    handlers, level = list(logger.handlers), logger.level
    yield logger
    logger.handlers[:] = handlers
    logger.setLevel(level)


def test_gunicorn_speaks_through_our_handlers(root):
    logger = gunicorn_log.Logger(Configuration())
    assert logger.error_log.handlers == []
    assert logger.error_log.propagate
    assert [type(each.formatter) for each in root.handlers] == [ProcessorFormatter]


def test_celery_leaves_the_logs_alone(root):
    handlers = list(root.handlers)
    current_app.log.setup(loglevel=logging.INFO)
    assert root.handlers == handlers
