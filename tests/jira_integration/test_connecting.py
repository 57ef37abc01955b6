"""Connect asks once, in five checks, and says at which of them it ended."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from jira_integration.client import (
    AddressPolicy,
    AddressRefused,
    AnonymousAnswer,
    BadAddress,
    BrokenAnswer,
    Captcha,
    Category,
    Forbidden,
    MissingScope,
    NothingVisible,
    NotJira,
    RateLimited,
    Redirected,
    ServerNotFound,
    TimedOut,
    Unavailable,
    WrongCredentials,
)
from jira_integration.client.ranges import Address
from jira_integration.connecting import (
    PLAIN_NOTE,
    Examination,
    State,
    Step,
    examine,
    policy_from_settings,
)
from jira_sandbox.testing import SandboxJira, running_sandbox
from tests.jira_integration.client.wire import (
    EMAIL,
    TOKEN,
    Heard,
    Said,
    station,
)

PASSED, FAILED, NOT_REACHED = State.PASSED, State.FAILED, State.NOT_REACHED


@pytest.fixture
def jira() -> Iterator[SandboxJira]:
    with running_sandbox("small") as sandbox:
        yield sandbox


def policy_for(jira: SandboxJira, **options) -> AddressPolicy:
    return AddressPolicy(frozenset([jira.url.removeprefix("http://")]), **options)


def connect(jira: SandboxJira, email: str = "", token: str = "", **options) -> Examination:
    policy = policy_for(jira, **options)
    return examine(jira.url, email or jira.email, token or jira.token, policy)


def ended_at(examined: Examination) -> Step | None:
    """The check that failed, after making sure that the five read as one row of dominoes."""
    assert [check.step for check in examined.checks] == list(Step)
    states = [check.state for check in examined.checks]
    if FAILED not in states:
        assert states == [PASSED] * 5
        return None
    place = states.index(FAILED)
    assert states == [PASSED] * place + [FAILED] + [NOT_REACHED] * (4 - place)
    assert examined.failure is examined.checks[place].error
    return examined.checks[place].step


def test_good_credentials_pass_all_five_and_bring_proof(jira):
    examined = connect(jira)
    assert ended_at(examined) is None
    assert examined.connected
    assert examined.failure is None
    assert examined.email == jira.email
    assert examined.site.url == examined.api_base == jira.url
    assert examined.server.is_cloud
    assert examined.account.id == jira.account_id
    assert examined.projects == 2
    assert examined.proof is not None
    assert examined.proof.key.startswith("DEMO-")
    assert examined.proof.category in Category
    assert [call.path for call in jira.calls].count("/rest/api/3/myself") == 1


def test_any_page_of_jira_will_do_as_the_address(jira):
    page = f"{jira.url}/jira/software/projects/DEMO/boards/1?selectedIssue=DEMO-1"
    assert examine(page, jira.email, jira.token, policy_for(jira)).site.url == jira.url


def test_an_unencrypted_address_that_is_allowed_passes_with_a_note_whatever_follows(jira):
    for _ in ("all is well", "not Jira"):
        notes = {check.step: check.note for check in connect(jira).checks}
        assert notes[Step.SECURE] == PLAIN_NOTE
        assert sum(bool(note) for note in notes.values()) == 1
        jira.fault("html")


def test_a_scoped_token_is_taken_by_the_gateway_and_that_is_remembered(jira):
    examined = connect(jira, token=jira.scoped_token)
    assert ended_at(examined) is None
    assert examined.api_base == jira.gateway
    assert examined.cloud_id == jira.cloud_id
    assert examined.proof is not None


def test_a_token_without_the_scope_says_what_it_may_not_read(jira):
    examined = connect(jira, token=jira.thin_token)
    assert ended_at(examined) is Step.SIGNED_IN
    assert isinstance(examined.failure, MissingScope)
    assert examined.failure.what == "users"


def test_a_wrong_token_is_tried_once_at_the_site_and_once_at_the_gateway(jira):
    examined = connect(jira, token="wrong")
    assert ended_at(examined) is Step.SIGNED_IN
    assert isinstance(examined.failure, WrongCredentials)
    assert not examined.connected
    assert examined.account.id == examined.api_base == ""
    signed = [call for call in jira.calls if call.path.endswith("/myself")]
    assert len(signed) == 2


def test_without_a_gateway_a_refused_token_is_simply_refused(jira):
    examined = connect(jira, token=jira.scoped_token, gateway="https://gateway.example")
    assert isinstance(examined.failure, WrongCredentials)
    assert not [call for call in jira.calls if call.path.startswith("/ex/")]


def test_a_gateway_that_does_not_know_the_site_changes_nothing(jira):
    def gateway(_: Heard) -> Said:
        return Said({"code": 404, "message": "There is no such site."}, 404)

    with station(gateway) as other:
        places = frozenset([jira.url.removeprefix("http://"), other.place])
        policy = AddressPolicy(places, gateway=other.url)
        examined = examine(jira.url, jira.email, jira.scoped_token, policy)
    assert isinstance(examined.failure, WrongCredentials)
    assert len(other.heard) == 1


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
        ("anonymous", {"path": "*/project/*"}, Step.CAN_READ, AnonymousAnswer),
        ("anonymous", {"path": "*/search/*"}, Step.CAN_READ, AnonymousAnswer),
        ("429", {"path": "*/project/*"}, Step.CAN_READ, RateLimited),
        ("truncated", {"path": "*/search/*"}, Step.CAN_READ, BrokenAnswer),
    ],
)
def test_each_fault_fails_its_own_check(jira, fault, options, step, kind):
    jira.fault(fault, **options)
    examined = connect(jira)
    assert ended_at(examined) is step
    assert type(examined.failure) is kind


@pytest.mark.parametrize("fault", ["html", "redirect", "500", "truncated", "wrong-schema"])
def test_the_token_is_not_sent_before_it_is_jira_that_answers(jira, fault):
    jira.fault(fault)
    connect(jira)
    assert [call.path for call in jira.calls] == ["/rest/api/3/serverInfo"]
    assert not jira.calls[0].credentials_sent


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
