"""What the sync cannot mend is told once, to whom it concerns, and without naming an issue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration.alarm import tell_of_failing, tell_of_refused
from jira_integration.models import JiraConnection, JiraLink
from jira_integration.tasks import tick
from okr.models import Notification, Occasion
from tests.jira_integration.stage import read


def told(kind):
    rows = Notification.objects.filter(kind=kind).order_by("pk")
    return [(each.person.name.split()[0], each.words) for each in rows]


def test_refused_credentials_are_told_to_admins_once(jira, linked, olga, ada):
    jira.fault("401", path="*/myself")
    read()
    for _ in range(2):
        tick()

    [(name, words)] = told(Occasion.SYNC_FAILING)
    assert name == "Olga"
    assert "Nothing is read until Jira is connected again" in words


def test_silence_is_told_after_an_hour_and_each_time_anew(connection, olga):
    now = timezone.now()
    for days in (0, 1):
        since = now + timedelta(days=days)
        JiraConnection.objects.update(failing_since=since)
        tell_of_failing(since + timedelta(minutes=59))
        assert len(told(Occasion.SYNC_FAILING)) == days
        tell_of_failing(since + timedelta(minutes=61))

    assert len(told(Occasion.SYNC_FAILING)) == 2


def test_an_issue_that_is_gone_is_told_to_the_owner_once(jira, linked, olga):
    jira.hide("DEMO-8")
    for _ in range(2):
        read()

    [(name, words)] = told(Occasion.LINK_BROKEN)
    assert name == linked.owner.name.split()[0]
    assert "DEMO" not in words


@pytest.mark.parametrize("times", [1, 2])
def test_a_query_that_is_refused_is_told_once_a_day(linked, times):
    links = JiraLink.objects.values_list("pk", flat=True)
    now = timezone.now()
    for _ in range(times):
        tell_of_refused(links, now)

    assert len(told(Occasion.LINK_BROKEN)) == 1
    tell_of_refused(links, now + timedelta(days=1))
    assert len(told(Occasion.LINK_BROKEN)) == 2
