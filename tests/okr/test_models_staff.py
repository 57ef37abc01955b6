"""Somebody always administers the company, and whoever leaves hands over what is open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from okr.models import KeyResult, Person, RefusedError, Role, State
from tests.cast import make_cycle, make_key_result, make_objective, make_person, signed_in

NOW = timezone.now()


@pytest.fixture
def henrik(db):
    """An OKR admin who has a password, as Olga of these tests has."""
    return make_person("Henrik Dahl", password="a plumb line", role=Role.OKR_ADMIN)


def leave(person, by, heir=None):
    person.leave(by=by, at=NOW, heir=heir)


def test_an_admin_becomes_an_employee_while_another_can_sign_in(olga, henrik):
    olga.take_role(Role.EMPLOYEE)
    assert not Person.objects.get(pk=olga.pk).is_okr_admin


def test_the_last_admin_is_neither_demoted_nor_deactivated(henrik, ben):
    with pytest.raises(RefusedError, match="Henrik Dahl is the last OKR admin"):
        henrik.take_role(Role.EMPLOYEE)
    with pytest.raises(RefusedError, match="Henrik Dahl is the last OKR admin"):
        leave(henrik, by=ben)


def test_an_admin_who_never_signed_in_does_not_count(henrik):
    make_person("Olga Petrenko", role=Role.OKR_ADMIN).invite(NOW)
    with pytest.raises(RefusedError, match="last OKR admin who can sign in"):
        henrik.take_role(Role.EMPLOYEE)


def test_nobody_deactivates_themselves(olga, henrik):
    with pytest.raises(RefusedError, match="You cannot deactivate yourself"):
        leave(olga, by=olga)


def test_whoever_leaves_hands_over_what_is_open_and_keeps_what_is_past(olga, ben, cleo):
    now, past = make_cycle(), make_cycle("Spring")
    open_one, old_one = make_objective(ben, now), make_objective(ben, past)
    past.close(by=olga, at=NOW)
    elsewhere = make_key_result(make_objective(olga, now), owner=ben)

    leave(ben, by=olga, heir=cleo)

    for row, owner in ((open_one, cleo), (old_one, ben), (elsewhere, cleo)):
        row.refresh_from_db()
        assert row.owner == owner
    assert KeyResult.objects.filter(owner=ben).count() == 0


def test_the_history_tells_who_handed_it_over(olga, ben, cleo):
    objective = make_objective(ben, make_cycle())
    make_key_result(objective)
    leave(ben, by=olga, heir=cleo)
    told = objective.changes.filter(field="owner").values_list("by", "before", "after")
    assert list(told) == [(olga.pk, "Ben Okafor", "Cleo Marchetti")] * 2
    assert objective.changes.filter(field="owner").exclude(key_result=None).count() == 1


def test_an_open_form_of_what_was_handed_over_is_stale(olga, ben, cleo):
    objective = make_objective(ben, make_cycle())
    leave(ben, by=olga, heir=cleo)
    assert type(objective).objects.get().version > objective.version


def test_without_a_new_owner_nobody_leaves_something_open_behind(olga, ben):
    make_objective(ben, make_cycle())
    with pytest.raises(RefusedError, match="Choose who takes over what Ben Okafor owns"):
        leave(ben, by=olga)
    assert Person.objects.get(pk=ben.pk).is_active


def test_the_new_owner_must_be_here(olga, ben, cleo):
    leave(cleo, by=olga)
    for heir in (cleo, ben):
        with pytest.raises(RefusedError, match="cannot take over"):
            leave(ben, by=olga, heir=heir)


def test_reports_move_up_to_the_manager_with_everybody_below(olga, ada, ben):
    below = make_person("Dev Patel", reports_to=ben)
    leave(ben, by=olga)
    below.refresh_from_db()
    assert below.manager == ada
    assert below.line == f"/{ada.pk}/{below.pk}/"
    assert Person.objects.get(pk=ben.pk).manager == ada


def test_the_reports_of_the_top_stand_at_the_top(olga, ada, ben):
    leave(ada, by=olga)
    ben.refresh_from_db()
    assert (ben.manager, ben.line) == (None, f"/{ben.pk}/")


def test_units_get_the_new_owner_as_lead_or_none(olga, ada, cleo):
    platform = ada.unit
    leave(ada, by=olga, heir=cleo)
    platform.refresh_from_db()
    assert platform.lead == cleo
    leave(cleo, by=olga)
    platform.refresh_from_db()
    assert platform.lead is None


def test_sessions_end_at_once_and_stay_ended(olga, ben):
    window = signed_in(ben)
    assert window.get("/my/").status_code == 200
    leave(ben, by=olga)
    assert window.get("/my/").status_code == 302
    ben.come_back()
    assert window.get("/my/").status_code == 302
    assert Person.objects.get(pk=ben.pk).state is not State.DEACTIVATED


def test_leaving_and_coming_back_twice_changes_nothing(olga, ben):
    leave(ben, by=olga)
    ben.leave(by=olga, at=NOW + timedelta(days=3))
    assert Person.objects.get(pk=ben.pk).left_at == NOW
    ben.come_back()
    assert Person.objects.get(pk=ben.pk).left_at is None


def test_somebody_is_invited_until_they_sign_in(olga):
    dana = make_person("Dana Holt")
    states = [dana.state]
    dana.invite(NOW)
    states.append(dana.state)
    assert dana.accept_invitation("a plumb line")
    dana.refresh_from_db()
    states.append(dana.state)
    leave(dana, by=olga)
    states.append(dana.state)
    assert states == [State.NOT_INVITED, State.INVITED, State.ACTIVE, State.DEACTIVATED]


def test_the_list_and_the_person_agree_on_the_state(olga, ada, ben, cleo):
    ada.set_password("a plumb line")
    ada.save()
    cleo.invite(NOW)
    leave(ben, by=olga)
    for state in State:
        for person in Person.objects.in_state(state):
            assert person.state == state
    assert sum(Person.objects.in_state(state).count() for state in State) == 4


def test_an_invitation_is_accepted_once(olga):
    dana = make_person("Dana Holt")
    stale = Person.objects.get(pk=dana.pk)
    assert dana.accept_invitation("a plumb line")
    assert not stale.accept_invitation("another line")
    assert Person.objects.get(pk=dana.pk).check_password("a plumb line")
