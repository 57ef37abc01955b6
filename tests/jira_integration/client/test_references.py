"""One field takes keys, links, JQL and words, and tells them apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jira_integration.client import (
    Foreign,
    IssueKeys,
    Jql,
    SiteAddress,
    Unsupported,
    Words,
    read_reference,
)

CLOUD = SiteAddress("https", "acme.atlassian.net", 443)
OWN = SiteAddress("https", "tools.acme.example", 443, "/jira")
LOCAL = SiteAddress("http", "127.0.0.1", 9000)
ONE = IssueKeys(("PLAT-12",))


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
        ("{site}/issues/?filter=10012", Unsupported("filter")),
        ("{site}/jira/filters/10012", Unsupported("filter")),
        ("{site}/jira/software/projects/PLAT/boards/1", Unsupported("page")),
        ("{site}/", Unsupported("page")),
        ("{site}/browse/PLAT", Unsupported("page")),
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
        ("http://127.0.0.1:9000/browse/PLAT-12", LOCAL, ONE),
        ("http://127.0.0.1:9001/browse/PLAT-12", LOCAL, Foreign("127.0.0.1")),
    ],
)
def test_a_link_belongs_to_the_connected_site_or_is_foreign(text, site, found):
    assert read_reference(text, site) == found


@given(st.text(max_size=80))
def test_any_text_is_understood_as_something(text):
    found = read_reference(text, CLOUD)
    assert isinstance(found, IssueKeys | Jql | Words | Foreign | Unsupported)
    if isinstance(found, IssueKeys):
        assert found.keys
