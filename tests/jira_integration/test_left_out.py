"""Resolutions that count neither way: what was decided not to be done is not Done."""

from decimal import Decimal

import pytest

from jira_integration.models import IntegrationSettings, JiraConnection, JiraIssue, Trigger
from okr.models import KeyResult
from tests.jira_integration.stage import link, progress, read


def parts_of(key_result: KeyResult) -> dict[str, str]:
    parts: dict[str, str] = key_result.measurements.latest("id").why["parts"]
    return parts


@pytest.fixture
def pair(connection, key_result):
    """One issue Done and one To Do."""
    link(key_result, "DEMO-1", "DEMO-10")
    read()
    return key_result


def test_a_resolution_can_count_as_left_out(jira, connection, pair):
    link(pair, "DEMO-2")
    jira.resolve("DEMO-2", "Won't Do")
    read()
    assert progress(pair) == Decimal("66.6667")
    wont_do = JiraIssue.objects.get(key="DEMO-2").resolution_id

    JiraConnection.objects.update(left_out=[wont_do])
    IntegrationSettings.load().renew()
    read(trigger=Trigger.SETTINGS)

    assert progress(pair) == 50
    assert parts_of(pair) == {"settings": "-50/3"}
    assert pair.measurements.last().why["left_out"] == 1

    jira.resolve("DEMO-1", "Won't Do")
    read()
    assert progress(pair) == 0
    assert parts_of(pair) == {"removed": "-50"}


def test_only_what_is_done_can_be_left_out(jira, connection, pair):
    jira.resolve("DEMO-10", "Won't Do")
    read()
    JiraConnection.objects.update(left_out=[JiraIssue.objects.get(key="DEMO-10").resolution_id])
    IntegrationSettings.load().renew()
    read(trigger=Trigger.SETTINGS)

    assert progress(pair) == 50


def test_where_everything_is_left_out_the_last_number_stays(jira, connection, key_result):
    link(key_result, "DEMO-1")
    read()
    jira.resolve("DEMO-1", "Duplicate")
    read()
    JiraConnection.objects.update(left_out=[JiraIssue.objects.get(key="DEMO-1").resolution_id])
    IntegrationSettings.load().renew()
    read(trigger=Trigger.SETTINGS)

    assert progress(key_result) == 100
