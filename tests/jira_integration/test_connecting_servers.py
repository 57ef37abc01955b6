"""Connect to servers of every kind: odd answers, certificates, answers for somebody else."""

from jira_integration.client import AddressPolicy, TlsFailure, UnprovenAnswer, WrongCredentials
from jira_integration.connecting import Step, examine
from tests.jira_integration.client.certificates import Authority
from tests.jira_integration.client.wire import EMAIL, ME, SERVER_INFO, TOKEN, Heard, Said, station
from tests.jira_integration.test_connecting import ended_at


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
