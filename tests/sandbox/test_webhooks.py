"""The sandbox registers webhooks for administrators and tells them what happens, as Jira does."""

import hmac
import json
import time
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from jira_sandbox.faults import Fault
from jira_sandbox.messages import Request, Response
from jira_sandbox.server import SandboxServer
from jira_sandbox.testing import SandboxJira, running_sandbox
from tests.sandbox.client import Caller, Callers

SECRET = "a secret"
ADMIN = ("ada@larkspur.example", "sandbox-admin-token")
EVENTS = ["jira:issue_created", "jira:issue_updated", "jira:issue_deleted"]


class Listener:
    """Keeps what it is sent; `answers` are its statuses, 202 when they are used up."""

    def __init__(self) -> None:
        self.heard: list[Request] = []
        self.answers: list[int] = []
        self.server = SandboxServer("127.0.0.1", 0, self.answer)
        self.server.start()

    def answer(self, request: Request) -> Response:
        self.heard.append(request)
        return Response(self.answers.pop(0) if self.answers else 202)

    def wait_for(self, number: int) -> list[Request]:
        patience = time.monotonic() + 10
        while len(self.heard) < number and time.monotonic() < patience:
            time.sleep(0.01)
        assert len(self.heard) == number
        return self.heard


def until_used(fault: Fault) -> None:
    patience = time.monotonic() + 10
    while not fault.used and time.monotonic() < patience:
        time.sleep(0.01)


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.server.close()


@pytest.fixture
def jira() -> Iterator[SandboxJira]:
    with running_sandbox("small") as sandbox:
        sandbox.sandbox.sender.pause = 0.01
        yield sandbox


@pytest.fixture
def admin(callers: Callers) -> Caller:
    return callers.with_token(*ADMIN)


def url_of(caller: Caller, number: str = "") -> str:
    return f"{caller.root}/rest/webhooks/1.0/webhook{number}"


def register(caller: Caller, listener: Listener, **more: Any) -> Any:
    body = {"name": "Us", "url": f"{listener.server.address}/hook", "events": EVENTS}
    return caller.session.post(url_of(caller), json=body | {"secret": SECRET} | more, timeout=20)


def test_an_administrator_registers_lists_and_removes(admin, listener):
    made = register(admin, listener)

    assert (made.status_code, made.json()["isSigned"]) == (201, True)
    assert SECRET not in made.text
    assert [each["name"] for each in admin.session.get(url_of(admin)).json()] == ["Us"]
    assert admin.session.delete(url_of(admin, "/1")).status_code == 204
    assert admin.session.delete(url_of(admin, "/1")).status_code == 404


def test_others_may_not(api, callers, listener):
    assert register(api, listener).status_code == 403
    assert register(callers.anonymous(), listener).status_code == 401


def test_only_this_machine_is_called(admin, listener):
    assert register(admin, listener, url="http://192.0.2.1/hook").status_code == 400


def test_what_happens_is_told_signed_and_identified(jira, admin, listener):
    register(admin, listener)

    moved = jira.move("DEMO-10", "Done")

    (told,) = listener.wait_for(1)
    body = json.loads(told.body)
    proof = hmac.new(SECRET.encode(), told.body, sha256).hexdigest()
    assert told.headers["x-hub-signature"] == f"sha256={proof}"
    assert told.headers["x-atlassian-webhook-identifier"]
    assert (body["webhookEvent"], body["issue"]["id"]) == (EVENTS[1], str(moved.id))
    assert body["issue"]["fields"]["status"]["statusCategory"]["key"] == "done"
    assert body["changelog"]["items"][0]["toString"] == "Done"


def test_new_and_deleted_issues_are_told_too(jira, admin, listener):
    register(admin, listener)

    jira.delete(jira.create("DEMO", "Short lived").key)

    told = {json.loads(each.body)["webhookEvent"] for each in listener.wait_for(2)}
    assert told == {EVENTS[0], EVENTS[2]}


def test_what_was_not_taken_is_sent_again_under_the_same_name(jira, admin, listener):
    register(admin, listener)
    listener.answers = [503, 429]

    jira.move("DEMO-10", "Done")

    told = listener.wait_for(3)
    assert len({each.headers["x-atlassian-webhook-identifier"] for each in told}) == 1
    retries = [each.headers.get("x-atlassian-webhook-retry") for each in told]
    assert retries == [None, "1", "2"]


def test_what_was_refused_is_not(jira, admin, listener):
    register(admin, listener)
    listener.answers = [401]

    jira.move("DEMO-10", "Done")
    listener.wait_for(1)
    time.sleep(0.1)

    assert len(listener.heard) == 1


def test_events_can_be_lost_doubled_and_forged(jira, admin, listener):
    register(admin, listener)
    dropped = jira.fault("webhook-dropped", times=1)
    jira.move("DEMO-10", "Done")
    until_used(dropped)
    jira.fault("webhook-duplicate", times=1)
    jira.move("DEMO-11", "Done")
    listener.wait_for(2)
    jira.fault("webhook-forged", times=1)
    jira.move("DEMO-12", "Done")

    forged = listener.wait_for(3)[-1]
    assert forged.headers["x-hub-signature"] == "sha256=" + "0" * 64


def test_an_event_can_be_overtaken(jira, admin, listener):
    register(admin, listener)
    late = jira.fault("webhook-disorder", times=1, seconds=0.5)
    first = jira.move("DEMO-10", "Done")
    until_used(late)
    second = jira.move("DEMO-11", "Done")

    told = [int(json.loads(each.body)["issue"]["id"]) for each in listener.wait_for(2)]

    assert told == [second.id, first.id]


def test_faults_of_events_leave_calls_alone_and_the_other_way_round(jira, admin, api, listener):
    register(admin, listener)
    jira.fault("webhook-dropped", times=1)
    assert api.get("myself").status_code == 200
    jira.clear_faults()
    jira.fault("500")

    jira.move("DEMO-10", "Done")

    listener.wait_for(1)


def test_a_restart_finds_the_webhooks_again(tmp_path, listener):
    with running_sandbox("small", state=tmp_path / "state.json") as before:
        caller = Callers(before.url)
        register(caller.with_token(*ADMIN), listener)
        caller.close()

    with running_sandbox("small", state=tmp_path / "state.json") as after:
        after.move("DEMO-10", "Done")
        listener.wait_for(1)
