"""`Progress Calculation Settings`: three values that rise, tried out, saved and worked in."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from jira_integration.calculation import Scale
from jira_integration.models import (
    IntegrationSettings,
    SyncRun,
    Trigger,
)
from jira_integration.preview import preview
from jira_integration.sync import run_waiting
from tests.cast import make_key_result, make_objective, signed_in
from tests.jira_integration.seen import HTMX, headings, url, value, words
from tests.jira_integration.stage import link, progress, read

IN_ORDER = "Values must rise in this order: To Do < In Progress < Done."


@pytest.fixture
def admin(olga):
    return signed_in(olga)


def percentages(to_do, in_progress, done):
    return {"to_do": to_do, "in_progress": in_progress, "done": done}


def saved_scale():
    scale = IntegrationSettings.load().scale
    return scale.to_do, scale.in_progress, scale.done


def test_preset(connection, admin):
    page = admin.get(url("manage"))
    assert [value(page, name) for name in ("to_do", "in_progress", "done")] == [
        "0",
        "50",
        "100",
    ]
    assert "○ To Do 0% ◐ In Progress 50% ● Done 100%" in words(page)


@pytest.mark.parametrize(
    ("boxes", "sentences"),
    [
        ((50, 50, 100), ["In Progress must be higher than To Do (50%).", IN_ORDER]),
        ((0, 100, 100), ["Done must be higher than In Progress (100%).", IN_ORDER]),
        ((0, 101, 100), ["Enter a whole number from 0 to 100."]),
        ((-1, 50, 100), ["Enter a whole number from 0 to 100."]),
        ((0, "4.5", 100), ["Enter a whole number from 0 to 100."]),
        (("", 50, 100), ["Enter a whole number from 0 to 100."]),
        (
            (90, 50, 10),
            [
                "In Progress must be higher than To Do (90%).",
                "Done must be higher than In Progress (50%).",
            ],
        ),
    ],
)
def test_what_does_not_rise_is_refused_and_nothing_saved(connection, admin, boxes, sentences):
    response = admin.post(url("percentages"), percentages(*boxes), headers=HTMX)
    assert response.status_code == 422
    assert "<title>Error: " in response.content.decode()
    for sentence in sentences:
        assert sentence in words(response)
    assert value(response, "in_progress") == str(boxes[1])
    assert saved_scale() == (0, 50, 100)
    assert not SyncRun.objects.exists()


def test_the_model_and_the_database_refuse_it_too(connection):
    settings = IntegrationSettings.load()
    with pytest.raises(ValidationError):
        settings.rescale(50, 50, 100)
    with pytest.raises(IntegrityError), transaction.atomic():
        IntegrationSettings.objects.update(to_do=50)
    assert saved_scale() == (0, 50, 100)


def test_the_preview_names_how_many_change_and_the_largest(
    connection, key_result, cycle, ada, admin
):
    other = make_key_result(make_objective(ada, cycle), title="Rooms are found")
    link(key_result, "DEMO-8")
    link(other, "DEMO-7", "DEMO-8")
    read()
    before = SyncRun.objects.count()
    asked = admin.get(url("percentages_preview"), percentages(0, 80, 100), headers=HTMX)
    told = words(asked)
    assert "2 key results will change. Largest: Clinics set up by themselves , 50% → 80%." in told
    assert "All 2 changes Clinics set up by themselves 50% → 80% Rooms are found 75% → 90%" in told
    assert (saved_scale(), SyncRun.objects.count()) == ((0, 50, 100), before)


def test_the_preview_tells_what_the_recalculation_then_does(connection, key_result, admin):
    link(key_result, jql="project = DEMO")
    read()
    promised = preview(Scale(10, 30, 90)).largest
    admin.post(url("percentages"), percentages(10, 30, 90))
    run_waiting(connection.pk)
    assert promised is not None
    assert progress(key_result) == promised.after


def test_where_nothing_changes_the_preview_says_so(connection, key_result, admin):
    link(key_result, "DEMO-1")
    read()
    asked = admin.get(url("percentages_preview"), percentages(0, 80, 100), headers=HTMX)
    assert "No key result will change." in words(asked)


def test_the_preview_says_what_is_out_of_order(connection, admin):
    asked = admin.get(url("percentages_preview"), percentages(0, 0, 100), headers=HTMX)
    assert words(asked) == IN_ORDER


def test_without_javascript_a_button_shows_the_preview(connection, admin):
    page = admin.post(url("percentages"), percentages(0, 30, 100) | {"try": "1"})
    assert page.status_code == 200
    assert value(page, "in_progress") == "30"
    assert "No key result will change." in words(page)
    assert "User Access Control" in headings(page)
    assert saved_scale() == (0, 50, 100)


def test_the_preview_costs_the_same_for_many(connection, ben, cycle):
    def cost():
        with CaptureQueriesContext(database) as queries:
            preview(Scale(0, 80, 100))
        return len(queries)

    objective = make_objective(ben, cycle)
    for number in range(3):
        link(make_key_result(objective, title=f"Part {number}"), "DEMO-8")
    read()
    few = cost()
    for number in range(30):
        link(make_key_result(objective, title=f"More {number}"), "DEMO-8", "DEMO-9")
    read()
    assert preview(Scale(0, 80, 100)).number == 33
    assert cost() == few


def test_saved_percentages_are_worked_into_every_number_without_a_call(
    jira, connection, key_result, admin
):
    link(key_result, "DEMO-8")
    read()
    jira.forget_calls()
    response = admin.post(url("percentages"), percentages(0, 55, 100), headers=HTMX)
    run = SyncRun.objects.get(trigger=Trigger.SETTINGS)
    assert "Saved. Recalculating 1 key result." in words(response)
    assert f'hx-get="{url("recalculation", run.pk)}"' in response.content.decode()
    assert admin.get(url("recalculation", run.pk)).status_code == 204
    run_waiting(connection.pk)
    asked = admin.get(url("recalculation", run.pk))
    assert words(asked) == "Recalculated. 1 key result changed."
    assert "hx-trigger" not in asked.content.decode()
    assert progress(key_result) == 55
    assert not jira.calls


def test_what_is_saved_already_recalculates_nothing(connection, admin):
    response = admin.post(url("percentages"), percentages(0, 50, 100), follow=True)
    assert "these percentages are already in use" in words(response)
    assert not SyncRun.objects.exists()
