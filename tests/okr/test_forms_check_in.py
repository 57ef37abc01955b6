"""The check-in form: value, confidence and note."""

import re
from decimal import Decimal

import pytest
from django.utils import timezone

from okr.forms.check_ins import TRACKED, WHY, CheckInForm
from okr.forms.numbers import HOW
from okr.models import KeyResult, Kind
from tests.cast import make_key_result, make_objective, signed_in

pytestmark = pytest.mark.django_db
EXPECTED = Decimal(50)


@pytest.fixture
def key_result(ben, cycle):
    return make_key_result(make_objective(ben, cycle), at="45")


def form_for(key_result, **typed):
    return CheckInForm(
        {"value": "60", "confidence": "on_track", "note": "", **typed},
        key_result=key_result,
        expected=EXPECTED,
    )


def test_a_good_form_records_value_and_judgement(key_result, ben):
    form = form_for(key_result, note="Two clinics joined")
    assert form.is_valid(), form.errors
    assert form.keep(by=ben, at=timezone.now())
    assert key_result.progress == Decimal(60)
    assert key_result.check_ins.first().note == "Two clinics joined"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("value", "", "Enter the value as it is now."),
        ("value", "a lot", HOW),
        ("confidence", "", "Choose how confident you are."),
        ("confidence", "🙂", "Choose one of the three."),
        ("note", "x" * 10_001, "Use at most 10,000 characters; this has 10001."),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(key_result, name, value, sentence):
    form = form_for(key_result, **{name: value})
    assert form.errors == {name: [sentence]}
    assert KeyResult.objects.get(pk=key_result.pk).progress == Decimal(45)


@pytest.mark.parametrize(
    ("before", "now", "note", "accepted"),
    [
        ("", "on_track", "", True),
        ("", "at_risk", "", True),
        ("", "off_track", "", False),
        ("on_track", "on_track", "", True),
        ("on_track", "at_risk", "", False),
        ("on_track", "at_risk", "   ", False),
        ("on_track", "at_risk", "Two people ill", True),
        ("at_risk", "on_track", "", True),
        ("at_risk", "at_risk", "", True),
        ("off_track", "off_track", "", False),
        ("off_track", "at_risk", "", True),
    ],
)
def test_a_note_is_needed_when_confidence_drops_or_is_off_track(
    key_result, before, now, note, accepted
):
    key_result.confidence = before
    form = form_for(key_result, confidence=now, note=note)
    assert form.is_valid() is accepted
    assert form.errors == ({} if accepted else {"note": [WHY]})


@pytest.mark.parametrize(
    ("at", "suggested"), [("50", "on_track"), ("39", "at_risk"), ("20", "off_track")]
)
def test_the_suggestion_is_chosen_already(ben, cycle, at, suggested):
    key_result = make_key_result(make_objective(ben, cycle), at=at)
    form = CheckInForm(key_result=key_result, expected=EXPECTED)
    assert form["confidence"].value() == form.suggested == suggested


def test_yes_or_no_is_chosen_and_never_typed(ben, cycle):
    key_result = make_key_result(make_objective(ben, cycle), kind=Kind.YES_NO, target=Decimal(1))
    assert form_for(key_result, value="0.5").errors["value"]
    form = form_for(key_result, value="1")
    assert form.is_valid(), form.errors
    form.keep(by=ben, at=timezone.now())
    assert key_result.progress == 100


def test_a_tracked_key_result_has_no_value_and_refuses_one(key_result, ben):
    key_result.track_by("a tracker")
    form = form_for(key_result, value="99")
    assert "value" not in form.fields
    assert form.non_field_errors() == [TRACKED]
    assert form_for(key_result, value="").is_valid()


def test_an_integration_that_takes_over_meanwhile_is_told_and_nothing_is_recorded(key_result, ben):
    form = form_for(key_result)
    assert form.is_valid()
    KeyResult.objects.filter(pk=key_result.pk).track_by("a tracker")
    assert not form.keep(by=ben, at=timezone.now())
    assert form.non_field_errors() == [TRACKED]
    assert KeyResult.objects.get(pk=key_result.pk).check_ins.count() == 1


@pytest.mark.parametrize(
    ("asked", "chosen", "suggested"),
    [
        ({"value": "60"}, "on_track", "on_track"),
        ({"value": "30", "confidence": "on_track", "suggested": "on_track"}, "at_risk", "at_risk"),
        ({"value": "5", "confidence": "at_risk", "suggested": "on_track"}, "at_risk", "off_track"),
        ({"value": "x", "confidence": "on_track", "suggested": "on_track"}, *["on_track"] * 2),
        ({"value": "60", "confidence": "🙂"}, None, "on_track"),
    ],
)
def test_what_is_suggested_follows_the_value_and_what_was_chosen_stays(
    key_result, ben, asked, chosen, suggested
):
    html = signed_in(ben).get(f"/key-results/{key_result.pk}/check-in/suggestion/", asked)
    text = html.content.decode()
    assert f'name="suggested" value="{suggested}"' in text
    checked = re.findall(r'value="(\w+)"[^>]*checked', text)
    assert checked == ([chosen] if chosen else [])
    assert KeyResult.objects.get().current == 45


def test_nothing_is_suggested_for_what_nobody_types_or_who_may_not(key_result, ben, cleo):
    url = f"/key-results/{key_result.pk}/check-in/suggestion/"
    assert signed_in(cleo).get(url).status_code == 403
    key_result.track_by("a tracker")
    assert signed_in(ben).get(url, {"value": "9"}).status_code == 204
