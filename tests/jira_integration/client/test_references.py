"""One field takes keys, links, JQL and words, and tells them apart."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jira_integration.client import (
    Foreign,
    IssueKeys,
    Jql,
    Named,
    Shorthand,
    SiteAddress,
    Unsupported,
    Words,
    read_reference,
)

CLOUD = SiteAddress("https", "acme.atlassian.net", 443)
OWN = SiteAddress("https", "tools.acme.example", 443, "/jira")
LOCAL = SiteAddress("http", "127.0.0.1", 9000)
UNDER_PROJECTS = SiteAddress("https", "tools.acme.example", 443, "/projects")
ONE = IssueKeys(("PLAT-12",))
PROJECT = Jql('project = "PLAT"')
FILTER = Named(Shorthand.FILTER, 10012)
SPRINT = Named(Shorthand.SPRINT, 24)
VERSION = Named(Shorthand.VERSION, 20012)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PLAT-12", ONE),
        ("  plat-12 ", ONE),
        ("plat-12, PLAT-13", IssueKeys(("PLAT-12", "PLAT-13"))),
        ("PLAT-12 PLAT-13\nOPS_2-7;PLAT-12", IssueKeys(("PLAT-12", "PLAT-13", "OPS_2-7"))),
        ("{site}/browse/PLAT-12", ONE),
        ("http://ACME.atlassian.net/browse/plat-12?focusedCommentId=1#comment", ONE),
        ("acme.atlassian.net/browse/PLAT-12", ONE),
        ("{site}:443/browse/PLAT-12/", ONE),
        ("{site}/jira/software/projects/PLAT/boards/1?selectedIssue=PLAT-12", ONE),
        ("{site}/jira/software/c/projects/PLAT/issues/PLAT-12", ONE),
        ("{site}/projects/PLAT/issues/PLAT-12?filter=allissues", ONE),
        ("{site}/issues/PLAT-12", ONE),
        ("{site}/rest/api/3/issue/PLAT-12", ONE),
        ("{site}/jira/for-you?issueKey=PLAT-12", ONE),
        ("{site}/secure/RapidBoard.jspa?rapidView=1&selectedIssue=PLAT-12", ONE),
        ("{site}/browse/PLAT-12 {site}/browse/OPS-1", IssueKeys(("PLAT-12", "OPS-1"))),
        ("{site}/browse/PLAT-12, PLAT-13", IssueKeys(("PLAT-12", "PLAT-13"))),
        ("{site}/issues/?jql=project%20%3D%20P%20order+by+rank", Jql("project = P order by rank")),
        ("{site}/jira/software/c/projects/P/issues/?jql=status+in+(Done)", Jql("status in (Done)")),
        ("{site}/issues/?jql=project = P and status = Done", Jql("project = P and status = Done")),
        ("{site}/issues/?filter=10012&jql=project=P", Jql("project=P")),
        ("{site}/secure/IssueNavigator.jspa?reset=true&jqlQuery=project+%3D+P", Jql("project = P")),
        ("{site}/issues/?filter=10012", FILTER),
        ("{site}/jira/filters/10012", FILTER),
        ("{site}/secure/IssueNavigator.jspa?mode=hide&requestId=10012", FILTER),
        ("{site}/issues/?filter=-1", Unsupported("own list")),
        ("{site}/projects/PLAT/issues?filter=allopenissues", Unsupported("own list")),
        ("{site}/secure/RapidBoard.jspa?rapidView=7&view=reporting&sprint=24", SPRINT),
        ("{site}/jira/software/c/projects/PLAT/boards/7?sprints=24", SPRINT),
        ("{site}/jira/software/projects/P/boards/7/reports/burnup-chart?sprint=24", SPRINT),
        ("{site}/jira/software/projects/P/boards/7?sprints=24%2C25", Jql("sprint in (24, 25)")),
        ("{site}/projects/PLAT/versions/20012", VERSION),
        ("{site}/projects/PLAT/versions/20012/tab/release-report-all-issues", VERSION),
        ("{site}/jira/software/c/projects/PLAT/versions/20012", VERSION),
        ("{site}/browse/PLAT/fixforversion/20012", VERSION),
        ("{site}/jira/servicedesk/projects/PLAT/queues/custom/3/PLAT-12", ONE),
        ("{site}/projects/PLAT/queues/custom/3/plat-12", ONE),
        ("{site}/servicedesk/customer/portal/2/PLAT-12", ONE),
        ("{site}/secure/ViewIssue.jspa?key=PLAT-12", ONE),
        ("{site}/jira/software/c/projects/PLAT/boards/7/backlog?selectedIssue=plat-12", ONE),
        ("{site}/jira/core/projects/PLAT/board?selectedIssue=PLAT-12", ONE),
        ("{site}/browse/PLAT-12?jql=project%20%3D%20PLAT", ONE),
        ("{site}/jira/software/projects/PLAT/boards/1", PROJECT),
        ("{site}/jira/software/c/projects/PLAT/boards/7/backlog", PROJECT),
        ("{site}/jira/servicedesk/projects/PLAT/queues/custom/3", PROJECT),
        ("{site}/secure/RapidBoard.jspa?rapidView=7&projectKey=PLAT&view=planning", PROJECT),
        ("{site}/projects/plat", PROJECT),
        ("{site}/projects/PLAT/versions/unreleased", PROJECT),
        ("{site}/projects/PLAT/summary", PROJECT),
        ("{site}/browse/PLAT", PROJECT),
        ("{site}/secure/RapidBoard.jspa?rapidView=7", Unsupported("board")),
        ("{site}/jira/people/1/boards/7", Unsupported("board")),
        ("{site}/jira/plans/3/scenarios/3/timeline", Unsupported("plan")),
        ("{site}/secure/PortfolioPlanView.jspa?id=3&sid=3", Unsupported("plan")),
        ("{site}/jira/dashboards/10000", Unsupported("dashboard")),
        ("{site}/secure/Dashboard.jspa?selectPageId=10000", Unsupported("dashboard")),
        ("{site}/wiki/spaces/ENG/pages/10012/PLAT-12", Unsupported("wiki")),
        ("{site}/", Unsupported("page")),
        ("{site}/issues/?jql=", Unsupported("page")),
        ("https://other.atlassian.net/browse/PLAT-12", Foreign("other.atlassian.net")),
        ("{site}.evil.example/browse/PLAT-12", Foreign("acme.atlassian.net.evil.example")),
        ("{site}@evil.example/browse/PLAT-12", Foreign("evil.example")),
        ("{site}:8443/browse/PLAT-12", Foreign("acme.atlassian.net")),
        ("https://github.com/acme/plat/issues/12", Foreign("github.com")),
        ("https://[::1/browse/PLAT-12", Words("https://[::1/browse/PLAT-12")),
        ("project = PLAT", Jql("project = PLAT")),
        ("project=PLAT AND status!=Done", Jql("project=PLAT AND status!=Done")),
        ("parent = PLAT-12", Jql("parent = PLAT-12")),
        ("labels in (okr, growth)", Jql("labels in (okr, growth)")),
        ("status NOT IN (Done)", Jql("status NOT IN (Done)")),
        ('"Epic Link" = PLAT-12', Jql('"Epic Link" = PLAT-12')),
        ("cf[10016] > 3", Jql("cf[10016] > 3")),
        ("summary ~ login", Jql("summary ~ login")),
        ("resolution is EMPTY", Jql("resolution is EMPTY")),
        ("assignee was not currentUser()", Jql("assignee was not currentUser()")),
        ("status changed after -7d", Jql("status changed after -7d")),
        ("issuekey in childIssuesOf(P-1)", Jql("issuekey in childIssuesOf(P-1)")),
        ("sprint in openSprints()", Jql("sprint in openSprints()")),
        ("order by created", Jql("order by created")),
        ("updated >= -7d order by rank", Jql("updated >= -7d order by rank")),
        ("login", Words("login")),
        ("sign in page", Words("sign in page")),
        ("login is slow", Words("login is slow")),
        ("what was decided", Words("what was decided")),
        ("release 1.2", Words("release 1.2")),
        ("a -> b", Words("a -> b")),
        ("PLAT-12 and more", Words("PLAT-12 and more")),
        ("PLAT-", Words("PLAT-")),
        ("PLAT-012", Words("PLAT-012")),
        ("", Words("")),
    ],
)  # fmt: skip
def test_what_is_typed_is_understood(text, found):
    assert read_reference(text.replace("{site}", CLOUD.url), CLOUD) == found


@pytest.mark.parametrize(
    ("text", "site", "found"),
    [
        ("https://tools.acme.example/jira/browse/PLAT-12", OWN, ONE),
        ("https://tools.acme.example/jira/issues/?jql=project=PLAT", OWN, Jql("project=PLAT")),
        ("https://tools.acme.example/wiki/browse/PLAT-12", OWN, Foreign("tools.acme.example")),
        ("https://tools.acme.example/jirafake/browse/X-1", OWN, Foreign("tools.acme.example")),
        ("https://tools.acme.example/jira/issues/?filter=10012", OWN, FILTER),
        ("https://tools.acme.example/jira/projects/PLAT/versions/20012", OWN, VERSION),
        ("https://tools.acme.example/projects/browse/PLAT-12", UNDER_PROJECTS, ONE),
        ("https://tools.acme.example/projects/issues/", UNDER_PROJECTS, Unsupported("page")),
        ("http://127.0.0.1:9000/browse/PLAT-12", LOCAL, ONE),
        ("http://127.0.0.1:9001/browse/PLAT-12", LOCAL, Foreign("127.0.0.1")),
    ],
)
def test_a_link_belongs_to_the_connected_site_or_is_foreign(text, site, found):
    assert read_reference(text, site) == found


STEPS = [
    *("browse", "issues", "issue", "projects", "PLAT", "PLAT-12", "boards", "versions", "20012"),
    *("fixforversion", "filters", "jira", "software", "c", "queues", "portal", "plans", "wiki"),
    *("dashboards", "secure", "RapidBoard.jspa", "ViewIssue.jspa", "%2e%2e", "..;x", "%00", "%ff"),
    *("\u202e", "é", "", ":", "@", "[", "\\", "\t", "?", "#", "\ud800", "%", "a" * 3000),
]
NAMES = ["jql", "filter", "requestId", "sprint", "sprints", "selectedIssue", "key", "projectKey"]
VALUES = ["PLAT-12", "24", "24,25", "-1", "9" * 40, "project=P", "", *STEPS]
HOSTS = [
    *("acme.atlassian.net", "ACME.ATLASSIAN.NET", "acme.atlassian.net.evil.example", "[::1"),
    *("acme.atlassian.net@evil.example", "evil.example", "acme.atlassian.net:8443", "[::1]:x"),
    *(
        "evil.example#@acme.atlassian.net",
        "evil.example\\acme.atlassian.net",
        "acme.atlassian.net:",
    ),
    *("evil.example?acme.atlassian.net", "acme%2eatlassian.net", "xacme.atlassian.net", ""),
]
OURS = {CLOUD.host, f"{CLOUD.host}:"}


def odd_address(chance: Random) -> tuple[str, str]:
    host = chance.choice(HOSTS)
    path = "/".join(chance.choices(STEPS, k=chance.randrange(7)))
    pairs = [f"{chance.choice(NAMES)}={chance.choice(VALUES)}" for _ in range(chance.randrange(4))]
    scheme = chance.choice(["https://", "http://", "HTTPS://", ""])
    return host, f"{scheme}{host}/{path}" + ("?" + "&".join(pairs) if pairs else "")


def test_no_odd_address_is_too_odd_and_a_foreign_host_never_becomes_an_issue():
    chance, named = Random(4), 0  # noqa: S311 - no secret
    for _ in range(10_000):
        host, text = odd_address(chance)
        found = read_reference(text, CLOUD)
        assert isinstance(found, IssueKeys | Jql | Named | Words | Foreign | Unsupported)
        named += isinstance(found, IssueKeys | Named)
        if host.lower() not in OURS:
            assert not isinstance(found, IssueKeys | Named | Unsupported), text
    assert named > 50


@given(st.text(max_size=80))
def test_any_text_is_understood_as_something(text):
    found = read_reference(text, CLOUD)
    assert isinstance(found, IssueKeys | Jql | Named | Words | Foreign | Unsupported)
    if isinstance(found, IssueKeys):
        assert found.keys
