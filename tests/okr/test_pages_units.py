"""OKR admins keep the tree of units; nothing disappears with somebody in it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okr.models import Unit
from tests.cast import make_person, make_unit, signed_in
from tests.okr.pages import text_of

UNITS = "/okr-admin/units/"


@pytest.fixture
def window(olga):
    return signed_in(olga)


@pytest.fixture
def platform(ada):
    product = make_unit("Product")
    ada.unit.parent = product
    ada.unit.keep()
    return ada.unit


def fields(unit, **changed):
    return {
        "name": unit.name,
        "parent": unit.parent_id or "",
        "lead": unit.lead.email if unit.lead else "",
        "version": unit.version,
        **changed,
    }


def test_the_tree_shows_leads_and_people(window, platform, ben):
    shown = text_of(window.get(UNITS))
    assert shown.index("Product") < shown.index("Platform")
    assert "Ada Lindqvist" in shown
    assert 'aria-label="2 people in Platform"' in window.get(UNITS).content.decode()


def test_many_units_cost_no_more_statements(window, platform, django_assert_num_queries):
    window.get(UNITS)
    with CaptureQueriesContext(connection) as asked:
        window.get(UNITS)
    few = len(asked)
    for n in range(40):
        make_unit(f"Unit {n}", parent=platform)
    with django_assert_num_queries(few):
        window.get(UNITS)


def test_a_unit_is_added_within_another(window, platform, ben):
    asked = window.get(f"{UNITS}new/", {"parent": platform.pk}).content.decode()
    assert 'value="Product / Platform"' in asked
    sent = {"name": " Site  Reliability ", "parent": platform.pk, "lead": "Ben Okafor"}
    assert window.post(f"{UNITS}new/", sent).status_code == 302
    unit = Unit.objects.get(slug="site-reliability")
    assert (unit.name, unit.parent, unit.lead) == ("Site Reliability", platform, ben)


def test_a_unit_is_renamed_and_moved_and_keeps_its_address(window, platform):
    other = make_unit("Operations")
    sent = fields(platform, name="Foundations", parent=other.pk)
    window.post(f"{UNITS}{platform.pk}/edit/", sent)
    unit = Unit.objects.get(pk=platform.pk)
    assert (unit.name, unit.parent, unit.slug) == ("Foundations", other, "platform")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Enter a name."),
        ({"name": "A / B"}, "Leave out the slash"),
        ({"name": "x" * 121}, "Use at most 120 characters"),
        ({"lead": "Nobody"}, "Nobody here is called “Nobody”."),
        ({"name": "PEOPLE", "parent": ""}, "There is a unit of this name"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(window, platform, changed, sentence):
    answer = window.post(f"{UNITS}{platform.pk}/edit/", fields(platform, **changed))
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_a_unit_is_not_put_within_itself(window, platform):
    product = platform.parent
    answer = window.post(f"{UNITS}{product.pk}/edit/", fields(product, parent=platform.pk))
    assert answer.status_code == 422
    assert "A unit cannot be within itself." in text_of(answer)


def test_the_second_save_of_a_stale_form_is_compared(window, platform):
    window.post(f"{UNITS}{platform.pk}/edit/", fields(platform, name="First"))
    answer = window.post(f"{UNITS}{platform.pk}/edit/", fields(platform, name="Second"))
    assert answer.status_code == 422
    assert "What you typed and what is saved now" in text_of(answer)


def test_what_is_in_the_way_is_told_and_an_empty_unit_goes(window, platform, ben):
    address = f"{UNITS}{platform.pk}/deletion/"
    assert "It still has 2 people." in text_of(window.get(address))
    window.post(address)
    assert Unit.objects.filter(pk=platform.pk).exists()
    empty = make_unit("Empty")
    window.post(f"{UNITS}{empty.pk}/deletion/")
    assert not Unit.objects.filter(pk=empty.pk).exists()


def test_without_units_a_file_is_offered(db):

    olga = make_person("Olga Petrenko", role="okr_admin")
    assert "No units yet" in text_of(signed_in(olga).get(UNITS))


def test_employees_are_refused(ada):
    for path in ("", "new/", f"{ada.unit_id}/edit/", f"{ada.unit_id}/deletion/"):
        assert signed_in(ada).get(UNITS + path).status_code == 403
