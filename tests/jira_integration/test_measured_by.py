"""What a number is made of besides statuses: sizes, link weights, resolutions, start and target."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from jira_integration import sync
from jira_integration.calculation import Measure, Without
from jira_integration.counting import Way
from jira_integration.difference import Part
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraIssue,
    JiraLink,
    LinkedIssue,
    Measuring,
    SyncRun,
    Trigger,
    Unlinked,
)
from jira_integration.outlook import outlook
from jira_integration.proposal import Proposal
from okr.models import KeyResult
from tests.jira_integration.pages import page_of, words
from tests.jira_integration.stage import link, progress, read


def points_of(connection: JiraConnection) -> str:
    """The ids of the two fields of story points that the sandbox has."""
    with connection.client() as client:
        client.myself()
        found = [each.id for each in client.fields() if each.name.lower().startswith("story point")]
    return "+".join(found)


def measure_by(key_result: KeyResult, measure: Measure = Measure.MEAN, **more: Any) -> None:
    Measuring.objects.choose(key_result, Way(measure, **more), key_result.owner)
    work_off()


def by_points(key_result: KeyResult, measure: Measure = Measure.MEAN, **more: Any) -> None:
    connection = JiraConnection.objects.get()
    fields = ((connection.pk, points_of(connection)),)
    measure_by(key_result, measure, fields=fields, unit="Story points", **more)


def work_off() -> None:
    for connection in JiraConnection.objects.all():
        sync.run_waiting(connection.pk)


def parts_of(key_result: KeyResult) -> dict[str, str]:
    parts: dict[str, str] = key_result.measurements.latest("id").why["parts"]
    return parts


@pytest.fixture
def pair(jira, connection, key_result):
    """Eight points Done and two To Do."""
    jira.resize("DEMO-1", points=8)
    jira.resize("DEMO-10", points=2)
    link(key_result, "DEMO-1", "DEMO-10")
    read()
    return key_result


@pytest.mark.editions("cloud", "data center")
def test_issues_weigh_what_their_field_says(pair):
    assert progress(pair) == 50

    by_points(pair)

    assert progress(pair) == 80
    assert parts_of(pair) == {"settings": "30"}


def test_a_field_that_changes_in_jira_is_told_as_re_weighted(jira, pair):
    by_points(pair)

    jira.resize("DEMO-10", points=8)
    read()

    assert progress(pair) == 50
    assert parts_of(pair) == {"reweighted": "-30"}
    why = pair.measurements.in_order().last().why
    assert why["reweighted"]["number"] == 1
    assert why["weights"] == {"done": "8", "indeterminate": "0", "new": "8"}


@pytest.mark.parametrize(
    ("without", "expected"),
    [(Without.LEFT_OUT, 80), (Without.AVERAGE, "53.3333"), (Without.ONE, "72.7273")],
)
def test_an_issue_without_the_field_means_what_was_chosen(jira, pair, without, expected):
    jira.resize("DEMO-11", points=None)
    link(pair, "DEMO-11")
    by_points(pair, without=without)

    assert progress(pair) == Decimal(expected)


def test_the_fields_in_use_stay_in_the_mirror_whoever_is_read(pair, connection):
    by_points(pair)
    link(pair, "DEMO-8")
    read(pair)
    read(trigger=Trigger.SCHEDULE)

    [issue] = JiraIssue.objects.filter(key="DEMO-1")
    assert set(issue.numbers.values()) == {"8"} or set(issue.numbers.values()) == {"8.0"}


def test_a_query_is_measured_by_its_field_too(jira, connection, key_result):
    for issue in jira.issues("DEMO"):
        jira.resize(issue.key, points=3)
    jira.resize("DEMO-10", points=11)
    link(key_result, jql="key in (DEMO-1, DEMO-2, DEMO-3, DEMO-10)")
    read()

    by_points(key_result)

    assert progress(key_result) == 45


def test_links_weigh_their_issues(jira, pair):
    done = pair.jira_links.get(issue__key="DEMO-1")
    jira.forget_calls()

    assert JiraLink.objects.weigh(pair, {done.pk: 3}, pair.owner)
    work_off()

    assert progress(pair) == 75
    assert parts_of(pair) == {"reweighted": "25"}
    assert not jira.calls
    assert not JiraLink.objects.weigh(pair, {done.pk: 3}, pair.owner)


def test_new_weights_are_foreseen_as_they_become(pair):
    done = pair.jira_links.get(issue__key="DEMO-1")

    promised = outlook(pair, Proposal(), weights={done.pk: 9}).after
    JiraLink.objects.weigh(pair, {done.pk: 9}, pair.owner)
    work_off()

    assert promised == progress(pair) == 90


def test_an_issue_that_two_links_find_weighs_like_the_heavier(pair):
    link(pair, jql="key = DEMO-1")
    query = pair.jira_links.get(kind="query")
    JiraLink.objects.weigh(pair, {query.pk: 4}, pair.owner)
    work_off()

    assert progress(pair) == 80
    assert sum(pair.measurements.last().why["counts"].values()) == 2


def test_the_number_of_done_stands_between_start_and_target(jira, followed):
    KeyResult.objects.filter(pk=followed.pk).update(start=5, target=15)

    measure_by(followed, Measure.COUNT)
    assert progress(followed) == 20  # seven Done: two of the ten from 5 to 15
    assert "7 Done of 15 wanted, from 5 = 20%" in words(page_of(followed))

    jira.move("DEMO-8", "Done")
    read()
    assert progress(followed) == 30
    assert parts_of(followed) == {"finished": "10"}


def test_a_sum_over_done_stands_between_start_and_target(jira, pair):
    by_points(pair, Measure.SUM)
    assert progress(pair) == 8

    jira.move("DEMO-10", "Done")
    read()
    assert progress(pair) == 10
    assert parts_of(pair) == {"finished": "2"}


def test_a_new_target_moves_what_is_counted(followed):
    measure_by(followed, Measure.COUNT)
    KeyResult.objects.filter(pk=followed.pk).update(target=14)

    read(trigger=Trigger.SCHEDULE)

    assert progress(followed) == 50
    assert parts_of(followed) == {"settings": "43"}


def test_nothing_is_counted_towards_a_target_below_the_start(followed):
    KeyResult.objects.filter(pk=followed.pk).update(start=15, target=5)
    followed.refresh_from_db()

    with pytest.raises(ValueError, match="target above the start"):
        measure_by(followed, Measure.COUNT)
    with pytest.raises(ValueError, match="field"):
        measure_by(followed, Measure.SUM)


def test_what_a_removed_link_counted_is_named_once(jira, pair):
    by_points(pair)
    pair.jira_links.get(issue__key="DEMO-10").remove(by=pair.owner)
    assert Unlinked.objects.count() == 1

    work_off()

    assert progress(pair) == 100
    assert parts_of(pair) == {"removed": "20"}
    issue = JiraIssue.objects.get(key="DEMO-10")
    named = [[issue.connection_id, issue.jira_id]]
    assert pair.measurements.last().why["removed"] == {"number": 1, "issues": named}
    assert not Unlinked.objects.exists()


def test_the_last_link_takes_its_memory_with_it(pair):
    for each in list(pair.jira_links.all()):
        each.remove(by=pair.owner)

    assert not Unlinked.objects.exists()
    assert progress(pair) == 50


def test_a_new_method_that_makes_the_same_number_is_still_told(followed, jira):
    for issue in jira.issues("DEMO"):
        jira.move(issue.key, "Done")
    read()
    before = followed.measurements.count()

    measure_by(followed, Measure.SHARE)

    assert progress(followed) == 100
    assert followed.measurements.count() == before + 1
    assert followed.measurements.last().why["measure"] == "share"
    read()
    assert followed.measurements.count() == before + 1


def test_parts_add_up_through_every_kind_of_change(jira, followed):
    by_points(followed, without=Without.AVERAGE)
    jira.move("DEMO-8", "Done")
    jira.resize("DEMO-1", points=20)
    link(followed, jql="project = DEMO")
    read()
    JiraLink.objects.weigh(followed, {followed.jira_links.first().pk: 7}, followed.owner)
    work_off()
    followed.jira_links.first().remove(by=followed.owner)
    work_off()

    for each in followed.measurements.filter(source="jira"):
        parts = sum(map(Fraction, each.why["parts"].values()), Fraction(0))
        assert Fraction(each.why["to"]) - Fraction(each.why["from"]) == parts
        assert str(Part.ELSEWHERE) not in each.why["parts"] or each.why["added"]


def test_who_may_not_link_decides_nothing(pair, olga):
    IntegrationSettings.load().allow_only(type(olga).objects.filter(pk=olga.pk))

    with pytest.raises(PermissionDenied):
        measure_by(pair, Measure.SHARE)
    with pytest.raises(PermissionDenied):
        JiraLink.objects.weigh(pair, {}, pair.owner)
    assert not Measuring.objects.exists()
    assert not SyncRun.objects.open().exists()
    assert LinkedIssue.objects.filter(weight=1).count() == 2
