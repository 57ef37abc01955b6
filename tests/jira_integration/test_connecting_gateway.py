"""Tokens with scopes are taken by the gateway alone; a token goes nowhere it does not have to."""

from jira_integration.client import (
    AddressPolicy,
    MissingScope,
    WrongCredentials,
)
from jira_integration.connecting import (
    Step,
    examine,
)
from tests.jira_integration.client.wire import EMAIL, SERVER_INFO, TOKEN
from tests.jira_integration.examining import connect, ended_at
from tests.stations import Heard, Said, station


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


def test_a_site_that_does_not_know_its_own_number_has_no_gateway():
    def answer(heard: Heard) -> Said:
        if heard.path.endswith("/serverInfo"):
            return Said(SERVER_INFO)
        return Said({}, 401 if heard.path.endswith("/myself") else 404)

    with station(answer) as server:
        policy = AddressPolicy(frozenset([server.place]))
        examined = examine(server.url, EMAIL, TOKEN, policy)
    assert ended_at(examined) is Step.SIGNED_IN
    assert isinstance(examined.failure, WrongCredentials)
    assert examined.cloud_id == ""
