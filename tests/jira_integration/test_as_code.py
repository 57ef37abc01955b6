"""The links of a key result in a file of OKRs: out, wiped, and in again with the same bytes."""

import pytest

from jira_integration.models import (
    FieldKind,
    IntegrationSettings,
    JiraField,
    JiraLink,
    Measuring,
    SyncRun,
    Trigger,
    WhoMayLink,
)
from okr import slots
from okr.as_code.exporting import export
from okr.as_code.plan import apply, plan
from okr.as_code.shown import shown
from okr.models import KeyResult, Objective
from tests.jira_integration.stage import link, progress, read
from tests.okr.as_code.sent import faults, order

JIRA = """
        jira:
          measure: share
          links:
            - issue: DEMO-8
              weight: 3
            - issue: DEMO-10
            - below: DEMO-8
              levels: all
            - jql: project = DEMO AND statusCategory = Done
"""


@pytest.fixture
def text(linked, ben):
    return export(ben)


def test_links_are_written_planted_anew_and_read(text, linked, ben, olga):
    assert (
        "jira:\n          links:\n            - issue: DEMO-8\n            - issue: DEMO-10\n"
        in text
    )
    assert plan(order(ben, text)).steps == []
    whole = text[: text.index("\n        jira:")] + JIRA
    apply(order(ben, whole))
    assert export(ben) == whole

    whole = export(olga)
    while objective := Objective.objects.first():
        objective.remove()
    assert not JiraLink.objects.exists()
    apply(order(olga, whole))

    assert export(olga) == whole
    new = KeyResult.objects.get()
    assert new.tracked_by == "jira"
    read()
    assert progress(new)


def test_what_is_linked_anew_asks_for_the_time_before(text, linked, ben):
    asked = SyncRun.objects.filter(trigger=Trigger.HISTORY)
    first = "- issue: DEMO-8"
    apply(order(ben, text.replace(first, f"{first}\n              weight: 2")))
    assert not asked.exists()

    apply(
        order(ben, text.replace("- issue: DEMO-8", "- issue: DEMO-8\n            - issue: DEMO-1"))
    )
    assert [each.key_result for each in asked] == [linked]


def test_a_list_of_links_is_whole_and_no_list_leaves_them(text, linked, ben):
    fewer = text.replace("            - issue: DEMO-8\n", "")
    none = text[: text.index("\n        jira:")] + "\n"

    assert plan(order(ben, none)).steps == []
    apply(order(ben, fewer))
    assert [str(each.issue) for each in linked.jira_links.all()] == ["DEMO-10"]
    apply(order(ben, none + "        jira: {links: []}\n"))
    linked.refresh_from_db()
    assert (linked.jira_links.count(), linked.tracked_by) == (0, "")


def test_a_plan_asks_jira_and_links_nothing(text, linked, ben):
    runs = SyncRun.objects.count()
    more = text.replace("- issue: DEMO-8", "- issue: DEMO-8\n            - issue: DEMO-1")

    made = plan(order(ben, more))

    (step,) = shown(made)
    (change,) = step["changes"]
    assert (change["field"], change["gone"], change["come"]) == ("jira", [], ["issue DEMO-1"])
    assert linked.jira_links.count() == 2
    assert SyncRun.objects.count() == runs


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("- issue: DEMO-9999", "DEMO-9999 cannot be read in Jira"),
        ("- jql: no such thing", "jira.links: "),
        ("- filter: 999999", "There is no filter 999999"),
        ("- issue: words", "Write the key of an issue"),
        ("- {issue: DEMO-1, jql: x = y}", "Say one of these of each link"),
        ("- {issue: DEMO-1, weight: 0}", "whole number from 1 to 100"),
        ("- {issue: DEMO-1, site: Elsewhere}", "Say which connected Jira is meant"),
    ],
)
def test_what_jira_does_not_know_is_told_at_its_line(text, ben, said, words):
    more = text.replace("- issue: DEMO-8", f"- issue: DEMO-8\n            {said}")
    line = more[: more.index(said)].count("\n") + 1

    (fault,) = faults(ben, more)

    assert fault.startswith(f"Line {line}: objectives.clinics-trust-the-schedule.key_results.")
    assert words in fault


def test_links_are_told_to_whoever_has_jira_access_and_taken_from_them(text, ben):
    IntegrationSettings.objects.update(who_may_link=WhoMayLink.SELECTED)

    assert "jira" not in export(ben)
    assert plan(order(ben, export(ben))).steps == []
    assert "Linking Jira issues is not turned on for your account" in faults(ben, text)[0]


def test_without_the_room_a_file_has_no_such_field(text, ben):
    with slots.emptied():
        assert "There is no such field here." in faults(ben, text)[0]


def test_a_measure_with_fields_of_one_of_two_sites_comes_back(text, linked, support, ben):
    link(linked, "DEMO-1", at=support)
    JiraField.objects.create(
        connection=support, field_id="points", name="Points", kind=FieldKind.POINTS
    )
    fields = (
        "jira:\n          measure: share\n          without: one\n          fields:\n"
        "            - site: Support\n              field: points\n"
    )
    whole = export(ben).replace("jira:\n", fields)
    assert "site: Larkspur" in whole

    apply(order(ben, whole))

    assert export(ben) == whole
    assert Measuring.objects.get().fields == {str(support.pk): "points"}
    assert faults(ben, whole.replace("field: points", "field: none"))
