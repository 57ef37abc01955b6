"""check_numbers sees every spoilt row, and mends it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from okr.models import KeyResult, Objective, Reading
from tests.cast import make_key_result, make_objective

SOURCE = "room"


@pytest.fixture
def tree(ada, ben, cycle):
    top = make_objective(ada, cycle)
    below = make_objective(ben, cycle, parent=top, title="Imports that need no help")
    return top, below, make_key_result(below, at="40")


def test_numbers_that_follow_are_praised_in_one_sentence(tree, capsys):
    call_command("check_numbers")
    assert capsys.readouterr().out == "All 3 stored numbers follow from the measurements.\n"


@pytest.mark.django_db
def test_an_empty_database_is_right(capsys):
    call_command("check_numbers")
    assert capsys.readouterr().out == "All 0 stored numbers follow from the measurements.\n"


def test_a_spoilt_key_result_is_named_and_the_command_fails(tree, capsys):
    KeyResult.objects.update(progress=Decimal(99))
    with pytest.raises(CommandError, match=r"^1 number of 3 differ\. Repair with --mend\.$"):
        call_command("check_numbers")
    printed = capsys.readouterr().out
    assert "“Fewer missed appointments”: progress is stored as 99.0000" in printed
    assert "derived as 40.0000" in printed


def test_a_spoilt_objective_is_named(tree, capsys):
    Objective.objects.filter(pk=tree[0].pk).update(progress=None)
    with pytest.raises(CommandError):
        call_command("check_numbers")
    assert "progress is stored as None and derived as 40.0000" in capsys.readouterr().out


def test_without_mend_nothing_is_written(tree):
    KeyResult.objects.update(progress=Decimal(99))
    with pytest.raises(CommandError):
        call_command("check_numbers")
    assert KeyResult.objects.get().progress == 99


def test_mending_restores_every_number(tree, capsys):
    KeyResult.objects.update(progress=Decimal(99), current=Decimal(7))
    Objective.objects.update(progress=Decimal(1))
    call_command("check_numbers", "--mend")
    assert "Mended 4 numbers." in capsys.readouterr().out
    assert KeyResult.objects.get().current == 40
    assert set(Objective.objects.values_list("progress", flat=True)) == {Decimal(40)}
    call_command("check_numbers")


def test_numbers_are_right_through_every_change_of_source(tree, ben):
    """By hand, tracked, read, re-targeted while tracked, given back, by hand again."""
    key_result = tree[2]

    def is_right():
        call_command("check_numbers")
        key_result.refresh_from_db()
        return True

    key_result.track_by(SOURCE)
    assert is_right()
    key_result.target = Decimal(80)
    key_result.keep()
    assert is_right()
    reading = Reading(key_result.pk, Fraction(800, 13))
    KeyResult.objects.measure([reading], SOURCE, timezone.now())
    assert is_right()
    key_result.target = Decimal(50)
    key_result.keep()
    assert is_right()
    key_result.untrack()
    assert is_right()
    key_result.target = Decimal(200)
    key_result.keep()
    assert is_right()
    key_result.check_in(by=ben, at=timezone.now(), confidence="at_risk", value=Decimal(9))
    assert is_right()


def test_a_spoilt_tracked_number_is_seen(tree):
    tree[2].track_by(SOURCE)
    reading = Reading(tree[2].pk, Fraction(800, 13))
    KeyResult.objects.measure([reading], SOURCE, timezone.now())
    KeyResult.objects.update(progress=Decimal(62))
    with pytest.raises(CommandError):
        call_command("check_numbers")


def test_many_rows_cost_three_statements(tree, django_assert_num_queries):
    for n in range(30):
        make_key_result(tree[1], at=str(n))
    with django_assert_num_queries(5):  # three, in a savepoint
        call_command("check_numbers")
