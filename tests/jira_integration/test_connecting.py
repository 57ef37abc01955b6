"""Connect asks once, in five checks, and says at which of them it ended."""

import pytest
from django.test import override_settings

from atlassian.allowed_calls import policy_from_settings
from atlassian.checks import PLAIN_NOTE, State
from jira_integration.client import (
    AddressPolicy,
    AddressRefused,
    AnonymousAnswer,
    BadAddress,
    BrokenAnswer,
    Captcha,
    Category,
    Forbidden,
    NothingVisible,
    NotJira,
    RateLimited,
    Redirected,
    ServerNotFound,
    TimedOut,
    TlsFailure,
    Unavailable,
    UnprovenAnswer,
    WrongCredentials,
)
from jira_integration.connecting import Examination, Step, examine
from jira_sandbox.testing import SandboxDataCenter
from okr.outgoing.ranges import Address
from tests.jira_integration.client.certificates import Authority
from tests.jira_integration.client.wire import EMAIL, ME, SERVER_INFO, TOKEN
from tests.jira_integration.examining import connect, ended_at, policy_for
from tests.stations import Heard, Said, station

PASSED, FAILED, NOT_REACHED = State.PASSED, State.FAILED, State.NOT_REACHED

pytestmark = pytest.mark.editions("cloud", "data center")


def test_good_credentials_pass_all_five_and_bring_proof(jira):
    examined = connect(jira)
    assert ended_at(examined) is None
    assert examined.connected
    assert examined.failure is None
    assert examined.email == jira.email
    assert examined.site.url == examined.api_base == jira.url
    assert examined.is_cloud is not isinstance(jira, SandboxDataCenter)
    assert examined.account.id == jira.account_id
    assert examined.projects == 2
    assert examined.proof is not None
    assert examined.proof.key.startswith("DEMO-")
    assert examined.proof.category in Category
    assert sum(call.path.endswith("/myself") for call in jira.calls) == 1


def test_any_page_of_jira_will_do_as_the_address(jira):
    page = f"{jira.url}/jira/software/projects/DEMO/boards/1?selectedIssue=DEMO-1"
    assert examine(page, jira.email, jira.token, policy_for(jira)).site.url == jira.url


def test_an_unencrypted_address_that_is_allowed_passes_with_a_note(jira):
    notes = {check.step: check.note for check in connect(jira).checks}
    assert notes[Step.SECURE] == PLAIN_NOTE
    assert sum(bool(note) for note in notes.values()) == 1


def test_an_unencrypted_address_is_noted_whatever_fails_after_it(jira):
    jira.fault("html")
    assert [check.note for check in connect(jira).checks if check.note] == [PLAIN_NOTE]


def test_an_account_that_sees_nothing_is_connected_but_cannot_read(jira):
    examined = connect(jira, jira.nobody_email, jira.nobody_token)
    assert ended_at(examined) is Step.CAN_READ
    assert examined.connected
    assert isinstance(examined.failure, NothingVisible)
    assert examined.failure.account == "Visiting Auditor"


def test_an_account_whose_projects_are_empty_has_no_proof_but_can_read(jira):
    for issue in jira.issues():
        jira.delete(issue.key)
    examined = connect(jira)
    assert ended_at(examined) is None
    assert examined.proof is None


def test_a_site_that_keeps_its_list_of_projects_back_still_connects():
    found = {"id": "7", "key": "A-7", "fields": {"summary": "Read me", "status": {"name": "Open"}}}

    def answer(heard: Heard) -> Said:
        if "/project/search" in heard.path:
            return Said({"errorMessages": ["No such place"]}, status=404)
        return Said(SERVER_INFO | ME | {"issues": [found]})

    with station(answer) as server:
        policy = AddressPolicy(frozenset([server.place]))
        examined = examine(server.url, EMAIL, TOKEN, policy)
    assert ended_at(examined) is None
    assert examined.projects is None
    assert examined.proof is not None
    assert examined.proof.key == "A-7"


@pytest.mark.parametrize(
    ("fault", "options", "step", "kind"),
    [
        ("html", {}, Step.IS_JIRA, NotJira),
        ("redirect", {}, Step.IS_JIRA, Redirected),
        ("500", {}, Step.IS_JIRA, Unavailable),
        ("503", {}, Step.IS_JIRA, Unavailable),
        ("reset", {}, Step.IS_JIRA, Unavailable),
        ("truncated", {}, Step.IS_JIRA, BrokenAnswer),
        ("invalid-json", {}, Step.IS_JIRA, BrokenAnswer),
        ("wrong-schema", {}, Step.IS_JIRA, NotJira),
        ("huge", {}, Step.IS_JIRA, BrokenAnswer),
        ("deep", {}, Step.IS_JIRA, BrokenAnswer),
        ("gzip-bomb", {}, Step.IS_JIRA, BrokenAnswer),
        ("429", {}, Step.IS_JIRA, RateLimited),
        ("401", {"path": "*/myself"}, Step.SIGNED_IN, WrongCredentials),
        ("403", {"path": "*/myself"}, Step.SIGNED_IN, Forbidden),
        ("captcha", {"path": "*/myself"}, Step.SIGNED_IN, Captcha),
        ("redirect", {"path": "*/myself"}, Step.SIGNED_IN, Redirected),
        ("html", {"path": "*/myself"}, Step.SIGNED_IN, NotJira),
        ("wrong-schema", {"path": "*/myself"}, Step.SIGNED_IN, BrokenAnswer),
        ("anonymous", {"path": "projects_at"}, Step.CAN_READ, AnonymousAnswer),
        ("anonymous", {"path": "searches_at"}, Step.CAN_READ, AnonymousAnswer),
        ("429", {"path": "projects_at"}, Step.CAN_READ, RateLimited),
        ("truncated", {"path": "searches_at"}, Step.CAN_READ, BrokenAnswer),
    ],
)
def test_each_fault_fails_its_own_check(jira, fault, options, step, kind):
    path = options.get("path", "*")
    jira.fault(fault, path=getattr(jira, path, path))
    examined = connect(jira)
    assert ended_at(examined) is step
    assert type(examined.failure) is kind


@pytest.mark.parametrize("fault", ["html", "redirect", "500", "truncated", "wrong-schema"])
def test_the_token_is_not_sent_before_it_is_jira_that_answers(jira, fault):
    jira.fault(fault)
    connect(jira)
    assert all(call.path.endswith("/serverInfo") for call in jira.calls)
    assert len(jira.calls) <= 2  # where it was typed, and at one likely place of the same host
    assert not any(call.credentials_sent for call in jira.calls)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("", BadAddress),
        ("https://user:pass@acme.example", BadAddress),
        ("https://127.0.0.1", AddressRefused),
        ("https://acme.example:8443", AddressRefused),
        ("http://169.254.169.254/latest/meta-data", AddressRefused),
        ("https://acme.invalid", ServerNotFound),
    ],
)
def test_an_address_that_cannot_be_reached_fails_the_first_check(address, kind):
    examined = examine(address, EMAIL, TOKEN, AddressPolicy(resolver=nobody_knows))
    assert ended_at(examined) is Step.FOUND
    assert isinstance(examined.failure, kind)


def nobody_knows(*_: object) -> list[Address]:
    raise OSError("no such name")


def test_a_server_that_takes_no_connection_fails_the_first_check_and_a_slow_one_the_third():
    for connected, step in ((False, Step.FOUND), (True, Step.IS_JIRA)):
        examined = Examination(EMAIL)
        examined.failed(TimedOut(host="acme.example", seconds=10, connected=connected))
        assert ended_at(examined) is step


def test_a_bad_certificate_fails_the_second_check_and_nothing_is_sent(tmp_path):
    tls = Authority(tmp_path).server("127.0.0.1")
    with station(lambda _: Said(SERVER_INFO), tls) as server:
        policy = AddressPolicy(frozenset([server.place]))
        examined = examine(server.url, EMAIL, TOKEN, policy)
        assert ended_at(examined) is Step.SECURE
        assert isinstance(examined.failure, TlsFailure)
        assert server.heard == []


def test_a_good_certificate_passes_without_a_note(tmp_path):
    authority = Authority(tmp_path)
    with station(lambda _: Said(SERVER_INFO | ME), authority.server("127.0.0.1")) as server:
        policy = AddressPolicy(frozenset([server.place]), ca_bundle=str(authority.bundle))
        examined = examine(server.url, EMAIL, TOKEN, policy)
    assert ended_at(examined) is Step.CAN_READ
    assert examined.checks[1].note == ""


def test_an_answer_for_somebody_else_fails_the_last_check():
    def answer(heard: Heard) -> Said:
        name = "1" if heard.path.endswith("/myself") else "2"
        return Said(SERVER_INFO | ME | {"total": 3}, headers={"X-AACCOUNTID": name})

    with station(answer) as server:
        policy = AddressPolicy(frozenset([server.place]))
        examined = examine(server.url, EMAIL, TOKEN, policy)
    assert ended_at(examined) is Step.CAN_READ
    assert isinstance(examined.failure, UnprovenAnswer)


def test_the_policy_is_what_the_operator_set():
    with override_settings(
        JIRA_ALLOWED_HOSTS=["JIRA.corp:8443", "127.0.0.1:9000"],
        JIRA_GATEWAY="https://gateway.example/",
        JIRA_PROXY="http://proxy.corp:3128",
        JIRA_CA_BUNDLE="/etc/ssl/corp.pem",
    ):
        policy = policy_from_settings()
    assert policy.lists("jira.corp", 8443)
    assert policy.lists("127.0.0.1", 9000)
    assert not policy.lists("jira.corp", 443)
    assert (policy.gateway, policy.ca_bundle) == ("https://gateway.example", "/etc/ssl/corp.pem")
    assert policy.proxy == "http://proxy.corp:3128"
    assert "proxy.corp" not in repr(policy)
