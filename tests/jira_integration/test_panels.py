"""Jira on other pages: rows, check-ins and the history."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration.models import (
    JiraConnection,
    JiraLink,
    Trigger,
)
from jira_integration.panels import sources
from jira_integration.why import Why
from okr import slots
from okr.models import KeyResult
from tests.cast import make_key_result, make_objective, signed_in
from tests.jira_integration.pages import words
from tests.jira_integration.stage import counted, link, read, rescale

pytestmark = pytest.mark.usefixtures("connection")


def test_rows_tell_their_source_and_age(followed, key_result):
    other = make_key_result(followed.objective, title="By hand")
    rows = list(KeyResult.objects.all())

    found = sources(rows)

    assert set(found) == {followed.pk}
    assert other.pk not in found
    source = found[followed.pk]
    assert (source.name, source.stale, source.note) == ("Jira", False, "")
    assert source.read_at == JiraConnection.objects.get().read_at


def test_a_link_never_read_has_no_age(key_result):
    link(key_result, "DEMO-8")

    [source] = sources(list(KeyResult.objects.all())).values()
    assert source.read_at is None


def test_a_row_is_stale_when_jira_fails_or_nobody_has_read_for_long(jira, followed, settings):
    rows = list(KeyResult.objects.all())
    JiraConnection.objects.update(read_at=timezone.now() - timedelta(hours=1))
    JiraLink.objects.update(read_at=timezone.now() - timedelta(hours=1))
    assert sources(rows)[followed.pk].stale

    read()
    assert not sources(rows)[followed.pk].stale

    jira.fault("503")
    read()
    assert sources(rows)[followed.pk].stale


def test_a_refused_query_is_noted_in_the_row(key_result):
    link(key_result, "DEMO-8")
    link(key_result, jql="project = NOWHERE")
    read()

    [source] = sources(list(KeyResult.objects.all())).values()
    assert source.note == "1 Jira search refused"


def test_sources_cost_one_query_for_any_number_of_rows(connection, ben, cycle):
    objective = make_objective(ben, cycle)
    costs = []
    for number in (3, 300):
        KeyResult.objects.all().delete()
        rows = [
            KeyResult(objective=objective, owner=ben, title=str(n), current=0)
            for n in range(number)
        ]
        KeyResult.objects.bulk_create(rows)
        JiraLink.objects.bulk_create(
            JiraLink(key_result=row, connection=connection, kind="query", jql="x = y", by=ben)
            for row in rows
        )
        KeyResult.objects.all().track_by("jira")
        tracked = list(KeyResult.objects.all())
        with counted() as queries:
            assert len(sources(tracked)) == number
        costs.append(len(queries))

    assert costs == [1, 1]
    with counted() as queries:
        assert sources([make_key_result(objective)]) == {}
    assert not [each for each in queries.captured_queries if "jira" in each["sql"]]


def test_a_page_of_300_issues_costs_as_many_queries_as_one_of_3(jira, connection, ben, cycle):
    costs = []
    for number in (3, 300):
        jira.create_many("OPS", number)
        key_result = make_key_result(make_objective(ben, cycle))
        link(key_result, jql=f"project = OPS AND key <= OPS-{number}")
        read()
        assert len(Why.of(key_result).breakdown.rows) >= number
        client = signed_in(ben)
        with counted() as queries:
            client.get(f"/key-results/{key_result.pk}/")
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_a_value_that_follows_jira_cannot_be_typed(followed):
    page = signed_in(followed.owner).get(f"/key-results/{followed.pk}/check-in/").content.decode()

    assert "Progress comes from 13 Jira issues, so it cannot be typed here." in words(page)
    assert "Remove the Jira links to enter progress yourself." in words(page)
    assert 'name="value"' not in page


def test_one_issue_is_one_issue(key_result):
    link(key_result, "DEMO-8")
    read()

    page = signed_in(key_result.owner).get(f"/key-results/{key_result.pk}/check-in/")
    assert "Progress comes from 1 Jira issue, so" in words(page.content.decode())


def test_a_check_in_says_that_progress_moves_in_steps(followed):
    client = signed_in(followed.owner)
    for address in (f"/key-results/{followed.pk}/check-in/", f"/check-in/?at={followed.pk}"):
        assert "Jira progress moves in steps." in words(client.get(address).content.decode())


def test_a_value_by_hand_gets_no_notice(key_result):
    page = signed_in(key_result.owner).get(f"/key-results/{key_result.pk}/check-in/")

    assert "Jira" not in page.content.decode()


def test_the_history_tells_why_the_number_moved(jira, key_result):
    link(key_result, "DEMO-8", "DEMO-10", "DEMO-1")
    read()
    jira.move("DEMO-8", "Done")
    jira.move("DEMO-1", "In Progress")
    jira.move("DEMO-10", "In Progress")
    read()
    link(key_result, "DEMO-2")
    read()
    rescale(0, 20, 100)
    read(trigger=Trigger.SETTINGS)

    history = list(key_result.measurements.in_order())
    found = slots.reasons(history)

    assert [(found[each.pk].shape, found[each.pk].words) for each in history if each.source] == [
        ("plus", "3 issues added"),
        ("return", "1 issue reopened, 1 issue finished, 1 issue moved on"),
        ("plus", "1 issue added"),
        ("diamond", "Percentages changed"),
    ]
