"""Units are a tree without circles, and none disappears with something in it."""

import pytest
from django.db import IntegrityError, transaction

from okr.models import InTheWayError, StaleError, Unit
from tests.cast import make_cycle, make_objective, make_person, make_unit


@pytest.fixture
def tree(db):
    company = make_unit("Larkspur")
    product = make_unit("Product", parent=company)
    return company, product, make_unit("Platform", parent=product)


def test_a_unit_moves_with_what_is_within_it(tree):
    company, _, platform = tree
    platform.parent = company
    platform.keep()
    assert Unit.objects.get(pk=platform.pk).parent == company


def test_a_unit_is_not_moved_into_itself_at_any_depth(tree):
    company, _, platform = tree
    company.parent = platform
    with pytest.raises(InTheWayError, match="Platform is within Larkspur"):
        company.keep()


def test_a_stale_copy_is_refused(tree):
    _, product, _ = tree
    stale = Unit.objects.get(pk=product.pk)
    product.keep()
    with pytest.raises(StaleError):
        stale.keep()


def test_a_unit_with_something_in_it_stays(tree):
    _, product, platform = tree
    ada = make_person("Ada Lindqvist", unit=platform)
    make_objective(ada, make_cycle(), level="unit", unit=platform)
    with pytest.raises(InTheWayError, match="cannot be deleted yet: 1 person, 1 objective"):
        platform.remove()
    with pytest.raises(InTheWayError, match="1 unit within it"):
        product.remove()


def test_an_empty_unit_goes(tree):
    *_, platform = tree
    platform.remove()
    assert not Unit.objects.filter(name="Platform").exists()


def test_two_units_of_one_name_stand_in_different_places_only(tree):
    company, product, _ = tree
    Unit(name="Platform", parent=company).keep()
    for parent in (product, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Unit(name="PLATFORM" if parent else "Larkspur", parent=parent).keep()


@pytest.mark.parametrize(("name", "slug"), [("Platform", "platform-2"), ("研发", "unit")])
def test_each_unit_gets_an_address_of_its_own(tree, name, slug):
    unit = Unit(name=name)
    unit.keep()
    assert unit.slug == slug
