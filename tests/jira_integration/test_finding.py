"""A linked issue's key or summary finds its key result, for those who may see both."""

from datetime import date

import pytest
from django.utils import timezone

from jira_integration.models import (
    IntegrationSettings,
    JiraIssue,
    JiraLink,
    LinkedIssue,
    LinkKind,
)
from okr.models import Cycle, Person, Visibility
from tests.cast import make_key_result, make_objective, signed_in
from tests.jira_integration.stage import counted, link

pytestmark = pytest.mark.usefixtures("connection")
GROUP = "Key results by Jira issue"


def hits(person, query):
    groups = signed_in(person).get("/search/", {"q": query}).context["groups"]
    return [(hit.title, hit.note) for group in groups if group.name == GROUP for hit in group.hits]


def test_a_key_finds_its_key_result_exactly_first(followed, cleo):
    found = hits(cleo, "demo-1")
    assert found[0][0] == "Clinics set up by themselves"
    assert found[0][1].startswith("DEMO-1 ")
    assert len(found) == 5


def test_words_of_a_summary_find_it_too(followed, cleo):
    assert [note.split()[0] for _, note in hits(cleo, "opening hours")]


def test_an_issue_that_was_not_read_yet_is_found(key_result, cleo):
    link(key_result, "DEMO-8")
    assert len(hits(cleo, "DEMO-8")) == 1


def test_without_jira_access_nothing_is_found(followed, cleo, olga):
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))
    assert hits(cleo, "demo-1") == []
    assert b"DEMO" not in signed_in(cleo).get("/search/?q=opening+hours").content
    assert len(hits(olga, "demo-1")) == 5


def test_with_the_switch_off_nothing_is_found(followed, olga):
    IntegrationSettings.load().turn_off()
    assert hits(olga, "demo-1") == []


def test_a_confidential_key_result_is_not_found_by_its_issue(followed, cleo, olga):
    objective = followed.objective
    objective.visibility = Visibility.CONFIDENTIAL
    objective.keep()
    assert hits(cleo, "demo-1") == []
    assert hits(olga, "demo-1") != []


def follow_more(key_result, connection, numbers):
    """Issues of one summary, each linked and read."""
    issues = JiraIssue.objects.bulk_create(
        JiraIssue(
            connection=connection, jira_id=each, key=f"OPS-{each}", summary="Failover is tried"
        )
        for each in numbers
    )
    columns = {"key_result": key_result, "connection": connection, "by": key_result.owner}
    links = JiraLink.objects.bulk_create(
        JiraLink(**columns, kind=LinkKind.ISSUE, issue=issue) for issue in issues
    )
    LinkedIssue.objects.bulk_create(LinkedIssue(link=each, issue=each.issue) for each in links)


def test_a_search_costs_the_same_for_three_and_three_hundred_issues(key_result, connection, cleo):
    def queries(numbers):
        follow_more(key_result, connection, numbers)
        with counted() as asked:
            assert len(hits(cleo, "failover")) == min(len(numbers), 5)
        return len(asked)

    assert queries(range(1001, 1004)) == queries(range(2001, 2298))


def test_issues_of_a_running_cycle_stand_before_those_of_a_closed_one(
    key_result, connection, cleo, ben
):
    cycle = Cycle.objects.create(
        name="Long over", starts_on=date(2020, 1, 1), ends_on=date(2020, 3, 31)
    )
    older = make_key_result(make_objective(ben, cycle), title="Tried before")
    follow_more(older, connection, [1001])
    follow_more(key_result, connection, [2001])
    Cycle.objects.filter(pk=cycle.pk).update(closed_at=timezone.now())
    found = hits(cleo, "failover")
    assert [note for _, note in found] == [
        "OPS-2001 Failover is tried",
        "OPS-1001 Failover is tried",
    ]
