"""Our client through the proxy: every request it sends is one that Atlassian describes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from jira_integration.client import (
    AddressPolicy,
    Category,
    CloudClient,
    Credentials,
    DataCenterClient,
    Kind,
    NewIssue,
    QueryRefused,
    RemoteLink,
    Shorthand,
    WrongCredentials,
    driver_for,
    read_address,
)
from jira_sandbox.testing import SandboxDataCenter, SandboxJira

pytestmark = [
    pytest.mark.contract,
    pytest.mark.xdist_group("contract"),
    pytest.mark.editions("cloud", "data center"),
]
LINK = RemoteLink(
    global_id="https://okr.example/key-results/12/",
    url="https://okr.example/key-results/12/?from=jira&so=on",
    title="Key result: Fewer failovers",
    summary="Clinics stay online, Q4",
    status="40%",
    resolved=False,
    relationship="counts for",
    application="Plumbline",
    application_type="com.plumbline",
    icon_url="https://okr.example/key-result.svg",
    status_icon_url="https://okr.example/open.svg",
)
Client = CloudClient | DataCenterClient


ADMIN_TOKEN = "sandbox-admin-token"


def client_of(
    proxy: str,
    jira: SandboxJira,
    token: str,
    email: str = "",
    projects: Sequence[int] | None = None,
) -> Client:
    policy = AddressPolicy(frozenset([proxy.removeprefix("http://")]))
    cloud = not isinstance(jira, SandboxDataCenter)
    kind = Kind.API_TOKEN if cloud else Kind.ACCESS_TOKEN
    site = read_address(proxy, policy.allowed_hosts)
    credentials = Credentials(email or jira.email, token, kind)
    return driver_for(cloud=cloud)(site, credentials, policy, projects=projects)


@pytest.fixture
def client(jira: SandboxJira, proxy: str) -> Iterator[Client]:
    with client_of(proxy, jira, jira.token) as client:
        yield client


def test_who_and_what_is_there(client: Client, jira: SandboxJira) -> None:
    assert client.server().is_cloud is isinstance(client, CloudClient)
    assert client.myself().id == jira.account_id
    assert client.permissions(["BROWSE_PROJECTS", "ADMINISTER"]) == {"BROWSE_PROJECTS"}
    projects = client.projects()
    assert client.count_projects() == len(projects) > 1
    assert client.projects(limit=1) == projects[:1]


def test_what_the_account_may_do(client: Client, jira: SandboxJira) -> None:
    jira.withhold("LINK_ISSUES", "PAY")
    projects = {project.key: project.id for project in client.projects()}
    held = client.rights_in(list(projects.values()), ["BROWSE_PROJECTS", "LINK_ISSUES"])
    assert held[projects["PLAT"]] == {"BROWSE_PROJECTS", "LINK_ISSUES"}
    assert held[projects["PAY"]] == {"BROWSE_PROJECTS"}


def test_who_has_an_account(client: Client, jira: SandboxJira) -> None:
    found = [account for page in client.accounts() for account in page]
    emails = {account.email for account in found}
    assert jira.site.admin.email in emails
    assert "" in emails


def test_what_somebody_else_may_browse(proxy: str, jira: SandboxJira) -> None:
    locked = next(issue for issue in jira.site.issues.values() if issue.locked)
    numbers = [locked.id, jira.issue("PLAT-1").id, jira.issues("EXE")[0].id]
    bot = jira.site.accounts["bot"].id
    with client_of(proxy, jira, ADMIN_TOKEN, jira.admin_email) as client:
        if client.tells_of_others:
            assert client.browsable_by(bot, numbers) == {jira.issue("PLAT-1").id}


def test_a_query_within_chosen_projects(proxy: str, jira: SandboxJira) -> None:
    plat = int(jira.site.projects["PLAT"].id)
    with client_of(proxy, jira, jira.token, projects=[plat]) as client:
        found = [issue for page in client.search("created >= -52w ORDER BY key") for issue in page]
        assert {issue.key.partition("-")[0] for issue in found} == {"PLAT"}
        assert list(client.read_issues([jira.issues("PAY")[0].id])) == [[]]
        assert client.outside


def test_issues_by_number_and_by_key(client: Client, jira: SandboxJira) -> None:
    plat = jira.issues("PLAT")[:3]
    names: list[int | str] = [plat[0].id, plat[1].key, plat[2].key, "GONE-1"]
    found = [issue for batch in client.read_issues(names) for issue in batch]
    assert {issue.id for issue in found} == {issue.id for issue in plat}
    assert {issue.category.value for issue in found} <= {kind.value for kind in Category}
    assert client.poisoned == []


def test_sizes_and_resolutions(client: Client, jira: SandboxJira) -> None:
    sizes = ["customfield_10026", "timeoriginalestimate", "customfield_99999"]
    [[issue]] = client.read_issues(["SCH-7"], sizes)
    if isinstance(client, CloudClient):  # the other description does not know the list
        assert issue.resolution in client.resolutions()
    assert issue.resolution
    assert issue.resolution.name == "Duplicate"
    [[issue]] = client.search("key = SCH-2", 1, sizes)
    assert issue.numbers == {"customfield_10026": 5, "timeoriginalestimate": 16}


def test_a_search_through_all_its_pages(client: Client, jira: SandboxJira) -> None:
    found = [issue.id for page in client.search("project = PLAT ORDER BY key") for issue in page]
    assert sorted(found) == sorted(issue.id for issue in jira.issues("PLAT"))
    assert client.count("project = PLAT") == len(found)
    first = [issue for page in client.search("project = PLAT", limit=1) for issue in page]
    assert len(first) == 1


def test_a_query_is_checked_and_refused_in_words(client: Client) -> None:
    assert client.check_jql("project = PLAT ORDER BY rank") == []
    assert client.check_jql("project = NOPE")
    with pytest.raises(QueryRefused) as refused:
        list(client.search("project = NOPE"))
    assert refused.value.messages


def test_changelogs_by_number(client: Client, jira: SandboxJira) -> None:
    done, fresh = jira.issue("PLAT-2"), jira.create("PLAT", "Nothing has happened to it yet")
    batches = client.changelogs([done.id, fresh.id, 99], ["status", "resolution"])
    found = {each.issue_id: each for batch in batches for each in batch}
    assert found.keys() == {done.id, fresh.id}
    assert found[fresh.id].changes == ()
    last = [each for each in found[done.id].changes if each.field == "status"][-1]
    assert last.now_text == done.status
    assert client.poisoned == []


def test_suggestions_fields_and_statuses(client: Client, jira: SandboxJira) -> None:
    issue = jira.issues("PLAT")[0]
    assert issue.key in [one.key for one in client.suggest(issue.key)]
    kinds = {field.id: field.kind for field in client.fields()}
    assert kinds["customfield_10026"] == "number"
    categories = {status.category for status in client.statuses()}
    assert categories >= {Category.NEW, Category.INDETERMINATE, Category.DONE}


def test_a_link_to_a_key_result_is_made_kept_and_removed(client: Client, jira: SandboxJira) -> None:
    issue = jira.issue("PLAT-2")
    for title in ("Key result: Fewer failovers – 40%", "Key result: Fewer failovers – 62%"):
        client.keep_remote_link(issue.id, replace(LINK, title=title))

    (kept,) = jira.remote_links("PLAT-2")
    assert (kept.global_id, kept.title) == (LINK.global_id, title)
    assert client.remove_remote_link(issue.id, LINK.global_id)
    assert not client.remove_remote_link(issue.id, LINK.global_id)
    assert jira.remote_links("PLAT-2") == []


@pytest.mark.editions("cloud")
def test_an_issue_is_created_as_described(client: Client, jira: SandboxJira) -> None:
    kinds = {kind.name: kind.id for kind in client.issue_types("PAY")}
    assert "Task" in kinds
    assert "Sub-task" not in kinds
    assert client.needed_fields("PAY", kinds["Task"]) == []
    assert [field.name for field in client.needed_fields("SEC", kinds["Task"])] == ["Component"]

    made = client.create_issue("PAY", kinds["Task"], "Agree on limits", "First line\n\nSecond")

    assert made == NewIssue(jira.issue(made.key).id, made.key)
    assert jira.issue(made.key).summary == "Agree on limits"
    with pytest.raises(QueryRefused) as refused:
        client.create_issue("SEC", kinds["Task"], "Agree on limits", "")
    assert refused.value.messages == ["Component is required."]
    with pytest.raises(QueryRefused):
        client.may_create()


def test_filters_sprints_and_versions(client: Client) -> None:
    """As far as Atlassian's description holds them; what it does not know is left out."""
    assert "Sprint 22" in [each.name for each in client.suggest_kept("Sprint 22")]
    assert [each.name for each in client.suggest_kept("6.9")] == ["6.9"]
    if isinstance(client, CloudClient):
        found = client.kept(Shorthand.FILTER, 10002)
        assert found in client.suggest_kept("missed appointments")


def test_children_of_an_epic(client: Client, jira: SandboxJira) -> None:
    found = [one for page in client.children([jira.issue("PLAT-10").id]) for one in page]
    assert {one.key for one in found} == {f"PLAT-{number}" for number in range(11, 17)}
    assert all(one.parents for one in found)


def test_wrong_credentials(proxy: str, jira: SandboxJira) -> None:
    with client_of(proxy, jira, "wrong") as client, pytest.raises(WrongCredentials):
        client.myself()
