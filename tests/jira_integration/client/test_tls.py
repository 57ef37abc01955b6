"""TLS proves the name before anything is sent."""

from ssl import SSLContext

import pytest

from atlassian.client.credentials import Credentials
from atlassian.client.transport import Call, Transport
from jira_integration.client import (
    AddressPolicy,
    Patience,
    SiteAddress,
    TimedOut,
    TlsFailure,
    Token,
    Unavailable,
)
from jira_integration.client.dialect import JIRA
from okr.outgoing.guard import GuardedAdapter, connect
from okr.outgoing.ranges import read_literal
from tests.jira_integration.client.certificates import Authority
from tests.jira_integration.client.wire import EMAIL, TOKEN, client_of, patient_client
from tests.stations import Said, line, station

ME = {"accountId": "1", "displayName": "Acme Bot"}


@pytest.fixture
def authority(tmp_path) -> Authority:
    return Authority(tmp_path)


def reason_for(tls: SSLContext, **policy) -> str:
    with station(lambda _: Said(ME), tls) as server, client_of(server, **policy) as client:
        with pytest.raises(TlsFailure) as failed:
            client.myself()
        assert server.heard == []
    return failed.value.reason


def test_a_certificate_of_a_given_authority_is_accepted(authority):
    tls, bundle = authority.server("127.0.0.1"), str(authority.bundle)
    with station(lambda _: Said(ME), tls) as server, client_of(server, ca_bundle=bundle) as client:
        assert client.myself().name == "Acme Bot"


def test_an_unknown_issuer_is_refused(authority):
    assert reason_for(authority.server("127.0.0.1")) == "unknown issuer"


def test_an_expired_certificate_is_refused(authority):
    tls = authority.server("127.0.0.1", expired=True)
    assert reason_for(tls, ca_bundle=str(authority.bundle)) == "certificate expired"


@pytest.mark.parametrize("name", ["127.0.0.2", "acme.example"])
def test_a_certificate_for_another_name_is_refused(authority, name):
    assert reason_for(authority.server(name), ca_bundle=str(authority.bundle)) == "wrong name"


def test_a_server_without_tls_is_refused():
    with station(lambda _: Said(ME)) as server:
        server.scheme = "https"
        with client_of(server) as client, pytest.raises(TlsFailure) as failed:
            client.myself()
        assert failed.value.reason == "no common encryption"
        assert server.heard == []


def test_a_hang_up_during_the_handshake_is_told_apart_from_a_bad_certificate():
    with line(lambda connection: connection.recv(10)) as server:
        server.url = f"https://{server.place}"
        with client_of(server) as client, pytest.raises((TlsFailure, Unavailable)):
            client.myself()


def test_a_handshake_that_never_comes_ends_in_time():
    with line(lambda _: server.over.wait(5)) as server:
        server.url = f"https://{server.place}"
        with patient_client(server, Patience(0.2, 5)) as client, pytest.raises(TimedOut):
            client.myself()


class Elsewhere(GuardedAdapter):
    """Sends what is meant for a name to this machine, where the test listens."""

    here = 0

    def dial(self, _scheme: str, host: str, _port: int):
        loopback = read_literal("127.0.0.1")
        assert loopback
        return connect(host, self.here, [loopback], 5)


@pytest.mark.parametrize(("certified", "fits"), [("acme.example", True), ("evil.example", False)])
def test_the_name_is_proven_although_the_socket_goes_to_an_address(authority, certified, fits):
    tls, asked_for = authority.server(certified), []
    tls.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    with station(lambda _: Said(ME), tls) as server:
        policy = AddressPolicy(ca_bundle=str(authority.bundle))
        adapter = Elsewhere(policy)
        adapter.here = server.server_port
        site = SiteAddress("https", "acme.example", 443)
        credentials = Credentials(EMAIL, Token(TOKEN))
        with Transport(JIRA, credentials, policy, Patience(), adapter=adapter) as transport:
            call = Call("GET", f"{site.url}/rest/api/3/myself", what="users")
            if fits:
                assert transport.ask(call) == ME
            else:
                with pytest.raises(TlsFailure):
                    transport.ask(call)
        assert asked_for == ["acme.example"]
        assert [heard.headers["Host"] for heard in server.heard] == ["acme.example"] * fits
