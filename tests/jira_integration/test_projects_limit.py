"""`What may be linked`: only the chosen projects are asked for, linked, stored and counted."""

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jira_integration.client import Project, QueryRefused
from jira_integration.models import (
    ChosenProject,
    IntegrationSettings,
    JiraConnection,
    JiraIssue,
    JiraLink,
    LinkedIssue,
    SyncRun,
    Trigger,
    Wanted,
)
from okr.models import Measurement
from tests.cast import signed_in
from tests.jira_integration.dialog import linked_to, post, preview, sentence
from tests.jira_integration.pages import page_of
from tests.jira_integration.pages import words as plain
from tests.jira_integration.seen import headings, url, words
from tests.jira_integration.stage import link, progress, read
from tests.jira_integration.worked import CASES

BOTH = pytest.mark.editions("cloud", "data center")


@pytest.fixture
def window(connection, olga):
    return signed_in(olga)


@pytest.fixture
def ops(jira):
    """An issue of the other project, done."""
    return jira.create("OPS", "Rotate the keys of the vault", status="Done")


def project(jira, key):
    found = jira.site.projects[key]
    return Project(int(found.id), found.key, found.name)


def limit(jira, by, *keys):
    connection = JiraConnection.objects.get()
    ChosenProject.objects.choose(connection, [project(jira, key) for key in keys], by)
    SyncRun.objects.all().delete()


def choose(window, jira, *keys, **more):
    numbers = [project(jira, key).id for key in keys]
    given = {"which": "chosen" if keys else "all", "projects": numbers, **more}
    return window.post(url("projects"), given)


def test_manage_integration_keeps_its_headings_and_leads_there(window):
    page = window.get(url("manage"))
    assert "What may be linked" not in headings(page)
    assert f'href="{url("projects")}"' in page.content.decode()


@BOTH
def test_the_projects_of_the_site_are_offered_by_key_and_kept_by_number(window, jira, connection):
    page = words(window.get(url("projects")))
    assert "DEMO · Demo" in page
    assert "OPS · Operations" in page
    assert "EXE" not in page
    choose(window, jira, "DEMO")
    connection.refresh_from_db()
    assert connection.projects_that_count() == {project(jira, "DEMO").id}
    choose(window, jira)
    connection.refresh_from_db()
    assert connection.projects_that_count() is None
    assert connection.chosen_projects.count() == 1


def test_only_chosen_projects_without_a_project_is_refused(window, connection):
    answer = window.post(url("projects"), {"which": "chosen"})
    assert answer.status_code == 422
    assert "Choose at least one project." in words(answer)


def test_a_project_that_the_account_does_not_see_cannot_be_chosen(window, jira):
    assert choose(window, jira, "EXE").status_code == 422
    assert not ChosenProject.objects.exists()


def test_while_jira_does_not_answer_what_was_chosen_is_still_shown(window, jira, olga):
    limit(jira, olga, "DEMO")
    jira.fault("503", path="*/project/search")
    page = words(window.get(url("projects")))
    assert "could not be read just now" in page
    assert "DEMO · Demo" in page


@BOTH
def test_a_key_outside_cannot_be_linked_and_reads_like_one_that_is_not_there(
    window, jira, olga, key_result, ops
):
    limit(jira, olga, "DEMO")
    for key in (ops.key, "OPS-999"):
        answer = preview(key_result, text=key)
        assert ops.summary not in answer.content.decode()
        assert f"{key} cannot be linked" in words(answer)
        assert "DEMO" in words(answer)
        post(key_result, text=key, kind="issues")
    assert linked_to(key_result) == set()
    assert not JiraIssue.objects.exists()


@BOTH
def test_a_query_finds_and_counts_what_lies_inside_alone(window, jira, olga, key_result, ops):
    limit(jira, olga, "DEMO")
    answer = preview(key_result, text="status = Done ORDER BY key DESC", kind="jql")
    assert ops.key not in answer.content.decode()
    assert "7 issues" in sentence(answer)
    post(key_result, text="status = Done ORDER BY key DESC", kind="jql")
    read()
    assert {issue.key for issue in JiraIssue.objects.all()} == {f"DEMO-{n}" for n in range(1, 8)}


@BOTH
def test_words_suggest_nothing_from_outside(window, jira, olga, key_result, ops):
    assert ops.key in preview(key_result, text="Rotate the keys").content.decode()
    limit(jira, olga, "DEMO")
    answer = preview(key_result, text="Rotate the keys").content.decode()
    assert ops.key not in answer
    assert ops.summary not in answer


def test_a_query_that_would_end_the_limit_is_refused_with_a_sentence(
    window, jira, olga, key_result
):
    limit(jira, olga, "DEMO")
    with JiraConnection.objects.get().client() as client:
        client.myself()
        with pytest.raises(QueryRefused) as refused:
            list(client.search("key = DEMO-1) OR (project = OPS"))
    assert "closes a parenthesis that it did not open" in refused.value.messages[0]


@BOTH
def test_a_chosen_project_that_is_gone_spoils_no_query(window, jira, olga, key_result):
    limit(jira, olga, "DEMO", "OPS")
    link(key_result, jql="status = Done")
    del jira.site.projects["OPS"]
    read()
    assert progress(key_result) == 100


@BOTH
def test_narrowing_is_shown_first_then_moves_the_number(window, jira, key_result, ops):
    link(key_result, "DEMO-10", ops.key)
    read()
    assert progress(key_result) == 50

    answer = choose(window, jira, "DEMO")
    assert "1 key result is affected:" in words(answer)
    assert f"{key_result.title} , 50% → 0%" in words(answer)
    assert not ChosenProject.objects.exists()

    choose(window, jira, "DEMO", confirmed="1")
    assert SyncRun.objects.filter(trigger=Trigger.PROJECTS).exists()
    read(trigger=Trigger.PROJECTS)
    assert progress(key_result) == 0
    assert not LinkedIssue.objects.filter(issue__key=ops.key).exists()


@BOTH
def test_a_number_stays_where_it_is_when_recomputed_from_the_mirror(
    window, jira, olga, key_result, ops
):
    link(key_result, "DEMO-10", ops.key)
    read()
    limit(jira, olga, "DEMO")
    read(trigger=Trigger.PROJECTS)
    IntegrationSettings.load().rescale(10, 50, 100)
    read(trigger=Trigger.SETTINGS)
    assert progress(key_result) == 10


@BOTH
def test_when_the_limit_is_lifted_the_issue_counts_again(window, jira, key_result, ops):
    link(key_result, "DEMO-10", ops.key)
    choose(window, jira, "DEMO", confirmed="1")
    read(trigger=Trigger.PROJECTS)
    choose(window, jira, confirmed="1")
    read(trigger=Trigger.PROJECTS)
    assert progress(key_result) == 50


@BOTH
def test_an_issue_that_moves_outside_counts_no_more(window, jira, olga, key_result):
    limit(jira, olga, "DEMO")
    link(key_result, "DEMO-10", "DEMO-1")
    read()
    assert progress(key_result) == 50
    jira.relocate("DEMO-1", "OPS")
    read()
    assert progress(key_result) == 0
    assert JiraIssue.objects.get(jira_id=jira.issue("OPS-1").id).key == "DEMO-1"


@BOTH
def test_below_an_issue_only_what_lies_inside_counts(window, jira, olga, key_result):
    epic = jira.create("DEMO", "Opening hours", kind="Epic")
    jira.create("DEMO", "Ask for them", parent=epic.key)
    away = jira.create("OPS", "Keep them safe", parent=epic.key, status="Done")
    limit(jira, olga, "DEMO")
    assert away.summary not in preview(key_result, text=epic.key, below="on").content.decode()
    post(key_result, text=epic.key, below="on", depth="1")
    read()
    assert progress(key_result) == 0
    assert not JiraIssue.objects.filter(jira_id=away.id).exists()


def test_the_model_itself_refuses_an_issue_outside(window, jira, olga, key_result, ops):
    connection = JiraConnection.objects.get()
    with connection.client(bounded=False) as client:
        client.myself()
        [found] = [issue for page in client.read_issues([ops.key]) for issue in page]
    limit(jira, olga, "DEMO")
    connection.refresh_from_db()
    for wanted in (Wanted([found]), Wanted(below=(found, 1))):
        with pytest.raises(PermissionDenied):
            JiraLink.objects.add(key_result, wanted, connection, key_result.owner)


def test_a_link_outside_says_so(window, jira, olga, key_result, ops):
    link(key_result, "DEMO-10", ops.key)
    read()
    limit(jira, olga, "DEMO")
    assert "not among the projects that may be linked" in plain(page_of(key_result))


def test_the_search_finds_no_issue_outside(window, jira, olga, key_result, ops):
    link(key_result, "DEMO-10", ops.key)
    read()
    searched = f"/search/?q={ops.summary.replace(' ', '+')}"
    assert ops.key in signed_in(key_result.owner).get(searched).content.decode()
    limit(jira, olga, "DEMO")
    read(trigger=Trigger.PROJECTS)
    assert ops.key not in signed_in(key_result.owner).get(searched).content.decode()


def test_a_reading_that_began_under_other_rules_records_nothing(window, jira, olga, key_result):
    connection = JiraConnection.objects.get()
    lease = connection.lease_number
    limit(jira, olga, "DEMO")
    assert JiraConnection.objects.get().lease_number == lease + 1


def test_only_an_okr_admin_decides(connection, ben):
    for name in ("projects", "own_rights"):
        assert signed_in(ben).post(url(name)).status_code == 403


PIECES = st.sampled_from(
    [
        *[
            "project = OPS",
            "project = DEMO",
            "status = Done",
            "OR",
            "AND",
            "NOT",
            "(",
            ")",
            '"',
            "'",
        ],
        *["ORDER BY key", "ORDER BY key DESC", "key in (OPS-1, DEMO-1)", "issuetype = Task", "\\"],
        *["key = OPS-1) OR (key = DEMO-1", "--", "/*", 'summary ~ "order by"', "is EMPTY", "||"],
    ]
)


@BOTH
@settings(
    max_examples=CASES // 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(jql=st.lists(PIECES, min_size=1, max_size=6).map(" ".join))
def test_whatever_is_linked_nothing_from_outside_is_stored(
    window, jira, olga, key_result, ops, jql
):
    """RELIABILITY T10."""
    limit(jira, olga, "DEMO")
    key_result.jira_links.all().delete()
    link(key_result, jql=jql)
    read()
    outside = JiraIssue.objects.exclude(project_id=project(jira, "DEMO").id)
    assert not outside.exists()
    assert "OPS" not in str(list(Measurement.objects.values_list("why", flat=True)))
