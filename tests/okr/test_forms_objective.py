"""The form of an objective: what is offered, what is refused, and with which sentence."""

import pytest
from django.utils import timezone

from okr.forms.choosing import NOT_YOUR_LINE
from okr.forms.objectives import NOT_YOUR_LEVEL, ObjectiveForm
from okr.forms.person_picker import label_of
from okr.models import Level, Objective, Visibility
from tests.cast import make_cycle, make_objective, make_unit

pytestmark = pytest.mark.django_db


def typed(person, in_cycle, **fields):
    return {
        "title": "Clinics trust the schedule",
        "description": "",
        "cycle": in_cycle.pk,
        "level": "individual",
        "unit": "",
        "owner": person.pk,
        "parent": "",
        "weight": "1",
        "visibility": "public",
        **fields,
    }


def test_a_good_form_keeps_an_objective(ben, cycle):
    form = ObjectiveForm(typed(ben, cycle, weight="1.5"), person=ben)
    assert form.is_valid(), form.errors
    objective = form.keep()
    assert (objective.owner, str(objective.weight), objective.level) == (ben, "1.5", "individual")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("title", "", "Enter a title."),
        ("title", "   ", "Enter a title."),
        ("title", "x" * 10_000, "Use at most 200 characters; this has 10000."),
        ("description", "x" * 10_001, "Use at most 10,000 characters; this has 10001."),
        ("weight", "", "Enter a weight. 1 is usual."),
        ("weight", "-1", "Enter 0 or more."),
        ("weight", "12345", "Use at most 4 digits before the point and 2 after it."),
        ("cycle", "", "Choose a cycle."),
        ("cycle", "999", "Choose a cycle that is still open."),
        ("cycle", "🙂", "Choose a cycle that is still open."),
        ("owner", "", "Choose an owner."),
        ("owner", "99999999999999999999999999", NOT_YOUR_LINE),
        ("parent", "999", "Choose an objective of the same cycle from the list."),
    ],
)
def test_bad_input_gets_a_sentence_beside_its_field(ben, cycle, name, value, sentence):
    form = ObjectiveForm(typed(ben, cycle, **{name: value}), person=ben)
    assert not form.is_valid()
    assert form.errors[name] == [sentence]


@pytest.mark.parametrize(
    "title", ["🚀 Ship it 🚀", "تحسين الجودة", "نجاح \u202eabc", "<b>bold</b>"]
)
def test_any_script_is_welcome_in_a_title(ben, cycle, title):
    form = ObjectiveForm(typed(ben, cycle, title=title), person=ben)
    assert form.is_valid()
    assert form.keep().title == title


def test_a_null_character_gets_a_sentence(ben, cycle):
    form = ObjectiveForm(typed(ben, cycle, title="a\x00b"), person=ben)
    assert form.errors["title"] == ["Null characters are not allowed."]


def offered(form, name):
    return [value for value, _ in form.fields[name].choices] if name in form.fields else []


def choices(form, name):
    return list(form.fields[name].queryset)


def test_only_levels_that_a_person_may_create_are_offered(ada, ben, olga, cycle):
    assert offered(ObjectiveForm(person=ben), "level") == []
    assert offered(ObjectiveForm(person=ada), "level") == ["unit", "individual"]
    assert offered(ObjectiveForm(person=olga), "level") == ["company", "unit", "individual"]
    assert choices(ObjectiveForm(person=ada), "unit") == [ada.unit]


def test_a_level_that_was_not_offered_is_refused(ada, cycle):
    company = ObjectiveForm(typed(ada, cycle, level="company"), person=ada)
    assert company.errors["level"] == [NOT_YOUR_LEVEL]
    elsewhere = make_unit("Finance")
    other = ObjectiveForm(typed(ada, cycle, level="unit", unit=elsewhere.pk), person=ada)
    assert other.errors["unit"][0] == "Choose a unit that you lead."


def test_an_employee_who_sends_a_level_gets_an_individual_objective(ben, cycle):
    form = ObjectiveForm(typed(ben, cycle, level="company"), person=ben)
    assert form.is_valid()
    assert form.keep().level == Level.INDIVIDUAL


def test_a_unit_objective_needs_its_unit(ada, cycle):
    form = ObjectiveForm(typed(ada, cycle, level="unit"), person=ada)
    assert form.errors == {"unit": ["Choose the unit that this objective belongs to."]}


def test_whoever_was_given_a_company_objective_may_change_its_words(ada, cycle):
    objective = make_objective(ada, cycle, level=Level.COMPANY)
    fields = typed(ada, cycle, level="company", title="Clearer words")
    form = ObjectiveForm(fields, person=ada, instance=objective)
    assert form.is_valid(), form.errors
    assert form.keep().level == Level.COMPANY


@pytest.mark.parametrize(
    ("who", "owner", "allowed"),
    [
        ("ben", "ben", True),
        ("ben", "ada", False),
        ("ada", "ben", True),
        ("ada", "cleo", False),
        ("olga", "cleo", True),
    ],
)
def test_an_owner_is_the_person_or_somebody_in_their_line(
    request, ada, ben, cleo, olga, cycle, who, owner, allowed
):
    who, owner = request.getfixturevalue(who), request.getfixturevalue(owner)
    form = ObjectiveForm(typed(owner, cycle), person=who)
    assert form.is_valid() is allowed
    if not allowed:
        assert form.errors["owner"] == [NOT_YOUR_LINE]


def test_an_owner_who_has_left_is_refused(ada, ben, cycle):
    objective = make_objective(ben, cycle)
    ben.is_active = False
    ben.save()
    fresh = ObjectiveForm(typed(ben, cycle), person=ada)
    assert fresh.errors["owner"] == ["Ben Okafor is no longer active. Choose another owner."]
    edited = ObjectiveForm(typed(ben, cycle), person=ada, instance=objective)
    assert edited.errors["owner"] == ["Ben Okafor is no longer active. Choose another owner."]


def test_the_owner_is_oneself_until_another_is_chosen(ada, olga, cycle):
    assert ObjectiveForm(person=olga)["owner"].value() == label_of(olga)
    objective = make_objective(ada, cycle)
    assert ObjectiveForm(person=olga, instance=objective)["owner"].value() == label_of(ada)


def test_a_closed_cycle_is_refused(ben, cycle):
    closed = make_cycle("Spring", closed_at=timezone.now())
    form = ObjectiveForm(typed(ben, closed), person=ben)
    assert form.errors["cycle"] == ["Choose a cycle that is still open."]


def test_only_visible_objectives_of_the_cycle_can_be_the_parent(ben, cleo, cycle):
    public = make_objective(cleo, cycle, title="Public")
    make_objective(cleo, cycle, title="Hidden", visibility=Visibility.CONFIDENTIAL)
    make_objective(cleo, make_cycle("Winter"), title="Later")
    form = ObjectiveForm(person=ben, initial={"cycle": cycle.pk})
    assert choices(form, "parent") == [public]


def test_an_objective_cannot_be_put_under_its_own_branch(ada, cycle):
    top = make_objective(ada, cycle, title="Top")
    middle = make_objective(ada, cycle, title="Middle", parent=top)
    below = make_objective(ada, cycle, title="Below", parent=middle)
    for parent in (top, middle, below):
        form = ObjectiveForm(typed(ada, cycle, parent=parent.pk), person=ada, instance=top)
        assert "parent" in form.errors
    assert Objective.objects.get(pk=top.pk).parent is None


def test_a_hidden_parent_stays_and_is_not_named(ben, cleo, cycle):
    hidden = make_objective(cleo, cycle, title="Hidden", visibility=Visibility.CONFIDENTIAL)
    objective = make_objective(ben, cycle, parent=hidden)
    fields = typed(ben, cycle, title="Clearer words", parent="")
    form = ObjectiveForm(fields, person=ben, instance=Objective.objects.get(pk=objective.pk))
    assert "parent" not in form.fields
    assert form.is_valid(), form.errors
    form.keep()
    assert Objective.objects.get(pk=objective.pk).parent == hidden


def test_an_objective_with_others_under_it_stays_in_its_cycle(ada, cycle):
    top = make_objective(ada, cycle)
    make_objective(ada, cycle, parent=top)
    form = ObjectiveForm(typed(ada, make_cycle("Winter")), person=ada, instance=top)
    assert form.errors["cycle"] == ["Others are aligned under it in this cycle. Move those first."]


def test_viewers_are_kept_with_a_confidential_objective_only(ben, cleo, cycle):
    fields = typed(ben, cycle, visibility="confidential", viewers=[cleo.pk])
    form = ObjectiveForm(fields, person=ben)
    assert form.is_valid()
    objective = form.keep()
    assert list(objective.viewers.all()) == [cleo]
    form = ObjectiveForm(typed(ben, cycle, viewers=[cleo.pk]), person=ben, instance=objective)
    assert form.is_valid()
    assert not form.keep().viewers.exists()
