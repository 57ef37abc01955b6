"""What a run costs: few statements, few calls, and no write where nothing moved."""

from decimal import Decimal

import pytest
from django.utils import timezone

from jira_integration.models import (
    JiraConnection,
    JiraIssue,
    JiraLink,
    LinkedIssue,
    LinkKind,
    SyncRun,
)
from okr.models import KeyResult, Measurement
from tests.cast import make_key_result, make_objective
from tests.jira_integration.stage import counted, link, progress, read, written_tables

OWN_ROWS = {"jira_integration_syncrun", "jira_integration_jiraconnection"}


def many_linked(jira, objective, number: int) -> list[KeyResult]:
    """As many key results, each linked to an issue of its own and to one that all share."""
    connection, by = JiraConnection.objects.get(), objective.owner
    keys = [issue.key for issue in jira.create_many("DEMO", number)]
    home = make_key_result(objective, title="The first")
    link(home, *keys)
    issues = [each.issue for each in home.jira_links.order_by("issue__jira_id")]
    home.jira_links.all().delete()
    rows = [make_key_result(objective, title=f"Part {n}") for n in range(1, number)]
    JiraLink.objects.bulk_create(
        JiraLink(
            key_result=key_result,
            connection=connection,
            kind=LinkKind.ISSUE,
            issue=issue,
            by=by,
        )
        for place, key_result in enumerate([home, *rows])
        for issue in {issues[place], issues[0]}
    )
    KeyResult.objects.all().track_by("jira")
    SyncRun.objects.all().delete()
    return [home, *rows]


def test_in_the_steady_state_only_the_run_and_the_connection_are_written(
    jira, connection, key_result
):
    link(key_result, "DEMO-8", "DEMO-10")
    link(key_result, jql="project = DEMO")
    link(make_key_result(key_result.objective), jql="labels = ")
    read()
    before = Measurement.objects.count()

    with counted() as queries:
        run = read()

    assert run.changed == 0
    assert written_tables(queries) == OWN_ROWS
    assert Measurement.objects.count() == before


def test_letters_that_tell_nothing_new_are_written_once_a_day(jira, connection, key_result):
    link(key_result, "DEMO-8", "DEMO-10")
    read()
    first = JiraIssue.objects.exclude(fingerprint="").get()
    JiraIssue.objects.filter(pk=first.pk).update(fingerprint="of other letters")

    with counted() as queries:
        read()
    JiraConnection.objects.update(fields_listed_at=None)
    read()

    assert written_tables(queries) == OWN_ROWS
    assert JiraIssue.objects.get(pk=first.pk).fingerprint == first.fingerprint


def test_an_issue_that_comes_back_as_it_was_is_read(jira, connection, key_result):
    link(key_result, "DEMO-8", "DEMO-10")
    read()
    JiraIssue.objects.update(unreadable_since=timezone.now())

    read()

    assert not JiraIssue.objects.exclude(unreadable_since=None).exists()


def test_a_vanished_issue_is_written_once(jira, connection, key_result):
    link(key_result, "DEMO-8")
    read()
    jira.delete("DEMO-8")
    read()

    with counted() as queries:
        read()

    assert written_tables(queries) == OWN_ROWS


@pytest.mark.parametrize("moved", [0, 1])
def test_a_run_costs_as_many_statements_for_301_links_as_for_3(
    jira, connection, cycle, ben, olga, moved
):
    """With nothing moved, and with everything moved."""
    statements = []
    for owner, number in ((ben, 2), (olga, 151)):
        KeyResult.objects.all().delete()
        key_results = many_linked(jira, make_objective(owner, cycle), number)
        read()
        if moved:
            for issue in jira.issues("DEMO")[13:]:
                jira.move(issue.key, "Done")
        jira.forget_calls()
        with counted() as queries:
            run = read()
        statements.append(len(queries))
        assert len(jira.calls) == 3  # who are we, the issues, who are we
        assert run.changed == (number if moved else 0)
        assert {progress(each) for each in key_results} == {100 if moved else 0}

    assert statements[1] - statements[0] <= 4  # SQLite takes 999 values in one of them


def test_300_issues_of_a_query_take_three_pages(jira, connection, key_result):
    jira.create_many("DEMO", 287)
    link(key_result, jql="project = DEMO")
    read()
    jira.forget_calls()

    run = read()

    assert (run.read, run.planned) == (300, 300)
    assert len([call for call in jira.calls if call.path.endswith("/search/jql")]) == 3
    assert LinkedIssue.objects.count() == 300
    assert progress(key_result) == Decimal("2.6667")
