"""Measured by a field, by a count or a sum: tried out against Jira, chosen, and explained."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone
from hypothesis import given, settings

from jira_integration import sync
from jira_integration.calculation import Measure
from jira_integration.explanation import TENTH, tenth
from jira_integration.models import IntegrationSettings, JiraConnection, JiraField, Measuring
from jira_integration.trial import MOST_TRIED
from jira_integration.why_rows import add_up
from tests.cast import signed_in
from tests.jira_integration.pages import page_of, table, words
from tests.jira_integration.stage import link, progress, read
from tests.jira_integration.worked import CASES, breakdowns

HTMX = {"HX-Request": "true"}
POINTS, ESTIMATE = "customfield_10026", "timeoriginalestimate"


def address(key_result) -> str:
    return f"/key-results/{key_result.pk}/jira/measure/"


def ask(key_result, person=None, **chosen):
    """The dialog, or what it answers while somebody chooses."""
    client = signed_in(person or key_result.owner)
    if not chosen:
        return client.get(address(key_result))
    return client.post(address(key_result), {"try": "1", **chosen}, headers=HTMX)


def told(response) -> str:
    return words(response.content.decode())


def by(field: str, **chosen) -> dict[str, str]:
    return {f"field_{JiraConnection.objects.get().pk}": field, **chosen}


def save(key_result, **chosen):
    response = signed_in(key_result.owner).post(address(key_result), chosen)
    sync.run_waiting(JiraConnection.objects.get().pk)
    return response


@pytest.fixture
def twenty(followed):
    """Seven of thirteen are Done; from 0 to 20."""
    followed.target = 20
    followed.save(update_fields=["target"])
    return followed


def test_before_a_choice_each_way_tells_what_it_makes(twenty):
    page = told(ask(twenty))
    assert "Now 7 of 20, counted from 0. 13 issues are linked. Makes 35%" in page
    assert "Sum over Done Choose below what is summed up." in page
    assert "Story points Story Points" in page or "Story Points" in page
    assert "Leave it out" not in page


def test_a_field_that_nothing_uses_yet_is_read_in_jira(jira, followed):
    jira.resize("DEMO-10", points=None)
    jira.forget_calls()
    page = told(ask(followed, **by(POINTS, measure="share", without="average")))
    assert "1 of 13 linked issues has no Story Points now." in page
    assert "62% now → 44%" in page
    assert "That is 3 Story Points now." in page
    assert sum(call.path.endswith("/bulkfetch") for call in jira.calls) == 1
    assert not Measuring.objects.exists()


def test_each_meaning_of_an_empty_field_tells_what_it_makes(jira, followed):
    jira.resize("DEMO-10", points=None)
    page = told(ask(followed, **by(POINTS, measure="share", without="average")))
    assert "It counts as if it were not linked. Makes 47%" in page
    assert "Count it as 1 Makes 46%" in page


@pytest.mark.parametrize("fault", ["500", "timeout", "429", "captcha"])
def test_where_jira_cannot_be_asked_that_is_said(jira, followed, fault):
    jira.fault(fault, path="*", seconds=5)
    page = told(ask(followed, **by(POINTS, measure="share", without="average")))
    assert "could not be asked, so the numbers by a field follow after saving." in page
    assert "work in progress counts as nothing. Makes" not in page


def test_more_than_a_thousand_issues_are_not_read_for_a_trial(jira, followed):
    jira.create_many("OPS", MOST_TRIED)
    link(followed, jql="project = OPS")
    read()
    jira.forget_calls()
    page = told(ask(followed, **by(POINTS, measure="share", without="average")))
    assert "More than 1,000 issues are linked" in page
    assert not any(call.path.endswith("/bulkfetch") for call in jira.calls)


def test_the_fields_are_asked_for_where_none_was_ever_told(jira, followed):
    JiraField.objects.all().delete()
    JiraConnection.objects.update(fields_listed_at=None)
    assert "Story Points" in told(ask(followed))
    assert JiraField.objects.exists()


def test_chosen_story_points_move_the_number_and_explain_it(jira, followed):
    jira.resize("DEMO-10", points=None)
    save(followed, **by(POINTS, measure="mean", without="left_out"))
    assert tenth_of(followed) == "65.3"
    page = words(page_of(followed))
    assert "(17 Done × 100 + 13 In Progress × 50 + 6 To Do × 0) ÷ 36 Story Points = 65.3%" in page
    assert (
        "Each unit of Story Points contributes 2.8 points where it is Done, "
        "1.4 where it is In Progress." in page
    )
    assert "How it is measured: Mean of the percentages, by Story Points" in page
    *rows, total = table(page_of(followed))
    assert [row[3] for row in rows if "DEMO-9" in row[0]] == ["8"]
    assert rows[-1][2:] == ["○ To Do Left out: no Story Points", "–", "–", "–"]
    assert sum(Decimal(row[-1]) for row in rows[:-1]) == Decimal(total[-1])


def test_hours_say_that_they_are_hours(jira, followed):
    jira.resize("DEMO-1", estimate=5_400)
    jira.resize("DEMO-8", estimate=1_800)
    save(followed, **by(ESTIMATE, measure="share", without="left_out"))
    page = words(page_of(followed))
    assert "(1.5 Done × 100 + 0.5 In Progress × 0) ÷ 2 h = 75%" in page
    assert "Each hour of Original estimate contributes 50 points where it is Done." in page


def test_a_count_stands_between_start_and_target(twenty):
    save(twenty, measure="count")
    assert progress(twenty) == 35
    page = words(page_of(twenty))
    assert "7 Done of 20 wanted, from 0 = 35%" in page
    assert "Each Done issue contributes 5 points." in page


def test_a_sum_beyond_the_target_adds_up_to_a_hundred(jira, twenty):
    twenty.start = 5
    twenty.save(update_fields=["start"])
    jira.resize("DEMO-1", points=40)
    save(twenty, **by(POINTS, measure="sum", without="left_out"))
    assert progress(twenty) == 100
    *rows, total = table(page_of(twenty))
    assert "52 Story Points Done of 20 Story Points wanted, from 5" in words(page_of(twenty))
    assert rows[-2][0] == "Less the start value of 5 Story Points"
    assert rows[-1][0] == "More than the target of 20 Story Points"
    assert sum(Decimal(row[-1]) for row in rows) == Decimal(total[-1]) == 100


def test_what_counts_is_not_offered_without_room_above_the_start(followed):
    followed.start, followed.target = 100, 20
    followed.save(update_fields=["start", "target"])
    response = ask(followed)
    assert "Needs a target above the start; this key result goes from 100 to 20." in told(response)
    assert response.content.decode().count("disabled") == 2
    assert save(followed, measure="count").status_code == 422


def test_a_sum_needs_a_field(followed):
    response = save(followed, measure="sum")
    assert response.status_code == 422
    assert not Measuring.objects.exists()


@pytest.mark.parametrize("sent", [{"measure": "median"}, {}, {"measure": "share", "without": "x"}])
def test_what_is_not_offered_is_refused(followed, sent):
    assert save(followed, **sent).status_code == 422


def test_a_field_that_was_not_offered_is_refused(followed):
    assert save(followed, **by("customfield_1", measure="share")).status_code == 422


def test_a_count_forgets_the_field(followed):
    save(followed, **by(POINTS, measure="count", without="one"))
    assert Measuring.objects.of(followed).fields == ()


def test_a_field_that_is_gone_is_said_and_can_be_kept(jira, followed):
    save(followed, **by(POINTS, measure="share", without="left_out"))
    jira.drop_field(POINTS)
    read()
    assert "Story Points is no longer in Jira." in words(page_of(followed))
    assert "Story Points (no longer in Jira)" in told(ask(followed))
    assert Measuring.objects.of(followed).measure is Measure.SHARE


def test_others_cannot_try_or_choose(followed, cleo, olga):
    IntegrationSettings.load().allow_only(type(olga).objects.filter(pk=olga.pk))
    assert ask(followed).status_code == 403
    assert ask(followed, cleo).status_code in (403, 404)
    assert save(followed, measure="share").status_code == 403


def test_the_dialog_works_as_a_page_of_its_own(followed):
    page = signed_in(followed.owner).post(address(followed), {"try": "1", "measure": "share"})
    assert page.status_code == 200
    assert "62% now → 54%" in told(page)
    assert not Measuring.objects.exists()


@settings(max_examples=CASES, deadline=None)
@given(breakdowns)
def test_rows_start_and_cut_add_up_in_tenths(breakdown):
    rows, ends = add_up(breakdown)
    total = sum(rows, ends.base + ends.cut)
    assert total == tenth(breakdown.progress or Fraction(0))
    exact = [row.contributes for row in breakdown.rows]
    assert all(abs(shown - tenth(each)) <= TENTH for shown, each in zip(rows, exact, strict=True))


def tenth_of(key_result) -> str:
    return f"{progress(key_result):.1f}"


def test_the_age_of_the_list_is_noted(connection):
    read()
    connection.refresh_from_db()
    assert connection.fields_listed_at <= timezone.now()


def test_each_site_has_fields_of_its_own(jira, support_jira, connection, support, key_result):
    support_jira.resize("DEMO-10", clinics=12)
    link(key_result, "DEMO-8", at=connection)
    link(key_result, "DEMO-10", at=support)
    for site in (connection, support):
        read(at=site)
    page = told(ask(key_result))
    assert f"Weigh issues of {connection.name} by" in page
    assert f"Weigh issues of {support.name} by" in page
    chosen = {f"field_{connection.pk}": POINTS, f"field_{support.pk}": "customfield_10210"}
    asked = ask(key_result, measure="mean", without="left_out", **chosen)
    assert "25% now → 15%" in told(asked)
    signed_in(key_result.owner).post(
        address(key_result), {"measure": "mean", "without": "left_out", **chosen}
    )
    for site in (connection, support):
        sync.run_waiting(site.pk)
    assert tenth_of(key_result) == "14.7"
    way = Measuring.objects.of(key_result)
    assert way.unit == "Story Points and Clinics reached"
