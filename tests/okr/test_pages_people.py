"""OKR admins see who works here, and keep it true; nobody else does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okr import slots
from okr.models import Person, Role
from tests.cast import make_cycle, make_objective, make_person, make_unit, signed_in
from tests.okr.pages import text_of

PEOPLE = "/okr-admin/people/"


def page(person, path=PEOPLE, **query):
    return text_of(signed_in(person).get(path, query))


def fields(person, **changed):
    """What the edit dialog sends."""
    return {
        "name": person.name,
        "email": person.email,
        "designation": person.designation,
        "unit": person.unit_id or "",
        "manager": person.manager.email if person.manager else "",
        "role": person.role,
        "version": person.version,
        **changed,
    }


def test_the_list_shows_everybody_who_is_here(olga, ada, ben, cleo):
    ben.leave(by=olga, at=timezone.now())
    shown = page(olga)
    assert "Ada Lindqvist" in shown
    assert "Ben Okafor" not in shown
    assert "1–3 of 3" in shown


@pytest.mark.parametrize(
    "path",
    ["", "new/", "{pk}/", "{pk}/edit/", "{pk}/deactivation/", "{pk}/return/", "{pk}/invitation/"],
)
def test_employees_are_refused(ada, path):
    window, address = signed_in(ada), PEOPLE + path.format(pk=ada.pk)
    assert window.get(address).status_code == 403
    assert window.post(address).status_code in (403, 405)


def test_the_file_of_the_list_follows_what_is_typed_into_its_filters(olga, ada, ben, cleo):
    fragment = signed_in(olga).get(PEOPLE, {"q": "ben"}, headers={"HX-Request": "true"})

    assert 'href="?q=ben&amp;format=csv"' in fragment.content.decode()


def test_the_list_is_searched_filtered_and_sorted(olga, ada, ben, cleo):
    assert "Ben Okafor" not in page(olga, q="lindqvist")
    assert "Ben Okafor" in page(olga, q="okafor@larkspur")
    assert "Cleo" not in page(olga, unit=ada.unit_id)
    assert "Ada" not in page(olga, role="okr_admin")
    assert "Nobody matches" in page(olga, q="zzz")
    shown = page(olga, sort="-name")
    assert shown.index("Olga Petrenko Chief") < shown.index("Ada Lindqvist Not")


def test_a_unit_is_filtered_with_what_is_within_it(olga, ada):
    company = make_unit("Larkspur")
    ada.unit.parent = company
    ada.unit.keep()
    assert "Ada Lindqvist" in page(olga, unit=company.pk)


def test_odd_filters_show_everybody(olga, ada):
    assert "Ada Lindqvist" in page(olga, unit="x", role="y", state="z", sort="w", page="99")


def test_who_was_deactivated_or_invited_is_found_by_state(olga, ada, ben):
    ben.leave(by=olga, at=timezone.now())
    ada.invite(timezone.now())
    assert "Ben Okafor" in page(olga, state="deactivated")
    assert "Ada Lindqvist" in page(olga, state="invited")
    assert "Ben Okafor" not in page(olga, state="invited")


def test_an_integration_adds_a_column(olga, ada):
    def column(people):
        return slots.PeopleColumn("Elsewhere", {ada.pk: "Yes, there"})

    with slots.filled("people.columns", column):
        assert "Elsewhere" in page(olga)
        assert "Yes, there" in page(olga)


def test_many_people_cost_no_more_statements(olga, ada, ben, django_assert_num_queries):
    window = signed_in(olga)
    window.get(PEOPLE)
    with CaptureQueriesContext(connection) as asked:
        window.get(PEOPLE)
    few = len(asked)
    for n in range(60):
        make_person(f"Engineer {n}", unit=ada.unit, reports_to=ada)
    with django_assert_num_queries(few):
        shown = text_of(window.get(PEOPLE))
    assert "1–25 of 63" in shown


def test_the_list_is_taken_away_as_csv(olga, ada):
    answer = signed_in(olga).get(PEOPLE, {"format": "csv", "q": "ada"})
    lines = answer.getvalue().decode().splitlines()
    assert lines[0].endswith("Name,Designation,Organizational Unit,Role,Manager,E-mail,State")
    assert lines[1].startswith("Ada Lindqvist,Head of Platform,Platform,Employee,")


def test_a_person_is_added_and_invited(olga, ada, mailoutbox):
    answer = signed_in(olga).post(
        f"{PEOPLE}new/",
        {
            "name": "Dana Holt",
            "email": "Dana.Holt@larkspur.example",
            "manager": ada.email,
            "unit": ada.unit_id,
            "role": "employee",
            "invite": "on",
        },
    )
    dana = Person.objects.get(email="dana.holt@larkspur.example")
    assert answer["Location"] == f"{PEOPLE}{dana.pk}/"
    assert dana.line == f"{ada.line}{dana.pk}/"
    assert mailoutbox[0].to == [dana.email]


def test_an_address_belongs_to_one_person(olga, ada, ben):
    ben.leave(by=olga, at=timezone.now())
    window = signed_in(olga)
    for email, said in (
        (ada.email.upper(), "has this e-mail address already"),
        (ben.email, "Reactivate"),
    ):
        answer = window.post(f"{PEOPLE}new/", {"name": "X", "email": email, "role": "employee"})
        assert answer.status_code == 422
        assert said in text_of(answer)


def test_a_person_is_changed(olga, ada, ben, cleo):
    sent = fields(ben, designation="Staff Engineer", manager="Cleo Marchetti", role="okr_admin")
    assert signed_in(olga).post(f"{PEOPLE}{ben.pk}/edit/", sent).status_code == 302
    ben.refresh_from_db()
    assert (ben.designation, ben.manager, ben.role) == ("Staff Engineer", cleo, Role.OKR_ADMIN)


def test_a_circle_is_refused_beside_the_manager_and_nothing_is_saved(olga, ada, ben):
    sent = fields(ada, designation="Changed", manager=ben.email)
    answer = signed_in(olga).post(f"{PEOPLE}{ada.pk}/edit/", sent)
    assert answer.status_code == 422
    assert "Ben Okafor reports to Ada Lindqvist, so that would close a circle." in text_of(answer)
    assert Person.objects.get(pk=ada.pk).designation == "Head of Platform"


def test_the_last_admin_stays_one(olga):
    answer = signed_in(olga).post(f"{PEOPLE}{olga.pk}/edit/", fields(olga, role="employee"))
    assert answer.status_code == 422
    assert "Olga Petrenko is the last OKR admin" in text_of(answer)


def test_the_second_save_of_a_stale_form_is_compared(olga, ben):
    window, address = signed_in(olga), f"{PEOPLE}{ben.pk}/edit/"
    window.post(address, fields(ben, designation="First"))
    answer = window.post(address, fields(ben, designation="Second"))
    assert answer.status_code == 422
    assert "What you typed and what is saved now" in text_of(answer)
    assert Person.objects.get(pk=ben.pk).designation == "First"


def test_leaving_says_what_follows_and_demands_a_new_owner(olga, ada, ben):
    make_objective(ada, make_cycle())
    window, address = signed_in(olga), f"{PEOPLE}{ada.pk}/deactivation/"
    asked = text_of(window.get(address))
    assert "The new owner takes over 1 open objective and the lead of Platform." in asked
    assert "1 person reports to Ada Lindqvist; from then on they stand at the top" in asked
    refused = window.post(address, {"heir": ""})
    assert refused.status_code == 422
    assert "Choose who takes over what Ada Lindqvist owns." in text_of(refused)
    assert window.post(address, {"heir": ben.email}).status_code == 302
    assert not Person.objects.get(pk=ada.pk).is_active
    assert "You take over 1 open objective" in ben.notifications.get().words


def test_nobody_deactivates_themselves(olga):
    answer = signed_in(olga).post(f"{PEOPLE}{olga.pk}/deactivation/", {})
    assert answer.status_code == 422
    assert "You cannot deactivate yourself." in text_of(answer)


def test_somebody_comes_back(olga, ben):
    ben.leave(by=olga, at=timezone.now())
    address = f"{PEOPLE}{ben.pk}/return/"
    assert "can sign in again" in page(olga, address)
    signed_in(olga).post(address)
    assert Person.objects.get(pk=ben.pk).is_active


def test_a_page_of_a_person_says_what_they_own_and_who_reports(olga, ada, ben):
    shown = page(olga, f"{PEOPLE}{ada.pk}/")
    assert "Ben Okafor" in shown
    assert "the lead of Platform" in shown
    assert signed_in(olga).get(f"{PEOPLE}999999/").status_code == 404


def chosen(act, *people):
    return f"{PEOPLE}selected/{act}/?" + "&".join(f"person={person.pk}" for person in people)


def test_several_people_are_moved_at_once(olga, ada, ben, cleo):
    window, address = signed_in(olga), chosen("move", ben, cleo)
    asked = text_of(window.get(address))
    assert "Move 2 people" in asked
    assert "Choose a manager, a unit or both." in text_of(window.post(address, {"manager": ""}))
    window.post(address, {"manager": olga.email, "unit": olga.unit_id})
    for person in (ben, cleo):
        person.refresh_from_db()
        assert (person.manager, person.unit) == (olga, olga.unit)


def test_several_people_are_moved_all_or_none(olga, ada, ben, cleo):
    answer = signed_in(olga).post(chosen("move", cleo, ada), {"manager": ben.email})
    assert answer.status_code == 422
    assert "Nothing is changed. Ben Okafor reports to Ada Lindqvist" in text_of(answer)
    cleo.refresh_from_db()
    assert cleo.manager is None


def test_several_people_are_deactivated_with_one_new_owner(olga, ada, ben, cleo):
    make_objective(ben, make_cycle())
    window, address = signed_in(olga), chosen("leave", ben, cleo)
    refused = window.post(address, {"heir": ""})
    assert "Choose who takes over what Ben Okafor owns." in text_of(refused)
    assert "2 people were deactivated." in text_of(
        window.post(address, {"heir": ada.email}, follow=True)
    )
    assert Person.objects.active().count() == 2


def test_several_people_are_invited(olga, ada, ben, mailoutbox):
    ada.set_password("a plumb line")
    ada.save()
    window = signed_in(olga)
    assert "1 person was invited." in text_of(window.post(chosen("invite", ada, ben), follow=True))
    assert [message.to for message in mailoutbox] == [[ben.email]]
    assert "Nobody is selected" in text_of(window.get(chosen("invite", ada)))
    assert window.get(f"{PEOPLE}selected/promote/").status_code == 404
