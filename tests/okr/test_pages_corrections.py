"""A check-in is corrected by whoever made it; the history tells both, the number follows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from okr import slots
from okr.models import CheckIn, Visibility
from tests.cast import make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_result(ben, cycle):
    return make_key_result(make_objective(ben, cycle), at="70")


@pytest.fixture
def wrong(key_result):
    return key_result.check_ins.get()


def address(check_in):
    return f"/check-ins/{check_in.pk}/correct/"


def correct(person, check_in, **typed):
    typed = {"value": "60", "confidence": "at_risk", "note": "It was sixty", **typed}
    return signed_in(person).post(address(check_in), typed)


def page(person, key_result):
    return text_of(signed_in(person).get(f"/key-results/{key_result.pk}/"))


def test_the_history_says_who_corrected_what_and_when(ben, key_result, wrong):
    assert correct(ben, wrong).url == f"/key-results/{key_result.pk}/"

    seen = page(ben, key_result)
    assert "Corrected by Ben Okafor at" in seen
    assert "70%" in seen
    assert "It was sixty" in seen
    key_result.refresh_from_db()
    assert (key_result.current, key_result.confidence) == (60, "at_risk")


def test_the_form_begins_with_what_was_said(ben, key_result, wrong):
    html = signed_in(ben).get(address(wrong)).content.decode()
    assert 'value="70"' in html
    assert 'value="on_track" ' in html
    assert "The history keeps it" in text_of(signed_in(ben).get(address(wrong)))


def test_the_note_is_needed_as_against_the_one_before(ben, key_result, wrong):
    """What is corrected to the confidence that it had before has not dropped."""
    later = timezone.now() + timedelta(minutes=1)
    slip = key_result.check_in(by=ben, at=later, confidence="on_track", value=71)
    CheckIn.objects.filter(pk=wrong.pk).update(confidence="at_risk")
    assert correct(ben, slip, note="").status_code == 302


def test_a_corrected_one_leaves_the_chart_and_the_latest_notes(ben, key_result, wrong):
    CheckIn.objects.filter(pk=wrong.pk).update(note="A slip of the pen")
    correct(ben, wrong)
    client = signed_in(ben)
    objective = text_of(client.get(f"/objectives/{key_result.objective_id}/"))
    assert "It was sixty" in objective
    assert "A slip of the pen" not in objective
    table = client.get(f"/key-results/{key_result.pk}/").content.decode().split("Show as table")[1]
    assert "60%" in table.split("</table>")[0]
    assert "70%" not in table.split("</table>")[0]


def test_what_an_integration_hung_on_it_is_told_what_stands_in_its_place(ben, wrong):
    seen = []
    with slots.filled("check_in.corrected", lambda *pair: seen.append(pair)):
        correct(ben, wrong)
    assert seen == [(wrong, wrong.corrected_by)]


def test_correct_is_offered_on_ones_own_latest_alone(ben, ada, key_result, wrong):
    offered = f'href="{address(wrong)}"'
    assert offered in signed_in(ben).get(f"/key-results/{key_result.pk}/").content.decode()
    assert offered not in signed_in(ada).get(f"/key-results/{key_result.pk}/").content.decode()
    key_result.check_in(by=ada, at=timezone.now(), confidence="on_track")
    assert offered not in signed_in(ben).get(f"/key-results/{key_result.pk}/").content.decode()
    assert correct(ben, wrong).status_code == 403


def test_others_are_refused_and_what_is_unseen_is_not_there(ada, cleo, ben, olga, cycle, wrong):
    for person in (ada, cleo, olga):
        assert correct(person, wrong).status_code == 403
    secret = make_objective(ben, cycle, visibility=Visibility.CONFIDENTIAL)
    hidden = make_key_result(secret, at="5").check_ins.get()
    assert correct(cleo, hidden).status_code == 404
    assert CheckIn.objects.filter(corrects__isnull=False).count() == 0


def test_a_correction_can_itself_be_corrected(ben, key_result, wrong):
    correct(ben, wrong)
    again = key_result.check_ins.first()
    correct(ben, again, value="61", note="Sixty-one")
    seen = page(ben, key_result)
    assert seen.count("Corrected by Ben Okafor") == 2
    key_result.refresh_from_db()
    assert key_result.current == 61
