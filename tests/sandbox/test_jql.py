"""The query language, straight against a seeded site."""

from collections.abc import Callable

import pytest

from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.search import prepare
from jira_sandbox.model.seeding import seeded_site
from jira_sandbox.model.viewer import Viewer
from tests.sandbox.conftest import NOON, at_noon

Find = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def viewer() -> Viewer:
    site = seeded_site("company", at_noon)
    return Viewer(site, site.accounts["bot"])


@pytest.fixture(scope="module")
def find(viewer: Viewer) -> Find:
    return lambda jql: [issue.key for issue in prepare(jql, viewer, NOON).issues()]


@pytest.mark.parametrize(
    ("jql", "keys"),
    [
        ("key = PLAT-1", "PLAT-1"),
        ("id = 10001", "PLAT-1"),
        ("issue in (plat-1, 'SCH-1')", "SCH-1 PLAT-1"),
        ("key >= OPS-18 AND key < OPS-20", "OPS-19 OPS-18"),
        ("parent = PLAT-12", "PLAT-37 PLAT-36"),
        ('"Epic Link" = OPS-15', "OPS-18 OPS-17 OPS-16"),
        ("cf[10014] = OPS-15", "OPS-18 OPS-17 OPS-16"),
        ("project = mob and statusCategory = undefined", "MOB-25 MOB-14"),
        ('project = "Mobile app" && status = parked', "MOB-25 MOB-14"),
        ("project = OPS and type = Epic and statusCategory = new", "OPS-15"),
        ("project = OPS and issuetype = Epic and statusCategory != 'In Progress'", "OPS-15"),
        ("project = OPS and status = Complete and labels is empty", "OPS-19"),
        ("labels in (office) and resolution is not empty", "OPS-16"),
        ("labels = office and resolution = Done", "OPS-16"),
        ("labels = office and resolution != Unresolved", "OPS-16"),
        ("labels = office and not (status = Waiting)", "OPS-16"),
        ("labels = office and ! status = Waiting", "OPS-16"),
        ("labels = pentest and resolution not in (Fixed, Done)", "SEC-17"),
        ("assignee = 'Noor Haddad' and labels = office", "OPS-16 OPS-15"),
        ("assignee = 'noor.haddad@larkspur.example' and labels = office", "OPS-16 OPS-15"),
        ("assignee = currentUser()", ""),
        ("project = MOB and assignee is EMPTY and type = Bug", "MOB-27"),
        ("summary ~ runbook", "PLAT-8"),
        ("text ~ 'failover runb*'", "PLAT-8"),
        ("labels = hiring and summary !~ 'a'", "OPS-14 OPS-11 OPS-9 OPS-8"),
        ("'Story Points' >= 8 and project = PLAT and status = Backlog", "PLAT-20"),
        ("cf[10016] > 5", "MOB-14 MOB-4 MOB-2"),
        ("'Story point estimate' is not null and cf[10016] > 5", "MOB-14 MOB-4 MOB-2"),
        ("fixVersion = 2026.3 and type = Epic", "PAY-22"),
        ("filter = 10003", "SEC-18 SEC-16 SEC-15"),
        ("filter = 'Open findings of the penetration test' and key > SEC-17", "SEC-18"),
        ("filter in (10003, 10001) and key < PLAT-4", "PLAT-3 PLAT-2"),
        ("filter != 10004 and labels = pentest and type = Bug", ""),
        ("sprint = 'Sprint 20' and project = MOB", "MOB-17"),
        ("sprint = 20 and project = MOB", "MOB-17"),
        ("priority = Medium and labels = office and status != Waiting", "OPS-16"),
        ("created >= -6d", "MOB-27"),
        ("created > '-6d -20h' and created < -5d", "PLAT-38 MOB-27"),
        ("updated > startOfDay(-4)", "PLAT-1 PLAT-6 SCH-1 SCH-10"),
        ("created >= startOfWeek() and created <= endOfWeek()", "MOB-27"),
        ("created > startOfMonth(-1) and created < endOfMonth(-1) and labels=cost", ""),
        (
            "created > startOfMonth(-1) and created < endOfMonth(-1) and labels=reliability",
            "PLAT-6",
        ),
        ("resolved >= 2026-11-08 and resolved < '2026/11/10 00:00'", "PAY-33"),
        ("resolved > now()", ""),
        ("created >= startOfYear() and created <= endOfYear(-1)", ""),
        (
            "created > startOfDay('-1M') and created < startOfDay('-28d') and type = Bug",
            "SEC-26 SCH-21",
        ),
        ("created > '2026-11-13 20:00' and created <= endOfDay(-5)", "PLAT-38 MOB-27"),
        ("labels in (office, EMPTY) and status = Complete", "OPS-19 OPS-16"),
        ("labels = office and resolution != EMPTY", "OPS-16"),
        (
            "assignee in (EMPTY, 'Mei Tanaka') and project = MOB and type = Bug",
            "MOB-27 MOB-17 MOB-6",
        ),
        ("due is empty and labels = office and status = Complete", "OPS-16"),
        ("type = Epic and project = OPS order by summary", "OPS-1 OPS-8 OPS-15"),
        ("type = Epic and project = OPS order by created desc, key", "OPS-15 OPS-8 OPS-1"),
        ("labels = office order by resolution", "OPS-16 OPS-18 OPS-17 OPS-15"),
        ("labels = office order by rank ASC", "OPS-15 OPS-16 OPS-17 OPS-18"),
    ],
)
def test_a_query_finds(find: Find, jql: str, keys: str) -> None:
    found = find(jql)

    assert sorted(found) == sorted(keys.split())
    assert found == keys.split() or "order by" not in jql


@pytest.mark.parametrize(
    ("jql", "named"),
    [
        ("project = NOPE", "'NOPE'"),
        ("fixVersion = 9.9", "'9.9'"),
        ("project = EXE", "'EXE'"),
        ("key = PLAT-999", "'PLAT-999'"),
        ("key = SEC-24", "'SEC-24'"),
        ("status = Invented", "'Invented'"),
        ("statusCategory = Nearly", "'Nearly'"),
        ("assignee = stranger", "'stranger'"),
        ("assignee = 'dev.patel@larkspur.example'", "'dev.patel@larkspur.example'"),
        ("colour = red", "'colour'"),
        ("project = PLAT order by colour", "'colour'"),
        ("project ~ PLAT", "'~'"),
        ("summary = failover", "'='"),
        ("created > yesterday", "'yesterday'"),
        ("created > -99999999w", "'-99999999w'"),
        ("created > startOfDay(x)", "startOfDay(x)"),
        ("created > soon()", "'soon'"),
        ("project = currentUser()", "'currentUser'"),
        ("'Story Points' > many", "'many'"),
        ("'Story Points' > nan", "'nan'"),
        ("created > EMPTY", "EMPTY"),
        ("summary ~ ' '", "'summary'"),
        ("status was Done", "'was'"),
        ("status changed", "'changed'"),
        ("project =", "ends where a value"),
        ("project and x = 1", "'and'"),
        ("project = PLAT and", "ends where a field"),
        ("project = PLAT extra", "'extra'"),
        ("(project = PLAT", "ends where ')'"),
        ("project in PLAT", "'PLAT'"),
        ("project in ()", "a value"),
        ("project in (PLAT SCH)", "'SCH'"),
        ("project is PLAT", "EMPTY"),
        ("= PLAT", "a field name"),
        ("project = PLAT order key", "BY"),
        ("project = PLAT order by ,", "a field to sort by"),
        ("project = 'PLAT", "no end"),
        ("project = [PLAT]", "'['"),
        ("project = PLAT; drop", "';'"),
        ("(" * 100 + "a = b" + ")" * 100, "nested"),
        ("project = PLAT order by key, id, status, created, updated, type, labels, summary", "7"),
    ],
)
def test_a_query_is_refused_by_naming_the_fault(find: Find, jql: str, named: str) -> None:
    with pytest.raises(JqlError) as refused:
        find(jql)

    assert named in str(refused.value)


def test_what_is_empty_is_neither_equal_nor_unequal(find: Find) -> None:
    everything = set(find("project = PLAT"))
    mine = set(find("project = PLAT and assignee = 'Jonas Lind'"))
    others = set(find("project = PLAT and assignee != 'Jonas Lind'"))
    nobodys = set(find("project = PLAT and assignee is empty"))

    assert min(map(len, (mine, others, nobodys))) > 0
    assert mine | others | nobodys == everything
    assert not mine & others | mine & nobodys | others & nobodys


def test_and_binds_closer_than_or(find: Find) -> None:
    assert sorted(find("key = PLAT-1 or key = PLAT-2 and status = Backlog")) == ["PLAT-1"]
    assert find("(key = PLAT-1 or key = PLAT-2) and status = Backlog") == []


def test_an_anonymous_caller_learns_nothing_from_a_mistake(viewer: Viewer) -> None:
    anonymous = Viewer(viewer.site, None)

    assert prepare("project = NOPE", anonymous, NOON).issues() == []
    assert prepare("project = PLAT", anonymous, NOON).issues() == []
