"""The admin is told which statuses are called otherwise than they count."""

import pytest

from jira_integration.disagreeing import disagreeing
from jira_integration.models import JiraConnection, JiraIssue
from tests.cast import signed_in
from tests.jira_integration.pages import words

MANAGE = "/okr-admin/integration/jira/manage/"


def call(key: str, status: str) -> None:
    assert JiraIssue.objects.filter(key=key).update(status=status)


def told() -> list[str]:
    return [each.sentence for each in disagreeing(JiraConnection.objects.get())]


def test_a_name_that_says_otherwise_than_its_category_is_listed(followed):
    call("DEMO-8", "Released")
    call("DEMO-9", " RELEASED")
    call("DEMO-10", "in  review")
    call("DEMO-1", "Backlog")
    call("DEMO-2", "Ready to be released")

    assert sorted(told()) == [
        " RELEASED is in the category In Progress: 1 linked issue.",
        "Backlog is in the category Done: 1 linked issue.",
        "Released is in the category In Progress: 1 linked issue.",
        "in  review is in the category To Do: 1 linked issue.",
    ]


def test_the_admin_reads_it_below_the_percentages(olga, ben, followed):
    page = signed_in(olga).get(MANAGE)
    assert "Statuses that may surprise" not in words(page.content.decode())

    call("DEMO-8", "Released")
    told = words(signed_in(olga).get(MANAGE).content.decode())
    assert "Statuses that may surprise Released is in the category In Progress" in told
    assert signed_in(ben).get(MANAGE).status_code in (403, 404)


@pytest.mark.usefixtures("db")
def test_without_a_connection_there_is_nothing_to_tell():
    assert disagreeing(None) == []
