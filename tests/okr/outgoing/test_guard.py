"""No connection leaves for an address that the operator has not allowed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from ipaddress import ip_address

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from okr.outgoing import (
    AddressPolicy,
    AddressRefused,
    Answer,
    BadAddress,
    CallError,
    GuardedAdapter,
    PlainHttp,
    ServerNotFound,
    TimedOut,
    WayOut,
    read_answer,
    read_place,
)
from okr.outgoing.guard import admit, connect
from okr.outgoing.policy import in_time, look_up
from okr.outgoing.ranges import Address, Reach, reach_of
from tests.okr.outgoing.forbidden import PRIVATE, SPELLINGS
from tests.stations import Heard, Line, Said, line, station


@pytest.fixture
def listening() -> Iterator[Line]:
    with line(lambda _: None) as listener:
        yield listener


def ask(address: str, allowed: AddressPolicy) -> Answer:
    url = read_place(address, allowed.allowed_hosts).url
    with WayOut(allowed) as way:
        return way.ask(requests.Request("POST", url, json={"n": 1}), read_answer)


def failure_at(address: str, allowed: AddressPolicy) -> CallError:
    with pytest.raises(CallError) as failed:
        ask(address, allowed)
    return failed.value


@pytest.mark.parametrize("spelling", [*SPELLINGS, *PRIVATE])
def test_no_spelling_reaches_an_inner_address(spelling, listening):
    for address in (f"http://{spelling}:{listening.port}/hook", f"https://{spelling}/hook"):
        failure = failure_at(address, AddressPolicy())
        assert isinstance(failure, AddressRefused | BadAddress)
    assert listening.connections == 0


def test_a_listed_address_is_asked_with_its_path_and_query():
    with station(lambda _: Said({"ok": True}, status=202)) as server:
        listed = AddressPolicy(frozenset([server.place]))
        answer = ask(f"http://{server.place}/hook?key=1", listed)

    assert (answer.status, answer.json()) == (202, {"ok": True})
    assert [(heard.path, heard.query) for heard in server.heard] == [("/hook", {"key": "1"})]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_and_never_followed(status, listening):
    def elsewhere(heard: Heard) -> Said:
        return Said(status=status, headers={"Location": f"http://{listening.place}/"})

    with station(elsewhere) as server:
        listed = AddressPolicy(frozenset([server.place, listening.place]))
        assert ask(server.url, listed).status == status

    assert len(server.heard) == 1
    assert listening.connections == 0


def policy(*addresses: str, listed: str = "") -> AddressPolicy:
    """A policy in whose world every name has these addresses."""
    found = [ip_address(address) for address in addresses]
    return AddressPolicy(frozenset([listed]), resolver=lambda *_: found)


@pytest.mark.parametrize("bad", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1"])
def test_one_bad_address_among_good_ones_refuses_the_name(bad):
    for addresses in ([bad, "8.8.8.8"], ["8.8.8.8", "2606:4700::1", bad]):
        with pytest.raises(AddressRefused):
            admit("https", "acme.example", 443, policy(*addresses))


def test_a_private_address_opens_for_its_exact_host_and_port():
    allowed = policy("10.0.0.1", listed="jira.corp:8080")
    assert admit("http", "jira.corp", 8080, allowed) == [ip_address("10.0.0.1")]
    for scheme, host, port in [
        ("https", "jira.corp", 443),
        ("https", "jira.corp", 8081),
        ("https", "wiki.corp", 8080),
        ("https", "10.0.0.1", 8080),
    ]:
        with pytest.raises(AddressRefused):
            admit(scheme, host, port, allowed)


def test_a_listed_name_never_leads_to_loopback_or_metadata():
    for address in ("127.0.0.1", "::1", "169.254.169.254", "100.100.100.200", "0.0.0.0"):  # noqa: S104
        with pytest.raises(AddressRefused):
            admit("https", "jira.corp", 443, policy(address, listed="jira.corp:443"))


def test_plain_http_needs_a_listed_address():
    with pytest.raises(PlainHttp):
        admit("http", "acme.example", 80, policy("8.8.8.8"))
    assert admit("http", "acme.example", 80, policy("8.8.8.8", listed="acme.example:80"))


def test_an_unlisted_port_is_refused_before_the_name_is_asked():
    def resolver(*_):
        raise AssertionError("asked")

    with pytest.raises(AddressRefused):
        admit("https", "acme.example", 8443, AddressPolicy(resolver=resolver))


def test_a_name_is_asked_once_and_its_answer_used():
    answers = iter([[ip_address("8.8.8.8")], [ip_address("127.0.0.1")]])
    rebinding = AddressPolicy(resolver=lambda *_: next(answers))
    assert admit("https", "acme.example", 443, rebinding) == [ip_address("8.8.8.8")]
    with pytest.raises(AddressRefused):
        admit("https", "acme.example", 443, rebinding)


@pytest.mark.parametrize("problem", [OSError("no such name"), TimeoutError(), []])
def test_a_name_without_an_answer_is_refused(problem):
    def resolver(*_):
        if isinstance(problem, OSError):
            raise problem
        return problem

    with pytest.raises(ServerNotFound):
        admit("https", "acme.example", 443, AddressPolicy(resolver=resolver))


def test_the_system_resolver_finds_this_machine_and_refuses_nonsense():
    assert ip_address("127.0.0.1") in look_up("localhost", 443, 5)
    with pytest.raises(OSError, match=r"."):
        look_up("a" * 70 + ".invalid", 443, 5)


def test_a_name_that_nobody_answers_for_is_given_up_in_time():
    over = threading.Event()

    def dawdle() -> list[Address]:
        over.wait(5)
        return []

    with pytest.raises(TimeoutError):
        in_time(dawdle, 0.05)
    over.set()


def test_a_connection_that_nobody_takes_ends_in_time():
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as callers:
        port = full.getsockname()[1]
        for _ in range(4):  # the queue is full after one or two
            caller = callers.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
        with pytest.raises(TimedOut) as failed:
            connect("127.0.0.1", port, [ip_address("127.0.0.1")], 0.3)
    assert not failed.value.connected


def test_the_next_address_is_tried_where_the_first_takes_no_connection(listening):
    dead, alive = ip_address("127.0.0.9"), ip_address("127.0.0.1")
    connect("acme.example", listening.port, [dead, alive], 5).close()
    with pytest.raises(ServerNotFound):
        connect("acme.example", listening.port, [dead], 5)


def test_a_line_can_be_cut_before_during_and_after(listening):
    adapter = GuardedAdapter(AddressPolicy(frozenset([listening.place])))
    adapter.cut()
    with adapter.dial("http", "127.0.0.1", listening.port) as connection:
        adapter.cut()
        assert connection.recv(1) == b""
        adapter.cut()
    adapter.close()
    adapter.cut()


@given(st.ip_addresses())
def test_every_address_is_judged_and_only_global_ones_are_public(address):
    if reach_of(address) is Reach.PUBLIC:
        assert address.is_global
        assert not address.is_multicast


@given(st.ip_addresses(v=4))
def test_an_address_in_disguise_is_never_less_forbidden(address):
    bits = int(address)
    for disguise in (
        ip_address((0xFFFF << 32) | bits).__class__((0xFFFF << 32) | bits),
        ip_address((0x64FF9B << 96) | bits),
        ip_address((0x2002 << 112) | (bits << 80)),
    ):
        public = reach_of(address) is Reach.PUBLIC
        assert (reach_of(disguise) is Reach.PUBLIC) == public
