"""The form of a key result: kinds, numbers and owners."""

from decimal import Decimal

import pytest

from okr.forms.choosing import NOT_YOUR_LINE
from okr.forms.key_results import KeyResultForm
from okr.forms.numbers import HOW
from okr.forms.person_picker import label_of
from okr.models import KeyResult
from tests.cast import make_key_result, make_objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


def filled_in(objective, **fields):
    typed = {
        "title": "Fewer missed appointments",
        "kind": "number",
        "measured_in": "days",
        "start": "9",
        "target": "3",
        "weight": "1",
        "owner": objective.owner.pk,
        **fields,
    }
    return KeyResultForm(typed, person=objective.owner, instance=KeyResult(objective=objective))


def test_a_good_form_keeps_a_key_result(objective):
    form = filled_in(objective, start="1,234.5")
    assert form.is_valid(), form.errors
    key_result = form.keep()
    assert (key_result.start, key_result.current) == (Decimal("1234.5"), Decimal("1234.5"))
    assert key_result.progress == 0


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("title", "", "Enter a title."),
        ("title", "🙂" * 201, "Use at most 200 characters; this has 201."),
        ("kind", "", "Choose how it is measured."),
        ("measured_in", "x" * 21, "Use at most 20 characters; this has 21."),
        ("start", "", "Enter the number that it starts from."),
        ("start", "nine", HOW),
        ("target", "", "Enter the number to reach."),
        ("target", "9", "The target must differ from the start."),
        ("weight", "-0.5", "Enter 0 or more."),
        ("owner", "0", NOT_YOUR_LINE),
    ],
)
def test_bad_input_gets_a_sentence_beside_its_field(objective, name, value, sentence):
    form = filled_in(objective, **{name: value})
    assert not form.is_valid()
    assert form.errors == {name: [sentence]}


def test_yes_or_no_needs_no_numbers(objective):
    form = filled_in(objective, kind="yes_no", start="", target="nonsense")
    assert form.is_valid(), form.errors
    key_result = form.keep()
    assert (key_result.start, key_result.target, key_result.measured_in) == (0, 1, "")


def test_percent_needs_no_unit(objective):
    form = filled_in(objective, kind="percent")
    assert form.is_valid()
    assert form.keep().measured_in == ""


def test_the_kind_stays_once_values_were_recorded(objective):
    key_result = make_key_result(objective, at="40")
    typed = {"title": "Other", "kind": "yes_no", "start": "0", "target": "80", "weight": "1"}
    form = KeyResultForm(
        typed | {"owner": objective.owner.pk}, person=objective.owner, instance=key_result
    )
    assert form.is_valid(), form.errors
    kept = form.keep()
    assert (kept.kind, kept.progress) == ("percent", Decimal(50))


def test_the_owner_is_the_objectives_until_another_is_chosen(objective, ada):
    def offered():
        return KeyResultForm(person=ada, instance=KeyResult(objective=objective))["owner"].value()

    assert offered() == label_of(objective.owner)
    objective.owner.is_active = False
    assert offered() == label_of(ada)


def test_whoever_was_given_it_keeps_it_when_another_editor_saves(objective, cleo):
    key_result = make_key_result(objective, owner=cleo)
    typed = {"title": "Other", "kind": "percent", "start": "0", "target": "80", "weight": "1"}
    form = KeyResultForm(typed | {"owner": cleo.pk}, person=objective.owner, instance=key_result)
    assert form.is_valid(), form.errors
