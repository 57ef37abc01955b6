"""A person is found by what the list puts into the box, an address, a name or an id."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from okr.forms.person_picker import PersonField, label_of
from tests.cast import make_person, signed_in


def test_what_the_list_puts_into_the_box_names_one_person(ada, ben):
    field = PersonField()
    for typed in (label_of(ada), ada.email.upper(), "ada lindqvist", str(ada.pk), f" {ada.email} "):
        assert field.clean(typed) == ada


def test_the_box_shows_the_person_of_the_row(ada):
    assert PersonField().prepare_value(ada.pk) == "Ada Lindqvist (ada.lindqvist@larkspur.example)"
    assert PersonField().prepare_value("Ada Lind") == "Ada Lind"


def test_a_name_that_two_people_have_asks_for_the_address(ada):
    make_person("Ada Lindqvist", email="other@larkspur.example")
    with pytest.raises(ValidationError, match="Several people are called"):
        PersonField().clean("Ada Lindqvist")


@pytest.mark.parametrize("typed", ["Nobody", "9" * 40, "ada@nowhere.example", "x\x00y"])
def test_what_names_nobody_is_refused_with_a_sentence(ada, typed):
    with pytest.raises(ValidationError, match="Nobody here is called"):
        PersonField().clean(typed)


def test_only_who_is_offered_can_be_chosen(ada, ben):
    field = PersonField(type(ada).objects.filter(pk=ben.pk), required=False)
    assert field.clean("") is None
    with pytest.raises(ValidationError):
        field.clean(ada.email)


def test_the_box_is_a_combobox_that_asks_the_server(ada):
    form = type("Form", (forms.Form,), {"manager": PersonField()})()
    shown = str(form["manager"])
    assert 'role="combobox"' in shown
    assert "/people/options/?among=everybody" in shown


def options(person, typed, **query):
    headers = {"HX-Request": "true", "HX-Trigger": "id_manager", "HX-Trigger-Name": "manager"}
    return (
        signed_in(person)
        .get("/people/options/", {"manager": typed, **query}, headers=headers)
        .content.decode()
    )


def test_the_server_offers_matches_and_says_when_there_are_none(ada, ben, cleo):
    assert "Ben Okafor" in options(cleo, "okaf")
    assert "Ada" not in options(cleo, "okaf")
    assert "Nobody matches" in options(cleo, "zzz")


def test_the_others_are_offered_once_somebody_is_chosen(ada, ben):
    assert "Ben Okafor" in options(ben, label_of(ada))


def test_among_the_line_only_those_below_are_offered(ada, ben, cleo):
    offered = options(ada, "", among="line")
    assert "Ben Okafor" in offered
    assert "Cleo" not in offered


def test_who_left_is_not_offered_and_strangers_see_nobody(ada, ben, client):
    ben.is_active = False
    ben.save()
    assert "Ben" not in options(ada, "")
    assert client.get("/people/options/").status_code == 302


def test_ten_thousand_people_cost_no_more(ada, django_assert_num_queries):
    window = signed_in(ada)
    window.get("/people/options/")
    for n in range(40):
        make_person(f"Engineer {n}")
    with django_assert_num_queries(4):
        shown = window.get("/people/options/").content.decode()
    assert shown.count('role="option"') == 20
