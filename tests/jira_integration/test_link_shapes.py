"""Links to what is below an issue, to filters, sprints and versions: read, kept and explained."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from jira_integration.models import IntegrationSettings, JiraLink, LinkKind, SyncRun, WhoMayLink
from okr.models import KeyResult
from okr.models.carrying import carry_on
from tests.cast import make_cycle, signed_in
from tests.jira_integration.dialog import button, preview, sentence
from tests.jira_integration.events import body_of, identified, opened, send
from tests.jira_integration.pages import page_of, words
from tests.jira_integration.shapes import EPIC, found_by, grow_epic, link_below, link_kept
from tests.jira_integration.stage import link, progress, read

pytestmark = [
    pytest.mark.usefixtures("connection"),
    pytest.mark.editions("cloud", "data center"),
]


@pytest.fixture
def epic(jira) -> str:
    return grow_epic(jira)


@pytest.mark.parametrize(
    ("depth", "keys", "percent"),
    [
        (1, {"DEMO-1", "DEMO-8", "DEMO-10"}, "50"),
        (2, {"DEMO-1", "DEMO-8", "DEMO-10", "DEMO-15", "DEMO-16"}, "50"),
        (0, {"DEMO-1", "DEMO-8", "DEMO-10", "DEMO-15", "DEMO-16"}, "50"),
    ],
)
def test_what_is_below_an_issue_counts_as_deep_as_was_chosen(
    key_result, epic, depth, keys, percent
):
    made = link_below(key_result, depth)
    read()

    assert found_by(made) == keys
    assert progress(key_result) == Decimal(percent)


def test_a_child_that_comes_or_goes_moves_the_number(key_result, epic, jira):
    made = link_below(key_result)
    read()

    jira.adopt("DEMO-10", "")
    jira.adopt("DEMO-2", EPIC)
    read()

    assert found_by(made) == {"DEMO-1", "DEMO-2", "DEMO-8"}
    assert progress(key_result) == Decimal("83.3333")


def test_the_parent_itself_does_not_count_and_nothing_counts_twice(key_result, epic, jira):
    link_below(key_result, 0)
    link(key_result, jql="labels = demo")
    link(key_result, "DEMO-8")
    read()

    why = key_result.measurements.latest("pk").why
    assert why["counts"] == {"done": 4, "indeterminate": 1, "new": 2}


def test_many_tops_are_read_in_one_question_a_level(key_result, epic, jira):
    for number in (2, 3, 4):
        jira.create("DEMO", "A part", kind="Sub-task", parent=f"DEMO-{number}")
        link_below(key_result, key=f"DEMO-{number}")
    link_below(key_result, 0)
    read()
    jira.forget_calls()
    read()

    asked = [call.path for call in jira.calls]
    searches = sum("search" in path for path in asked)
    assert key_result.jira_links.filter(kind=LinkKind.CHILDREN).count() == 4
    assert searches == len(["by number"] if "search" in jira.reads_at else []) + 2


def test_a_refused_top_spoils_its_link_alone(key_result, epic, jira):
    link(key_result, "DEMO-2")
    lost = link_below(key_result)
    read()
    jira.delete(EPIC)
    jira.move("DEMO-2", "To Do")
    run = read()

    lost.refresh_from_db()
    assert run.state == "done"
    assert lost.failure_code == "query_refused"
    assert found_by(lost) == {"DEMO-1", "DEMO-8", "DEMO-10"}
    assert progress(key_result) == Decimal("37.5")
    assert "can no longer be read" in words(page_of(key_result)) or "counts what it last found" in (
        words(page_of(key_result))
    )


def test_an_issue_with_nothing_below_it_keeps_the_last_number(key_result, epic, jira):
    made = link_below(key_result)
    read()
    for key in ("DEMO-1", "DEMO-8", "DEMO-10"):
        jira.adopt(key, "")
    read()

    assert found_by(made) == set()
    assert progress(key_result) == 50
    assert "Nothing is below it now." in words(page_of(key_result))


def test_an_event_about_a_child_is_read_at_once(key_result, epic, jira):
    link_below(key_result)
    read()
    receiver = opened()
    jira.move("DEMO-10", "Done")
    send(receiver, body_of(jira.issue("DEMO-10").id), **identified(1))
    SyncRun.objects.update(not_before=None)
    read()

    assert progress(key_result) == Decimal("83.3333")


def test_the_dialog_offers_what_is_below_with_its_number(key_result, epic):
    told = preview(key_result, text=EPIC)
    page = words(told.content.decode())

    assert f"{EPIC} itself" in page
    assert "Its children (3)" in page
    assert button(told) == "Link 1 issue"

    told = preview(key_result, text=EPIC, below="1", depth="2")
    assert (
        sentence(told)
        == "Progress would go from 40% to 50% · 5 issues: 2 Done, 1 In Progress, 2 To Do"
    )
    assert button(told) == "Link 5 issues below it"
    assert f"{EPIC} itself does not count then." in words(told.content.decode())


def test_an_issue_without_children_offers_nothing_below_it(key_result, epic):
    assert "What is below it" not in preview(key_result, text="DEMO-2").content.decode()
    assert "What is below it" not in preview(key_result, text="DEMO-15").content.decode()


def test_another_depth_is_another_choice_for_the_same_link(key_result, epic):
    link_below(key_result, 1)
    assert link_below(key_result, 2).depth == 2
    assert key_result.jira_links.count() == 1


def test_a_filter_is_followed_as_it_changes(key_result, jira):
    made = link_kept(key_result, jira, "/issues/?filter=10001")
    read()
    assert (made.kind, made.name, made.jql) == ("filter", "Demo preparation", "filter = 10001")
    assert progress(key_result) == 100

    jira.save_filter("Demo preparation", "key in (DEMO-8, DEMO-10)")
    read()
    assert found_by(made) == {"DEMO-8", "DEMO-10"}
    assert progress(key_result) == 25


def test_a_search_leads_to_what_jira_finds(key_result, jira):
    made = link_kept(key_result, jira, "/issues/?filter=10001")

    assert made.url == f"{jira.url}/issues/?jql=filter+%3D+10001"
    assert f'href="{made.url}"' in page_of(key_result)


def test_a_filter_that_is_no_longer_shared_spoils_its_link_alone(key_result, jira):
    made = link_kept(key_result, jira, "/issues/?filter=10001")
    read()
    jira.save_filter("Demo preparation", "labels = demo", shared=False)
    read()

    made.refresh_from_db()
    assert made.failure_code == "query_refused"
    assert progress(key_result) == 100


def test_a_sprint_and_a_version_stand_for_their_searches(key_result, jira):
    jira.plan("DEMO-10", release="1.0")
    number = jira.release_id("DEMO-10")
    sprint = link_kept(key_result, jira, "/secure/RapidBoard.jspa?rapidView=1&sprint=2")
    version = link_kept(key_result, jira, f"/projects/DEMO/versions/{number}")
    read()

    assert (sprint.kind, sprint.name, found_by(sprint)) == (
        "sprint",
        "Sprint 2",
        {"DEMO-8", "DEMO-9"},
    )
    assert (version.kind, version.name, found_by(version)) == ("version", "1.0", {"DEMO-10"})


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/issues/?filter=10002", "There is no filter 10002, or it is not shared"),
        ("/projects/DEMO/versions/99", "There is no version 99"),
        ("/secure/RapidBoard.jspa?sprint=99", "There is no sprint 99"),
    ],
)
def test_what_cannot_be_seen_is_said_at_the_field(key_result, jira, path, told):
    assert told in sentence(preview(key_result, text=jira.url + path))


def test_kept_things_are_suggested_and_picked_by_name(key_result, jira):
    page = preview(key_result, text="Demo prep").content.decode()
    assert 'data-value="filter:10001"' in page

    told = preview(key_result, pick="filter:10001")
    assert sentence(told) == "Progress would go from 40% to 100% · 3 issues: 3 Done"
    assert button(told) == "Link this filter"
    assert "Demo preparation Saved filter" in words(told.content.decode())

    assert "Linked already" not in words(told.content.decode())
    signed_in(key_result.owner).post(
        f"/key-results/{key_result.pk}/jira/", {"kind": "issues", "kept": "filter:10001"}
    )
    assert key_result.jira_links.get().name == "Demo preparation"
    assert "Linked already" in words(preview(key_result, pick="filter:10001").content.decode())


def test_who_has_no_access_sees_no_names(key_result, epic, jira, ada):
    link_below(key_result)
    link_kept(key_result, jira, "/issues/?filter=10001")
    settings = IntegrationSettings.load()
    settings.who_may_link = WhoMayLink.SELECTED
    settings.save()
    page = page_of(key_result)

    assert "Set up in an hour" not in page
    assert "Demo preparation" not in page
    assert "What is below a Jira issue" in page


def test_every_shape_is_carried_into_the_next_cycle(key_result, epic, jira, olga):
    link_below(key_result, 2)
    link_kept(key_result, jira, "/issues/?filter=10001")
    JiraLink.objects.filter(kind=LinkKind.FILTER).update(weight=3)
    read()
    winter = make_cycle("Winter", starts_on=date(2090, 1, 1), ends_on=date(2090, 3, 31))
    carry_on([key_result.objective], winter, olga)
    new = KeyResult.objects.get(carried_from=key_result)
    columns = ("kind", "issue", "depth", "jql", "kept_id", "name", "weight")

    assert list(new.jira_links.values_list(*columns)) == list(
        key_result.jira_links.values_list(*columns)
    )


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "children", "depth": None},
        {"kind": "children", "depth": 4},
        {"kind": "children", "depth": 1, "jql": "project = DEMO"},
        {"kind": "filter", "kept_id": None, "jql": "filter = 1", "name": "One", "issue": None},
        {"kind": "filter", "kept_id": 1, "jql": "filter = 1", "name": "", "issue": None},
        {"kind": "issue", "depth": 1},
    ],
)
def test_the_database_refuses_half_a_link(key_result, epic, columns):
    made = link_below(key_result)
    with pytest.raises(IntegrityError), transaction.atomic():
        JiraLink.objects.filter(pk=made.pk).update(**columns)


def test_the_same_is_linked_once(key_result, epic, jira):
    first = link_kept(key_result, jira, "/issues/?filter=10001")
    assert link_kept(key_result, jira, "/issues/?filter=10001") == first
    for made in (first, link_below(key_result)):
        made.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            made.save()
