"""Honest Done: resolutions whose issues are left out, tried out first, and shown as such."""

import re
from decimal import Decimal
from html import unescape

import pytest

from jira_integration import sync
from jira_integration.models import JiraConnection, SyncRun, Trigger
from tests.cast import make_key_result, signed_in
from tests.jira_integration.pages import page_of, table, words
from tests.jira_integration.stage import link, meanwhile, progress, read

ADDRESS = "/okr-admin/integration/jira/manage/left-out/"
WONT_DO, DUPLICATE = "10001", "10003"


def told(response) -> str:
    return unescape(words(response.content.decode()))


def send(person, *resolutions, **more):
    return signed_in(person).post(ADDRESS, {"resolutions": list(resolutions), **more})


def save(person, *resolutions):
    response = send(person, *resolutions)
    sync.run_waiting(JiraConnection.objects.get().pk)
    return response


@pytest.fixture
def resolved(jira, followed):
    """Seven of thirteen are Done: one is refused, one a duplicate."""
    jira.resolve("DEMO-1", "Won't Do")
    jira.resolve("DEMO-2", "Duplicate")
    read()
    return followed


@pytest.mark.editions("cloud", "data center")
def test_every_resolution_of_the_site_tells_how_many_issues_it_has(resolved, olga):
    page = told(signed_in(olga).get(ADDRESS))
    assert "Done 5 linked Done issues" in page
    assert "Won't Do 1 linked Done issue" in page
    assert "Cannot Reproduce No linked issue" in page


def test_before_saving_each_change_is_told(resolved, olga):
    link(make_key_result(resolved.objective, title="Both"), "DEMO-1", "DEMO-8")
    read()
    response = signed_in(olga).post(
        ADDRESS, {"resolutions": [WONT_DO], "try": "1"}, headers={"HX-Request": "true"}
    )
    page = told(response)
    assert "2 key results will change. Largest: Both , 75% → 50%." in page
    assert "All 2 changes" in page
    assert "62% → 58%" in page
    assert JiraConnection.objects.get().left_out == []


def test_left_out_issues_count_neither_way_and_are_shown(jira, resolved, olga):
    jira.forget_calls()
    assert save(olga, WONT_DO, DUPLICATE).status_code == 302
    assert progress(resolved) == Decimal("54.5455")
    page = page_of(resolved)
    *rows, total = table(page)
    assert [row[2] for row in rows[-2:]] == [
        "● Done Left out: Won&#x27;t Do",
        "● Done Left out: Duplicate",
    ]
    assert [row[-1] for row in rows[-2:]] == ["–", "–"]
    assert total[0] == "Total of 11 issues"
    assert "(5 Done × 100 + 2 In Progress × 50 + 4 To Do × 0) ÷ 11 issues = 54.5%" in words(page)


def test_an_issue_that_is_reopened_counts_again(jira, resolved, olga):
    save(olga, WONT_DO)
    jira.move("DEMO-1", "To Do")
    read()
    assert progress(resolved) == Decimal("53.8462")


def test_where_every_issue_is_left_out_the_number_stays(jira, connection, key_result, olga):
    link(key_result, "DEMO-1")
    read()
    jira.resolve("DEMO-1", "Duplicate")
    read()
    save(olga, DUPLICATE)
    assert progress(key_result) == 100
    page = words(page_of(key_result))
    assert "None of the 1 linked issue counts: 1 left out for the resolution." in page


@pytest.mark.django_db(transaction=True)
def test_a_reading_under_way_with_the_old_choice_records_nothing_of_it(jira, resolved, olga):
    meanwhile(jira, "bulkfetch", lambda: send(olga, WONT_DO))
    read()
    assert progress(resolved) == Decimal("58.3333")


def test_saving_what_is_saved_asks_for_nothing(resolved, olga):
    save(olga, WONT_DO)
    SyncRun.objects.all().delete()
    save(olga, WONT_DO)
    assert not SyncRun.objects.filter(trigger=Trigger.SETTINGS).exists()


@pytest.mark.parametrize("fault", ["500", "captcha", "timeout"])
def test_without_an_answer_of_jira_what_linked_issues_have_is_offered(jira, resolved, olga, fault):
    jira.fault(fault, path="*", seconds=5)
    page = told(signed_in(olga).get(ADDRESS))
    assert "These are the resolutions that linked issues have." in page
    assert "Won't Do 1 linked Done issue" in page
    assert "Cannot Reproduce" not in page


def test_a_choice_that_jira_no_longer_names_can_be_taken_back(resolved, olga):
    JiraConnection.objects.get().leave_out(["77"])
    page = signed_in(olga).get(ADDRESS).content.decode()
    assert re.search(r'value="77"[^>]* checked', page)
    save(olga)
    assert JiraConnection.objects.get().left_out == []


def test_what_is_not_offered_is_refused(resolved, olga):
    assert send(olga, "1'; --").status_code == 422


def test_only_admins_choose(resolved, ben):
    assert signed_in(ben).get(ADDRESS).status_code == 403
    assert send(ben, WONT_DO).status_code == 403


def test_without_a_connection_there_is_nothing_to_choose(db, olga):
    assert signed_in(olga).get(ADDRESS).status_code == 302
