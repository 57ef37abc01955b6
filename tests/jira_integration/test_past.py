"""What a number was on a day, and what moved it since the day before."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from jira_integration.explanation import in_tenths, tenth
from jira_integration.models import IntegrationSettings, Trigger
from jira_integration.past import Past
from okr.models import Measurement
from tests.cast import signed_in
from tests.jira_integration.pages import page_of, words
from tests.jira_integration.stage import link, read, rescale

pytestmark = pytest.mark.usefixtures("connection")


def days_ago(number: int):
    return timezone.localdate() - timedelta(days=number)


def let_a_day_pass() -> None:
    """Whatever was measured until now was measured a day earlier."""
    for each in Measurement.objects.all():
        Measurement.objects.filter(pk=each.pk).update(at=each.at - timedelta(days=1))


def past(key_result, day=None) -> Past:
    return Past.of(key_result, day, timezone.localdate())


def points(key_result) -> dict[str, str]:
    return {each.label: each.signed for each in past(key_result).moved}


def test_the_page_tells_why_it_fell_since_yesterday(jira, followed):
    let_a_day_pass()
    jira.move("DEMO-1", "To Do")
    read()

    page = page_of(followed)
    told = words(page[page.index('id="past-card"') :])
    assert "Why did it fall from 62% yesterday?" in told
    assert "Reopened 1 issue: DEMO-1 −7.7" in told
    assert "From 61.5% to 53.8% −7.7" in told


def test_what_happened_in_one_day_adds_up(jira, followed):
    let_a_day_pass()
    jira.move("DEMO-8", "Done")
    read()
    jira.move("DEMO-1", "To Do")
    read()
    link(followed, jql="project = OPS")
    jira.create_many("OPS", 3, status="Done")
    read()
    rescale(10, 60, 90)
    read(trigger=Trigger.SETTINGS)

    told = past(followed)
    assert sum(each.points for each in told.moved) == tenth(told.end) - tenth(
        told.start or Fraction(0)
    )
    assert {each.label for each in told.moved} == {
        "Finished",
        "Reopened",
        "Scope added",
        "Percentages or measure changed",
    }
    followed.refresh_from_db()
    assert round(Decimal(told.end.numerator) / told.end.denominator, 4) == followed.progress


def test_every_measurement_keeps_parts_that_add_up_exactly(jira, followed):
    jira.move("DEMO-8", "Done")
    read()

    for each in followed.measurements.filter(source="jira"):
        parts = sum(map(Fraction, each.why["parts"].values()), Fraction(0))
        assert Fraction(each.why["to"]) - Fraction(each.why["from"]) == parts


def test_what_a_removed_link_takes_with_it_is_scope_removed(followed):
    let_a_day_pass()
    for each in followed.jira_links.filter(issue__key__in=["DEMO-1", "DEMO-2", "DEMO-10"]):
        each.remove(by=followed.owner)
    read()

    assert points(followed).keys() == {"Scope removed"}
    [moved] = past(followed).moved
    assert moved.number == 3


def test_a_number_entered_by_hand_before_is_told_apart(followed):
    assert points(followed) == {}
    Measurement.objects.filter(key_result=followed, source="").update(
        at=timezone.now() - timedelta(days=1)
    )

    followed.refresh_from_db()
    assert points(followed) == {"Entered by hand or not recorded": "+21.5", "Scope added": "0.0"}


def test_a_chosen_day_is_answered_from_the_record(jira, followed):
    let_a_day_pass()
    jira.move("DEMO-8", "Done")
    read()
    let_a_day_pass()

    page = words(page_of(followed, query=f"?day={days_ago(2)}"))
    assert f"What was it on {days_ago(2):%-d %B}? 62%" in page
    assert "(7 Done × 100 + 2 In Progress × 50 + 4 To Do × 0) ÷ 13 issues = 61.5% ." in page
    page = words(page_of(followed, query=f"?day={days_ago(1)}"))
    assert "(8 Done × 100 + 1 In Progress × 50 + 4 To Do × 0) ÷ 13 issues = 65.4% ." in page
    assert "Finished 1 issue: DEMO-8 +3.9" in page
    page = words(page_of(followed, query=f"?day={days_ago(0)}"))
    assert f"unchanged since {days_ago(1):%-d %B}" in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "never", "2026-02-31", ""])
def test_a_day_that_is_none_or_has_nothing_does_no_harm(followed, day):
    assert 'id="past-card"' in page_of(followed, query=f"?day={day}")


def test_before_the_first_number_there_was_none(followed):
    assert "Nothing was measured until then." in page_of(followed, query="?day=2001-05-03")


def test_issue_keys_are_told_to_people_with_access_only(jira, followed, ben, cleo):
    settings = IntegrationSettings.load()
    settings.allow_only(type(ben).objects.filter(pk=ben.pk))
    let_a_day_pass()
    jira.move("DEMO-1", "To Do")
    read()

    seen = page_of(followed, person=cleo)
    assert "DEMO-1" not in seen
    assert "1 issue" in seen
    assert "−7.7" in seen


def test_nobody_asks_about_a_day_of_what_they_may_not_see(followed, cleo):
    followed.objective.visibility = "confidential"
    followed.objective.save()

    response = signed_in(cleo).get(f"/key-results/{followed.pk}/?day={days_ago(0)}")
    assert response.status_code == 404


def test_a_difference_of_rounded_numbers_is_shared_out_among_its_parts():
    assert in_tenths([Fraction(9, 100)], Decimal(0)) == [Decimal("0.0")]
    assert in_tenths([Fraction(-1, 3), Fraction(-1, 3)], Decimal("-0.7")) == [
        Decimal("-0.3"),
        Decimal("-0.4"),
    ]
