"""What is written into a Jira of either edition, and what it says where we may not."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from jira_integration.client import (
    AddressPolicy,
    CloudClient,
    Credentials,
    DataCenterClient,
    Forbidden,
    Kind,
    MissingScope,
    NotFound,
    QueryRefused,
    RateLimited,
    RemoteLink,
    driver_for,
    read_address,
)
from jira_sandbox.testing import SandboxDataCenter, SandboxJira, running_data_center

BOTH = pytest.mark.editions("cloud", "data center")
TASK = "10002"


def remote_link(title: str = "Key result: Clinics set up – 40%") -> RemoteLink:
    return RemoteLink(
        global_id="https://okr.example/key-results/1/",
        url="https://okr.example/key-results/1/",
        title=title,
        summary="",
        status="40%",
        resolved=False,
        relationship="counts for",
        application="Plumbline",
        application_type="plumbline",
        icon_url="https://okr.example/a.svg",
        status_icon_url="https://okr.example/b.svg",
    )


@contextmanager
def writer(
    jira: SandboxJira, token: str = "", *, gateway: bool = False
) -> Iterator[CloudClient | DataCenterClient]:
    policy = AddressPolicy(frozenset([jira.place]))
    cloud = not isinstance(jira, SandboxDataCenter)
    kind = Kind.API_TOKEN if cloud else Kind.ACCESS_TOKEN
    credentials = Credentials(jira.email, token or jira.token, kind)
    site = read_address(jira.url, policy.allowed_hosts)
    base = jira.gateway if gateway else ""
    with driver_for(cloud=cloud)(site, credentials, policy, base) as client:
        yield client


@BOTH
def test_a_remote_link_is_made_once_and_brought_up_to_date(jira):
    number = jira.issue("DEMO-1").id
    with writer(jira) as client:
        client.keep_remote_link(number, remote_link())
        client.keep_remote_link(number, remote_link("Key result: Clinics set up – 62%"))

    (link,) = jira.remote_links("DEMO-1")
    assert link.title == "Key result: Clinics set up – 62%"
    assert link.relationship == "counts for"


@BOTH
def test_removing_what_is_not_there_is_no_fault(jira):
    link = remote_link()
    with writer(jira) as client:
        client.keep_remote_link(jira.issue("DEMO-1").id, link)

        assert client.remove_remote_link(jira.issue("DEMO-1").id, link.global_id)
        assert not client.remove_remote_link(jira.issue("DEMO-1").id, link.global_id)
        assert not client.remove_remote_link(99_999, link.global_id)
    assert jira.remote_links("DEMO-1") == []


@BOTH
def test_an_issue_that_is_gone_and_a_project_that_refuses_are_told_apart(jira):
    jira.withhold("LINK_ISSUES", "DEMO")
    with writer(jira) as client:
        with pytest.raises(NotFound):
            client.keep_remote_link(99_999, remote_link())
        with pytest.raises(Forbidden):
            client.keep_remote_link(jira.issue("DEMO-1").id, remote_link())
        assert client.permissions(["LINK_ISSUES", "CREATE_ISSUES"]) >= {"CREATE_ISSUES"}


def test_a_token_that_may_only_read_says_so_and_changes_nothing(jira):
    with writer(jira, jira.scoped_token, gateway=True) as client:
        with pytest.raises(MissingScope):
            client.keep_remote_link(jira.issue("DEMO-1").id, remote_link())
        with pytest.raises(MissingScope):
            client.may_create()
    with writer(jira, jira.write_token, gateway=True) as client:
        client.keep_remote_link(jira.issue("DEMO-1").id, remote_link())
        with pytest.raises(QueryRefused):
            client.may_create()


def test_the_twenty_first_write_to_an_issue_is_told_to_wait(jira):
    number = jira.issue("DEMO-1").id
    with writer(jira) as client:
        for _ in range(20):
            client.keep_remote_link(number, remote_link())
        with pytest.raises(RateLimited) as slow:
            client.keep_remote_link(number, remote_link())
        client.keep_remote_link(jira.issue("DEMO-2").id, remote_link())
    assert slow.value.scope == "endpoint"


@BOTH
def test_an_issue_is_created_with_its_words(jira):
    with writer(jira) as client:
        made = client.create_issue("DEMO", TASK, "Ask for the phone number", "Why\n\nBecause *so*")

    assert jira.issue(made.key).id == made.id
    assert jira.issue(made.key).summary == "Ask for the phone number"
    assert "Because *so*" in jira.description(made.key)
    assert jira.site.issues[made.id].reporter.name == "bot"


@BOTH
def test_what_a_project_needs_is_known_before_and_told_after(jira):
    jira.need("DEMO", "components", "Component")
    with writer(jira) as client:
        (needed,) = client.needed_fields("DEMO", TASK)
        assert needed.name == "Component"
        with pytest.raises(QueryRefused) as refused:
            client.create_issue("DEMO", TASK, "Ask", "")
    assert refused.value.messages == ["Component is required."]


@BOTH
def test_a_project_in_which_we_may_not_create_offers_nothing(jira):
    jira.withhold("CREATE_ISSUES", "DEMO")
    with writer(jira) as client:
        assert client.issue_types("DEMO") == []
        assert client.issue_types("OPS") != []


@pytest.mark.parametrize("version", [(7, 13, 0), (8, 3, 9), (8, 4, 0), (9, 12, 4), (11, 0, 0)])
def test_each_version_is_asked_in_the_way_that_it_knows(version):
    with running_data_center("small", version=version, context="") as jira:
        jira.need("DEMO", "components", "Component")
        policy = AddressPolicy(frozenset([jira.place]))
        site = read_address(jira.url, policy.allowed_hosts)
        kind, secret = (
            (Kind.PASSWORD, jira.password) if version < (8, 14) else (Kind.ACCESS_TOKEN, jira.token)
        )
        with DataCenterClient(site, Credentials(jira.email, secret, kind), policy) as client:
            names = [kind.name for kind in client.issue_types("DEMO")]
            assert names == ["Epic", "Story", "Task", "Bug"]
            assert [field.name for field in client.needed_fields("DEMO", TASK)] == ["Component"]
