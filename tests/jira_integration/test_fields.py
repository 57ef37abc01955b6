"""The numeric fields of a site: listed, chosen, and taken out of Jira without moving a number."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration.calculation import Measure, Without
from jira_integration.client import Field
from jira_integration.counting import Way
from jira_integration.models import FieldKind, JiraConnection, JiraField, Measuring
from tests.jira_integration.stage import link, progress, read

ESTIMATE, POINTS = "customfield_10016", "customfield_10026"
FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"
NOW = timezone.now()


def number_field(name: str, label: str, custom: str = FLOAT) -> Field:
    return Field(name, label, name.startswith("custom"), "number", custom)


def shown(key_result) -> str:
    return f"{progress(key_result):.2f}"


def names(connection: JiraConnection) -> list[str]:
    return [choice.name for choice in JiraField.objects.choices(connection.pk)]


def asked(jira) -> int:
    return sum(call.path.endswith("/field") for call in jira.calls)


@pytest.fixture
def sized(jira, connection, key_result):
    """By story points: 17 of 41 are Done."""
    link(key_result, jql="project = DEMO")
    way = Way(Measure.SHARE, ((connection.pk, POINTS),), "Story Points", Without.LEFT_OUT)
    Measuring.objects.choose(key_result, way, key_result.owner)
    read()
    return key_result


@pytest.mark.editions("cloud", "data center")
def test_the_first_complete_reading_lists_the_fields(jira, connection):
    read()
    kinds = dict(connection.fields.values_list("field_id", "kind"))
    assert kinds[POINTS] == FieldKind.POINTS
    assert kinds["timeoriginalestimate"] == FieldKind.TIME
    assert kinds["customfield_10210"] == FieldKind.NUMBER
    assert "workratio" not in kinds
    assert "summary" not in kinds


def test_they_are_listed_once_a_day(jira, connection):
    for _ in range(3):
        read()
    assert asked(jira) == 1
    JiraConnection.objects.update(fields_listed_at=NOW - timedelta(days=1, seconds=1))
    read()
    assert asked(jira) == 2


@pytest.mark.parametrize("fault", ["403", "500", "html", "truncated"])
def test_a_list_that_cannot_be_had_spoils_no_reading(jira, connection, key_result, fault):
    link(key_result, "DEMO-8")
    jira.fault(fault, path="*/field")
    run = read()
    assert run.failure_code == ""
    assert progress(key_result) == 50
    assert names(connection) == []


def test_both_kinds_of_story_points_can_be_chosen_as_one(connection):
    read()
    first, *others = JiraField.objects.choices(connection.pk)
    assert (first.ids, first.name) == (f"{ESTIMATE}+{POINTS}", "Story points")
    assert {ESTIMATE, POINTS} <= {choice.ids for choice in others}


def test_fields_of_one_name_are_told_apart_and_times_say_their_unit(connection):
    fields = [
        number_field("customfield_2", "Effort"),
        number_field("customfield_1", "effort"),
        number_field("timespent", "Time Spent", ""),
    ]
    JiraField.objects.refresh(connection, fields, NOW)
    choices = JiraField.objects.choices(connection.pk)
    assert [choice.unit for choice in choices] == [
        "Time Spent (h)",
        "Effort (customfield_2)",
        "effort (customfield_1)",
    ]


def test_a_field_is_renamed_goes_and_comes_back(connection):
    JiraField.objects.refresh(connection, [number_field("customfield_1", "Effort")], NOW)
    JiraField.objects.refresh(connection, [number_field("customfield_1", "Size")], NOW)
    assert names(connection) == ["Size"]
    JiraField.objects.refresh(connection, [number_field("customfield_2", "Other")], NOW)
    assert names(connection) == ["Other"]
    chosen = JiraField.objects.chosen(connection.pk, "customfield_1")
    assert chosen is not None
    assert (chosen.name, chosen.is_gone) == ("Size", True)
    JiraField.objects.refresh(connection, [number_field("customfield_1", "Size")], NOW)
    assert names(connection) == ["Size"]


def test_an_empty_list_is_no_list(connection):
    JiraField.objects.refresh(connection, [number_field("customfield_1", "Effort")], NOW)
    JiraField.objects.refresh(connection, [], NOW)
    assert names(connection) == ["Effort"]


def test_a_field_taken_out_of_jira_moves_no_number(jira, sized, connection):
    assert shown(sized) == "41.46"
    jira.drop_field(POINTS)
    for _ in range(2):
        read()
        assert shown(sized) == "41.46"
    assert JiraField.objects.gone_from(connection.pk) == {POINTS}
    jira.move("DEMO-10", "Done")
    read()
    assert shown(sized) == "53.66"
    jira.site.dropped.clear()
    jira.resize("DEMO-10", points=0)
    read()
    assert shown(sized) == "47.22"


def test_while_the_list_cannot_be_had_sizes_that_went_all_at_once_are_kept(jira, sized):
    jira.drop_field(POINTS)
    jira.fault("500", path="*/field")
    read()
    assert shown(sized) == "41.46"
    jira.clear_faults()
    jira.site.dropped.clear()
    for issue in jira.issues("DEMO"):
        jira.resize(issue.key, points=None)
    jira.resize("DEMO-13", points=1)
    read()
    assert progress(sized) == 0


def test_sizes_that_are_all_taken_away_are_believed_where_the_field_is_still_there(jira, sized):
    for issue in jira.issues("DEMO"):
        jira.resize(issue.key, points=None)
    calls, measured = asked(jira), sized.measurements.count()
    read()
    assert asked(jira) == calls + 1
    assert shown(sized) == "41.46", "no issue counts, so the last number stays"
    assert sized.measurements.count() == measured
