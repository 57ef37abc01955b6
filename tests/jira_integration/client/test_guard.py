"""No connection leaves for an address that the operator has not allowed."""

import socket
from collections.abc import Iterator

import pytest

from atlassian.client.policy import DEFAULT_GATEWAY
from jira_integration.client import (
    AddressPolicy,
    AddressRefused,
    BadAddress,
    CloudClient,
    Credentials,
    JiraError,
    ServerNotFound,
    TimedOut,
    read_address,
)
from tests.jira_integration.client.wire import EMAIL, TOKEN
from tests.okr.outgoing.forbidden import PRIVATE, SPELLINGS
from tests.stations import Line, line


@pytest.fixture
def listening() -> Iterator[Line]:
    with line(lambda _: None) as listener:
        yield listener


def try_to_reach(address: str, allowed: AddressPolicy) -> JiraError:
    with pytest.raises(JiraError) as failed:
        reach(address, allowed)
    return failed.value


def reach(address: str, allowed: AddressPolicy) -> None:
    site = read_address(address, allowed.allowed_hosts)
    with CloudClient(site, Credentials(EMAIL, TOKEN), allowed) as client:
        client.myself()


def test_the_corpus_is_worth_its_name():
    assert len(set(SPELLINGS)) >= 100


@pytest.mark.parametrize("spelling", [*SPELLINGS, *PRIVATE])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_reaches_an_inner_address(spelling, scheme, listening):
    failure = try_to_reach(f"{scheme}://{spelling}:{listening.port}/", AddressPolicy())
    assert isinstance(failure, AddressRefused | BadAddress)
    failure = try_to_reach(f"https://{spelling}/", AddressPolicy())
    assert isinstance(failure, AddressRefused | BadAddress)
    assert listening.connections == 0


@pytest.mark.parametrize("spelling", sorted(set(SPELLINGS) - {"127.0.0.1", "[::1]"}))
def test_listing_a_forbidden_address_opens_nothing(spelling, listening):
    """Even where the operator listed it as it is spelled, or as it is understood."""
    place = f"{spelling}:{listening.port}".lower()
    if understood := read_or_none(f"https://{place}"):
        listed = AddressPolicy(frozenset([place, f"{understood}:{listening.port}"]))
        if understood not in ("127.0.0.1", "127.0.0.2", "127.255.255.254", "[::1]"):
            failure = try_to_reach(f"https://{place}/", listed)
            assert isinstance(failure, AddressRefused)
    assert listening.connections == 0


def read_or_none(text: str) -> str | None:
    try:
        host = read_address(text).host
    except BadAddress:
        return None
    return f"[{host}]" if ":" in host else host


def test_a_listed_loopback_address_opens_itself_alone(listening):
    listed = AddressPolicy(frozenset([listening.place]))
    try_to_reach(f"http://{listening.place}", listed)
    assert listening.connections == 1
    for other in (f"localhost:{listening.port}", f"127.0.0.2:{listening.port}", "127.0.0.1:1"):
        assert isinstance(try_to_reach(f"http://{other}", listed), AddressRefused)
    assert listening.connections == 1


def test_a_closed_port_is_a_server_not_found():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
    failure = try_to_reach(f"http://{place}", AddressPolicy(frozenset([place])))
    assert isinstance(failure, ServerNotFound)
    assert failure.retry
    assert not isinstance(failure, TimedOut)


def test_scoped_tokens_go_to_atlassian_only_for_its_own_sites():
    cloud = read_address("acme.atlassian.net")
    other = read_address("jira.acme.example")
    assert AddressPolicy().gateway_for(cloud) == DEFAULT_GATEWAY
    assert AddressPolicy().gateway_for(other) == ""


def test_a_listed_site_is_its_own_gateway_unless_another_is_listed():
    site = read_address("http://127.0.0.1:9000", {"127.0.0.1:9000"})
    one, two = "127.0.0.1:9000", "127.0.0.1:9001"
    gateway = f"http://{two}"
    assert AddressPolicy(frozenset([one])).gateway_for(site) == site.origin
    assert AddressPolicy(frozenset([one]), gateway=gateway).gateway_for(site) == ""
    assert AddressPolicy(frozenset([one, two]), gateway=gateway).gateway_for(site) == gateway
