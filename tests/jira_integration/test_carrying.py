"""What Jira feeds goes on being fed where it is carried."""

from datetime import date
from typing import Any

import pytest

from jira_integration.models import JiraLink, SyncRun, Trigger
from okr.models import KeyResult, Objective
from okr.models.carrying import carry_on
from tests.cast import make_cycle, make_key_result
from tests.jira_integration.stage import progress, read

pytestmark = pytest.mark.usefixtures("connection")


@pytest.fixture
def winter(cycle):
    return make_cycle("Winter", starts_on=date(2090, 1, 1), ends_on=date(2090, 3, 31))


def test_the_links_go_with_it_and_it_is_read_at_once(linked, ben, olga, winter):
    by_hand = make_key_result(linked.objective, title="By hand", at="20")
    SyncRun.objects.all().delete()
    [objective] = carry_on([linked.objective], winter, olga)
    new = KeyResult.objects.get(carried_from=linked)
    assert new.tracked_by == "jira"
    assert [new.start, new.target, new.progress] == [0, 100, 0]
    assert {str(link) for link in new.jira_links.all()} == {str(k) for k in linked.jira_links.all()}
    assert set(new.jira_links.values_list("by", flat=True)) == {ben.pk}
    assert not JiraLink.objects.filter(key_result__carried_from=by_hand).exists()
    assert [(run.trigger, run.key_result) for run in SyncRun.objects.all()] == [
        (Trigger.LINK, None)
    ]
    read()
    assert progress(new) == 25
    objective.refresh_from_db()
    assert objective.progress is not None


def test_the_old_one_stands_still_once_it_is_closed(linked, ben, olga, winter, jira):
    carry_on([linked.objective], winter, olga)
    judged: dict[str, Any] = {"score": 0, "retrospective": "On it goes.", "outcome": "continue"}
    linked.objective.close(by=ben, at=linked.measured_at or linked.created_at, **judged)
    before = progress(linked)
    read()
    assert progress(linked) == before
    assert Objective.objects.get(pk=linked.objective_id).closure


def test_where_nothing_is_linked_nothing_is_asked(key_result, olga, winter):
    SyncRun.objects.all().delete()
    carry_on([key_result.objective], winter, olga)
    assert not SyncRun.objects.exists()
