"""The form of a key result: milestones, thresholds, and what cannot be, each with a sentence."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from okr.forms.key_results import KeyResultForm
from okr.forms.milestones import MISSING
from okr.models import KeyResult, Milestone
from tests.cast import make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


def rows(*milestones):
    typed = {"milestones-TOTAL_FORMS": len(milestones), "milestones-INITIAL_FORMS": 0}
    for place, row in enumerate(milestones):
        typed |= {f"milestones-{place}-{name}": value for name, value in row.items()}
    return typed


def row(title, day, weight="1", **more):
    return {"title": title, "due_on": day and f"{day:%Y-%m-%d}", "weight": weight, **more}


def filled_in(objective, kind, instance=None, **fields):
    typed = {"title": "Open in Lyon", "kind": kind, "weight": "1", "owner": objective.owner.pk}
    instance = instance or KeyResult(objective=objective)
    return KeyResultForm(typed | fields, person=objective.owner, instance=instance)


def test_milestones_are_kept_and_empty_rows_left_out(objective, cycle):
    day = cycle.starts_on
    typed = rows(row("Lease", day), row("", ""), row("🚀 افتتاح", cycle.ends_on, "2.5"))
    form = filled_in(objective, "milestones", **typed)
    assert form.is_valid(), form.errors
    kept = form.keep(at=NOW)
    assert [(each.title, each.weight) for each in kept.milestones.all()] == [
        ("Lease", Decimal(1)),
        ("🚀 افتتاح", Decimal("2.5")),
    ]
    assert (kept.start, kept.target) == (0, 100)


@pytest.mark.parametrize(
    ("title", "days", "weight", "sentence"),
    [
        ("Lease", None, "1", "Milestone 1: Enter the day it is due."),
        ("", 3, "1", "Milestone 1: Enter a title."),
        ("Lease", 3, "-1", "Milestone 1: Enter 0 or more."),
        ("Lease", -1, "1", "Milestone 1: Choose a day within the cycle, {} to {}."),
        ("x" * 10_000, 3, "1", "Milestone 1: Use at most 200 characters; this has 10000."),
    ],
)
def test_a_row_that_cannot_be_is_named_in_the_summary(
    objective, cycle, title, days, weight, sentence
):
    day = None if days is None else cycle.starts_on + timedelta(days=days)
    form = filled_in(objective, "milestones", **rows(row(title, day, weight)))
    dates = (f"{each:%-d %B %Y}" for each in (cycle.starts_on, cycle.ends_on))
    assert form.non_field_errors() == [sentence.format(*dates)]


def test_a_day_that_is_none_is_refused(objective):
    form = filled_in(objective, "milestones", **rows({"title": "Lease", "due_on": "32/13/2026"}))
    assert "Milestone 1: Enter a date such as 2026-10-31." in form.non_field_errors()


def test_nothing_typed_is_lost(objective, ben):
    typed = rows({"title": "Lease", "due_on": "soon", "weight": "heavy"})
    typed |= {"title": "Open in Lyon", "kind": "milestones", "weight": "1", "owner": ben.pk}
    answer = signed_in(ben).post(f"/objectives/{objective.pk}/key-results/new/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert all(f'value="{text}"' in page for text in ("Lease", "soon", "heavy", "Open in Lyon"))
    assert text_of(answer).count("Enter a date such as 2026-10-31.") == 2


@pytest.mark.parametrize("typed", [{}, rows(), rows(row("", ""))])
def test_milestones_need_one(objective, typed):
    form = filled_in(objective, "milestones", **typed)
    assert not form.is_valid()
    assert MISSING in form.non_field_errors() or "ManagementForm" in str(form.non_field_errors())


def test_editing_keeps_who_reached_what_and_drops_what_was_emptied(objective, ben, cycle):
    key_result = KeyResult(objective=objective, owner=ben, title="Open", kind="milestones")
    day = cycle.starts_on
    key_result.keep(milestones=[Milestone(title=each, due_on=day) for each in ("Lease", "Party")])
    lease, party = key_result.milestones.all()
    key_result.tick(lease.pk, done=True, by=ben, at=NOW)
    typed = rows(row("A lease", day, id=lease.pk), row("", day, id=party.pk), row("Fair", day))
    form = filled_in(objective, "milestones", instance=key_result, **typed)
    assert form.is_valid(), form.errors
    form.keep(at=NOW)
    found = [(each.title, each.is_done) for each in key_result.milestones.all()]
    assert found == [("A lease", True), ("Fair", False)]


def test_the_milestones_of_others_are_out_of_reach(objective, ben, cleo, cycle):
    theirs = KeyResult(
        objective=make_objective(cleo, cycle), owner=cleo, title="Theirs", kind="milestones"
    )
    theirs.keep(milestones=[Milestone(title="Secret", due_on=cycle.starts_on)])
    foreign = theirs.milestones.get()
    form = filled_in(objective, "milestones", **rows(row("Mine", cycle.starts_on, id=foreign.pk)))
    assert form.is_valid(), form.errors
    mine = form.keep(at=NOW)
    foreign.refresh_from_db()
    assert (foreign.title, foreign.key_result) == ("Secret", theirs)
    assert mine.milestones.get().title == "Mine"


@pytest.mark.parametrize("kind", ["stay_above", "stay_below"])
def test_a_threshold_needs_no_start(objective, kind):
    form = filled_in(objective, kind, threshold="99.5", measured_in="%", start="x", target="")
    assert form.is_valid(), form.errors
    kept = form.keep(at=NOW)
    assert (kept.target, kept.measured_in, kept.progress) == (Decimal("99.5"), "%", None)


@pytest.mark.parametrize(
    ("threshold", "sentence"),
    [
        ("", "Enter the threshold."),
        ("high", "Enter a number such as 1234.5 or 1,234.5, with a point before the decimals."),
    ],
)
def test_a_threshold_that_is_none_is_refused_beside_its_field(objective, threshold, sentence):
    form = filled_in(objective, "stay_above", threshold=threshold)
    assert form.errors == {"threshold": [sentence]}


def test_the_dialogs_fit_a_threshold(objective, ben, cleo):
    uptime = make_key_result(objective, kind="stay_above", target=Decimal("99.5"), measured_in="%")
    browser = signed_in(ben)
    assert "No value has been entered yet. It must stay at or above 99.5%." in text_of(
        browser.get(f"/key-results/{uptime.pk}/")
    )
    assert 'value="99.5"' in browser.get(f"/key-results/{uptime.pk}/edit/").content.decode()
    url = f"/key-results/{uptime.pk}/check-in/"
    assert "Suggested by the pace" not in text_of(browser.get(url))
    typed = {"value": "99.1", "confidence": "off_track", "note": "Two bad nights."}
    assert signed_in(cleo).post(url, typed).status_code == 403
    assert browser.post(url, typed).status_code == 302
    told = text_of(browser.get(f"/key-results/{uptime.pk}/"))
    assert "Broken" in told
    assert "It stands at 99.1% and must stay at or above 99.5%, so it is broken: 0%." in told


def test_the_dialogs_fit_milestones(objective, ben, cleo, cycle):
    plan = KeyResult(objective=objective, owner=ben, title="Open", kind="milestones")
    day = cycle.starts_on
    plan.keep(milestones=[Milestone(title=each, due_on=day) for each in ("Lease", "Party")])
    browser, url = signed_in(ben), f"/key-results/{plan.pk}/check-in/"
    assert "Lease, due" in text_of(browser.get(url))
    lease, party = plan.milestones.all()
    assert browser.post(url, {"reached": [lease.pk], "confidence": "on_track"}).status_code == 302
    told = text_of(browser.get(f"/key-results/{plan.pk}/"))
    assert "Progress follows from the milestones. 1 of 2 milestones is done, so 50%." in told
    assert "Reached: Lease" in told
    tick = f"/key-results/{plan.pk}/milestones/{party.pk}/"
    assert signed_in(cleo).post(tick, {"done": "yes"}).status_code == 403
    assert browser.post(tick, {"done": "yes"}).status_code == 302
    assert "All milestones are reached." in text_of(browser.get(url))
    assert browser.post(tick, {"done": "no"}).status_code == 302
    assert "Open again: Party" in text_of(browser.get(f"/key-results/{plan.pk}/"))


def test_which_way_a_number_must_go_is_said(objective, ben):
    falling = make_key_result(objective, kind="number", start=Decimal(9), target=Decimal(4))
    assert "falling to 4" in text_of(signed_in(ben).get(f"/key-results/{falling.pk}/"))
