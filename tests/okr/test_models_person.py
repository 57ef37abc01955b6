"""A person: their reporting line, and what they may create."""

import pytest
from django.db import IntegrityError, transaction

from okr.models import Level, Person, Unit
from tests.cast import make_person, make_unit


def lines(*people):
    return [Person.objects.get(pk=person.pk).line for person in people]


def test_a_line_runs_from_the_top_to_the_person(ada, ben):
    assert lines(ada, ben) == [f"/{ada.pk}/", f"/{ada.pk}/{ben.pk}/"]


def test_everybody_below_moves_along(ada, ben, cleo):
    below = make_person("Dev Patel", reports_to=ben)
    ada.report_to(cleo)
    assert lines(below) == [f"/{cleo.pk}/{ada.pk}/{ben.pk}/{below.pk}/"]
    ben.refresh_from_db()
    ben.report_to(None)
    assert lines(ada, ben, below) == [
        f"/{cleo.pk}/{ada.pk}/",
        f"/{ben.pk}/",
        f"/{ben.pk}/{below.pk}/",
    ]
    assert Person.objects.get(pk=ben.pk).manager is None


def test_a_similar_id_is_not_in_the_line(ada):
    """/1/ is no part of /12/."""
    strangers = [make_person(f"Stranger {n}") for n in range(12)]
    assert list(Person.objects.in_line_of(ada)) == [ada]
    assert all(stranger.line != ada.line for stranger in strangers)


def test_a_circle_in_the_line_is_refused(ada, ben):
    with pytest.raises(ValueError, match="Ben Okafor reports to Ada Lindqvist"):
        ada.report_to(ben)
    with pytest.raises(ValueError, match="Ada Lindqvist reports to Ada Lindqvist"):
        ada.report_to(ada)
    assert lines(ada, ben) == [f"/{ada.pk}/", f"/{ada.pk}/{ben.pk}/"]


def test_a_circle_is_refused_on_stale_copies_too(ada, cleo):
    stale = Person.objects.get(pk=cleo.pk)
    cleo.report_to(ada)
    with pytest.raises(ValueError, match="Cleo Marchetti reports to Ada Lindqvist"):
        ada.report_to(stale)


def test_a_stale_copy_moves_everybody_below_along(ada, ben, cleo):
    stale = Person.objects.get(pk=ada.pk)
    ada.report_to(cleo)
    stale.report_to(None)
    assert lines(ada, ben) == [f"/{ada.pk}/", f"/{ada.pk}/{ben.pk}/"]


def test_someone_without_a_place_leads_nobody(ada, ben):
    unplaced = Person.objects.create(email="new@larkspur.example", name="New")
    assert not Person.objects.in_line_of(unplaced).exists()


def test_a_line_of_many_costs_a_handful_of_statements(ada, cleo, django_assert_max_num_queries):
    for n in range(60):
        make_person(f"Engineer {n}", reports_to=ada)
    with django_assert_max_num_queries(8):
        ada.report_to(cleo)
    assert Person.objects.in_line_of(cleo).count() == 62


@pytest.mark.django_db
def test_an_email_belongs_to_one_person_whatever_its_letters():
    make_person("Ada Lindqvist", email="Ada@Larkspur.example ")
    assert Person.objects.get().email == "ada@larkspur.example"
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="ADA@larkspur.example", name="Another Ada")


def test_the_database_refuses_somebody_as_their_own_manager(ada):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=ada.pk).update(manager=ada.pk)


@pytest.mark.django_db
def test_without_a_password_nobody_signs_in_with_one():
    assert not make_person("Ada Lindqvist").has_usable_password()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("okafor", ["Ben Okafor"]),
        ("platform", ["Ada Lindqvist", "Ben Okafor"]),
        ("platform engineer", ["Ben Okafor"]),
        ("ada engineer", []),
        ("  ", ["Ada Lindqvist", "Ben Okafor", "Cleo Marchetti"]),
        ("%", []),
    ],
)
def test_people_are_found_by_name_designation_and_unit(ada, ben, cleo, words, names):
    assert [person.name for person in Person.objects.matching(words)] == names


def test_who_may_create_what(ada, ben, olga):
    platform: Unit = ada.unit
    other = make_unit("Payroll")
    table = {
        (Level.COMPANY, None): [olga],
        (Level.UNIT, platform): [ada, olga],
        (Level.UNIT, other): [olga],
        (Level.UNIT, None): [olga],
        (Level.INDIVIDUAL, None): [ada, ben, olga],
    }
    for (level, unit), allowed in table.items():
        assert [p for p in (ada, ben, olga) if p.may_create(level, unit)] == allowed
