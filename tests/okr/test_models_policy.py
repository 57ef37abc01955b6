"""What the company decides: who writes individual objectives, and who reads those of others."""

import pytest
from django.db import IntegrityError

from okr.models import Creators, KeyResult, Level, Objective, Policy, Readers
from okr.models.objective import Visibility
from okr.models.version import StaleError
from tests.cast import make_key_result, make_objective, make_person

pytestmark = pytest.mark.django_db


def decide(**decided) -> Policy:
    policy = Policy.load()
    for name, value in decided.items():
        setattr(policy, name, value)
    policy.keep()
    return policy


@pytest.fixture
def cast(ada, ben, cleo, olga):
    """And Dora, who sits beside Ben without leading anybody."""
    dora = make_person("Dora Quist", unit=ada.unit, reports_to=ada)
    return {"ada": ada, "ben": ben, "cleo": cleo, "dora": dora, "olga": olga}


@pytest.mark.parametrize(
    ("readers", "who_sees"),
    [
        (Readers.EVERYONE, {"ada", "ben", "cleo", "dora", "olga"}),
        (Readers.UNIT, {"ada", "ben", "dora", "olga"}),
        (Readers.LINE, {"ada", "ben", "olga"}),
    ],
)
def test_who_reads_the_individual_objectives_of_others(cast, cycle, readers, who_sees):
    decide(individual_readers=readers)
    key_result = make_key_result(make_objective(cast["ben"], cycle))

    for rows in (Objective.objects, KeyResult.objects):
        assert {who for who, person in cast.items() if rows.visible_to(person)} == who_sees
    assert key_result.objective.level == Level.INDIVIDUAL


def test_what_a_unit_or_the_company_pursues_is_read_by_everybody(cast, cycle):
    decide(individual_readers=Readers.LINE)
    make_objective(cast["ada"], cycle, level=Level.UNIT, unit=cast["ada"].unit)
    make_objective(cast["olga"], cycle, level=Level.COMPANY)
    for person in cast.values():
        assert Objective.objects.visible_to(person).count() == 2


def test_whoever_owns_a_key_result_sees_its_objective_and_so_do_their_managers(cast, cycle):
    decide(individual_readers=Readers.LINE)
    objective = make_objective(cast["cleo"], cycle)
    make_key_result(objective, owner=cast["ben"])
    seeing = {who for who, p in cast.items() if objective in Objective.objects.visible_to(p)}
    assert seeing == {"ada", "ben", "cleo", "olga"}


def test_the_policy_opens_nothing_that_is_confidential(cast, cycle):
    decide(individual_readers=Readers.UNIT)
    shared = make_objective(cast["ben"], cycle, visibility=Visibility.CONFIDENTIAL)
    assert not Objective.objects.visible_to(cast["dora"]).exists()
    shared.viewers.add(cast["cleo"])
    assert Objective.objects.visible_to(cast["cleo"]).get() == shared


@pytest.mark.parametrize("readers", Readers)
def test_the_policy_is_asked_once_a_person(cast, cycle, readers, django_assert_num_queries):
    decide(individual_readers=readers)
    list(Objective.objects.visible_to(cast["cleo"]))
    with django_assert_num_queries(2):
        list(Objective.objects.visible_to(cast["cleo"]))
        list(KeyResult.objects.visible_to(cast["cleo"]))


@pytest.mark.parametrize(
    ("creators", "who_may"),
    [
        (Creators.EVERYONE, {"ada", "ben", "cleo", "dora", "olga"}),
        (Creators.MANAGERS, {"ada", "olga"}),
        (Creators.ADMINS, {"olga"}),
    ],
)
def test_who_creates_individual_objectives(cast, creators, who_may):
    decide(individual_creators=creators)
    assert {who for who, p in cast.items() if p.may_create("individual", None)} == who_may


def test_before_anybody_decided_everybody_writes_and_reads(cast, cycle):
    make_objective(cast["ben"], cycle)
    assert not Policy.objects.exists()
    assert cast["cleo"].may_create("individual", None)
    assert Objective.objects.visible_to(cast["cleo"]).exists()


def test_the_second_of_two_who_save_at_once_is_refused(db):
    first, second = Policy.load(), Policy.load()
    first.rating_scale = second.rating_scale = 3
    first.keep()
    with pytest.raises(StaleError):
        second.keep()
    assert Policy.load().version == 2


@pytest.mark.parametrize(
    "wrong", [{"rating_scale": 4}, {"fiscal_year_start": 13}, {"checkin_weekday": 7}]
)
def test_the_database_refuses_what_no_company_can_decide(db, wrong):
    decide()
    with pytest.raises(IntegrityError):
        Policy.objects.update(**wrong)


def test_looking_at_policies_writes_none(db):
    assert Policy.load().rating_scale == 5
    assert not Policy.objects.exists()


def test_the_first_decision_is_kept(db):
    policy = Policy.load()
    policy.rating_scale = 3
    policy.keep()

    assert Policy.load().rating_scale == 3
