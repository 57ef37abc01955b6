"""A query stays within the chosen projects, whatever stands in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jira_integration.client import QueryRefused
from jira_integration.client.bounds import split_order, within
from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.search import prepare
from jira_sandbox.model.seeding import seeded_site
from jira_sandbox.model.viewer import Viewer
from tests.sandbox.conftest import NOON, at_noon

SITE = seeded_site("company", at_noon)
ADMIN = Viewer(SITE, SITE.accounts["ines"])
CHOSEN = frozenset(int(SITE.projects[key].id) for key in ("PLAT", "OPS"))
PIECES = st.sampled_from(
    [
        *['"', "'", "\\", "(", ")", '\\"', "\\'", " ", "\n", "--", "/*", "*/", "#", ";", ","],
        *["project = EXE", "project != PLAT", "EXE", "OR", "AND", "NOT", "ORDER", "BY", "order by"],
        *["key", "desc", "issuetype = Bug", "status in (Done)", "summary ~ ", "ORDER BY key", "is"],
        *['summary ~ "order by"', "project in (EXE, SEC)", "||", "&&", "!", "\u00a0", "\x00"],
    ]
)


@pytest.mark.parametrize(
    ("jql", "bounded"),
    [
        ("", "project in (1, 2)"),
        ("status = Done", "project in (1, 2) AND (status = Done)"),
        ("a = 1 OR b = 2", "project in (1, 2) AND (a = 1 OR b = 2)"),
        ("ORDER BY created", "project in (1, 2) ORDER BY created"),
        ("a = 1 order  by\n x desc, y", "project in (1, 2) AND (a = 1) ORDER BY x desc, y"),
        ("(a = 1)ORDER BY x", "project in (1, 2) AND ((a = 1)) ORDER BY x"),
        ('a ~ "x) ORDER BY y"', 'project in (1, 2) AND (a ~ "x) ORDER BY y")'),
        ("a ~ 'it\\'s (' ORDER BY \"My field\" asc", "project in (1, 2) AND (a ~ 'it\\'s (')"
         ' ORDER BY "My field" asc'),
        ("a = order ORDER BY cf[10001]", "project in (1, 2) AND (a = order) ORDER BY cf[10001]"),
    ],
)  # fmt: skip
def test_the_limit_stands_before_and_the_order_behind(jql, bounded):
    assert within(jql, {2, 1}) == bounded


@pytest.mark.parametrize(
    ("jql", "sentence"),
    [
        ("a = 1) OR (project = EXE", "closes a parenthesis that it did not open"),
        ("a = 1)", "closes a parenthesis that it did not open"),
        ("(a = 1", "parenthesis that is never closed"),
        ('a ~ "x', "quotation mark that is never closed"),
        ("a ~ 'x\" OR b = 2", "quotation mark that is never closed"),
        ('a ~ \\" ) OR (project = EXE) OR (a ~ \\"', "backslash outside quotation marks"),
        ("a = 1 ORDER BY x OR project = EXE", "no list of fields"),
        ("a = 1 ORDER BY x) OR (project = EXE", "no list of fields"),
        ("a = 1 ORDER BY", "no list of fields"),
    ],
)
def test_what_could_end_the_parentheses_early_is_refused(jql, sentence):
    with pytest.raises(QueryRefused) as refused:
        within(jql, {1})
    assert sentence in refused.value.messages[0]


def test_without_a_project_nothing_can_be_asked():
    with pytest.raises(QueryRefused):
        within("a = 1", ())


@settings(max_examples=3000, deadline=None)
@given(jql=st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=12).map("".join))
def test_no_query_finds_an_issue_outside_the_chosen_projects(jql):
    """Asked as an administrator, who sees every project; the sandbox reads JQL by its own means."""
    try:
        found = prepare(within(jql, CHOSEN), ADMIN, NOON).issues()
    except (QueryRefused, JqlError):
        return
    assert {int(issue.project.id) for issue in found} <= CHOSEN


@settings(max_examples=1000, deadline=None)
@given(
    condition=st.sampled_from(
        ["project = PLAT", 'summary ~ "order by (" OR key = PLAT-1', "(issuetype = Bug)", "key > 1"]
    ),
    order=st.lists(st.sampled_from(["key", '"Story Points" desc', "created ASC"]), max_size=3),
    gap=st.sampled_from([" ", "\n", "\t "]),
)
def test_a_sound_query_is_cut_where_its_order_begins(condition, order, gap):
    fields = f",{gap}".join(order)
    jql = f"{condition}{gap}ORDER{gap}BY{gap}{fields}" if order else condition
    assert split_order(jql) == (condition, fields)
