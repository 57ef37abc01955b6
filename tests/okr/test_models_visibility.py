"""Who sees and who may change objectives and key results, for each of the cast."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from okr.models import KeyResult, Objective, Person, Visibility
from tests.cast import make_key_result, make_objective

CONFIDENTIAL = Visibility.CONFIDENTIAL


@pytest.fixture
def cast(ada, ben, cleo, olga):
    return {"ada": ada, "ben": ben, "cleo": cleo, "olga": olga}


@pytest.fixture
def rows(cast, cycle):
    """An objective and a key result each: everybody's, confidential, confidential with Cleo."""
    ben = cast["ben"]
    rows = {
        "open": make_objective(ben, cycle),
        "confidential": make_objective(ben, cycle, visibility=CONFIDENTIAL),
        "shared": make_objective(ben, cycle, visibility=CONFIDENTIAL, viewers=[cast["cleo"]]),
        "adas": make_objective(cast["ada"], cycle, visibility=CONFIDENTIAL),
    }
    for objective in rows.values():
        make_key_result(objective)
    return rows


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("ada", {"open", "confidential", "shared", "adas"}),
        ("ben", {"open", "confidential", "shared"}),
        ("cleo", {"open", "shared"}),
        ("olga", {"open", "confidential", "shared", "adas"}),
    ],
)
def test_who_sees_what(cast, rows, who, seen):
    expected = {rows[name].pk for name in seen}
    objectives = Objective.objects.visible_to(cast[who])
    assert sorted(objective.pk for objective in objectives) == sorted(expected)
    key_results = KeyResult.objects.visible_to(cast[who])
    assert sorted(row.objective_id for row in key_results) == sorted(expected)


@pytest.mark.parametrize(
    ("who", "changeable"),
    [
        ("ada", {"open", "confidential", "shared", "adas"}),
        ("ben", {"open", "confidential", "shared"}),
        ("cleo", set()),
        ("olga", {"open", "confidential", "shared", "adas"}),
    ],
)
def test_who_may_change_what(cast, rows, who, changeable):
    found = Objective.objects.editable_by(cast[who])
    assert {objective.pk for objective in found} == {rows[name].pk for name in changeable}


def test_a_viewer_sees_a_key_result_but_may_not_change_it(cast, rows):
    cleo = cast["cleo"]
    shared = KeyResult.objects.filter(objective=rows["shared"])
    assert shared.visible_to(cleo).exists()
    assert not shared.editable_by(cleo).exists()


def test_the_owner_of_a_key_result_may_change_it_in_an_objective_of_somebody_else(cast, cycle):
    key_result = make_key_result(make_objective(cast["cleo"], cycle), owner=cast["ben"])
    for who, allowed in {"ada": True, "ben": True, "cleo": True, "olga": True}.items():
        assert KeyResult.objects.editable_by(cast[who]).filter(pk=key_result.pk).exists() is allowed
    assert not Objective.objects.editable_by(cast["ben"]).exists()


def test_a_key_result_is_not_entrusted_to_somebody_who_cannot_see_its_objective(cast, rows):
    key_result = make_key_result(rows["adas"])
    key_result.owner = cast["cleo"]
    with pytest.raises(ValidationError, match="cannot see this confidential objective"):
        key_result.keep()
    rows["adas"].viewers.add(cast["cleo"])
    key_result.keep()
    assert key_result in KeyResult.objects.visible_to(cast["cleo"])


def test_nobody_changes_anything_in_a_closed_cycle(cast, rows, cycle):
    cycle.closed_at = timezone.now()
    cycle.save()
    for person in cast.values():
        assert not Objective.objects.editable_by(person).exists()
        assert not KeyResult.objects.editable_by(person).exists()
        assert Objective.objects.visible_to(person).exists()


def test_someone_without_a_place_in_the_line_sees_what_everybody_sees(rows):
    unplaced = Person.objects.create(email="new@larkspur.example", name="New")
    assert list(Objective.objects.visible_to(unplaced)) == [rows["open"]]
    assert KeyResult.objects.visible_to(unplaced).count() == 1
    assert not Objective.objects.editable_by(unplaced).exists()
    assert not KeyResult.objects.editable_by(unplaced).exists()
