"""Forms offer any number of people, objectives and units without sending them."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okr.forms.objective_picker import label_of
from okr.models import Objective, Person, Unit
from okr.models.unit import paths
from tests.cast import make_objective, make_person, make_unit, signed_in

pytestmark = pytest.mark.django_db
FORMS = [
    "/objectives/new/",
    "/objectives/{pk}/edit/",
    "/objectives/{pk}/key-results/new/",
    "/okr-admin/people/new/",
    "/okr-admin/units/new/",
]
SLACK = 400
"""Bytes by which a form may differ: numbers have more digits."""


def typed(owner, cycle, **fields):
    sent: dict[str, object] = {"title": "Clinics trust the schedule", "cycle": cycle.pk}
    sent |= {"level": "individual", "owner": owner.pk, "weight": "1", "visibility": "public"}
    return sent | fields


def options(person, address, name, words, **query):
    headers = {"HX-Request": "true", "HX-Trigger": f"id_{name}", "HX-Trigger-Name": name}
    answer = signed_in(person).get(address, {name: words, **query}, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_form_is_as_large_and_as_cheap_for_3_and_for_300_of_each(olga, ben, cycle):
    objective, window = make_objective(ben, cycle), signed_in(olga)

    def grow(number):
        units = Unit.objects.bulk_create(
            Unit(name=f"Unit {number}-{n}", slug=f"unit-{number}-{n}") for n in range(number)
        )
        Person.objects.bulk_create(
            Person(email=f"{number}-{n}@larkspur.example", name=f"Person {n}", unit=units[n])
            for n in range(number)
        )
        Objective.objects.bulk_create(
            Objective(owner=ben, cycle=cycle, title=f"Part {n}") for n in range(number)
        )

    def shown(page):
        with CaptureQueriesContext(connection) as queries:
            size = len(window.get(page.format(pk=objective.pk)).content)
        return size, len(queries)

    grow(3)
    few = {page: shown(page) for page in FORMS}
    grow(297)

    for page, (size, queries) in few.items():
        larger, as_many = shown(page)
        assert larger < size + SLACK, page
        assert as_many == queries, page


def test_an_objective_is_chosen_by_what_the_list_puts_into_the_box(ben, cycle):
    above = make_objective(ben, cycle, title="Clinics stay online")
    for words in (label_of(above), "clinics stay ONLINE", f"http://x/objectives/{above.pk}/"):
        sent = typed(ben, cycle, title=f"Part by {words}"[:200], parent=words)
        answer = signed_in(ben).post("/objectives/new/", sent)
        assert answer.status_code == 302, words
    assert above.children.count() == 3


def test_two_of_one_title_are_named_with_their_numbers(ben, cycle):
    twins = [make_objective(ben, cycle, title="Twins") for _ in range(2)]
    answer = signed_in(ben).post("/objectives/new/", typed(ben, cycle, parent="Twins"))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Several objectives are called “Twins”." in page
    assert all(f"Twins (#{each.pk})" in page for each in twins)


def test_only_what_may_stand_above_is_offered_and_accepted(ben, cleo, cycle):
    mine = make_objective(ben, cycle, title="Mine")
    below = make_objective(ben, cycle, title="Below mine", parent=mine)
    secret = make_objective(cleo, cycle, title="Secret", visibility="confidential")
    open_one = make_objective(cleo, cycle, title="Open one")
    shown = options(ben, "/objectives/options/", "parent", "", cycle=cycle.pk, of=mine.pk)

    assert open_one.title in shown
    assert not any(each.title in shown for each in (below, secret))
    for refused in (below, secret):
        for words in (refused.pk, refused.title, label_of(refused)):
            sent = typed(ben, cycle, parent=words)
            answer = signed_in(ben).post(f"/objectives/{mine.pk}/edit/", sent)
            assert "Choose an objective of the same cycle from the list." in answer.content.decode()


def test_objectives_are_found_by_title_and_owner_twenty_at_most(ben, cleo, cycle):
    make_objective(cleo, cycle, title="Failover is boring")
    for number in range(25):
        make_objective(ben, cycle, title=f"Part {number}")

    def found(words):
        return options(ben, "/objectives/options/", "q", words, cycle=cycle.pk)

    assert "Failover" in found("marchetti boring")
    assert "Failover" not in found("okafor")
    assert "No objective matches" in found("zz")
    assert found("").count('role="option"') == 20


def test_several_are_ticked_and_typed_at_once(ben, ada, cleo, olga, cycle):
    sent = typed(ben, cycle, visibility="confidential", viewers=[cleo.pk])
    sent |= {"viewers_typed": f"{olga.email}; ada lindqvist"}
    assert signed_in(ben).post("/objectives/new/", sent).status_code == 302

    assert set(Objective.objects.get().viewers.all()) == {ada, cleo, olga}


def test_what_names_nobody_stays_in_the_box_with_a_sentence(ben, cleo, cycle):
    sent = typed(ben, cycle, visibility="confidential", viewers=[cleo.pk], viewers_typed="Cleo M")
    page = signed_in(ben).post("/objectives/new/", sent).content.decode()

    assert "Nobody here is called “Cleo M”." in page
    assert "Did you mean Cleo Marchetti (cleo.marchetti@larkspur.example)?" in page
    assert 'value="Cleo M"' in page
    assert f'name="viewers" value="{cleo.pk}" checked' in page


def test_units_are_offered_by_path_and_to_a_lead_only_their_own(ada, olga):
    make_unit("Storage", parent=ada.unit)
    assert "Platform / Storage" in options(olga, "/units/options/", "unit", "plat stor")
    assert "Platform" in options(ada, "/units/options/", "unit", "", among="led")
    assert "Storage" not in options(ada, "/units/options/", "unit", "", among="led")
    assert "No unit matches" in options(ada, "/units/options/", "unit", "zzz")


def test_a_unit_is_chosen_by_name_or_path(olga, ada):
    storage = make_unit("Storage", parent=ada.unit)
    for words in ("storage", paths()[storage.pk], storage.pk):
        sent: dict[str, object] = {"name": "New"}
        sent["email"] = f"new{words}@x.example".replace(" ", "").replace("/", "")
        sent |= {"unit": words, "role": "employee"}
        assert signed_in(olga).post("/okr-admin/people/new/", sent).status_code == 302, words
    assert storage.people.count() == 3


@pytest.mark.parametrize("name", ["twice", "Somebody Else"])
def test_names_that_are_nobodys_alone_ask_for_an_address(olga, cycle, name):
    for number in range(2):
        make_person("Twice", email=f"twice{number}@larkspur.example")
    sent = typed(olga, cycle) | {"owner": name}
    page = signed_in(olga).post("/objectives/new/", sent).content.decode()

    assert ("Several people are called" if name == "twice" else "Nobody here is called") in page


@pytest.mark.parametrize(
    "odd", ["9" * 40, "\x00", "{}", "\ud800", "(#99999999999999999999)", "; ;"]
)
@pytest.mark.parametrize("name", ["owner", "parent", "viewers", "viewers_typed", "supports_typed"])
def test_odd_choices_are_answered_with_the_form(ben, cycle, name, odd):
    sent = typed(ben, cycle, visibility="confidential") | {name: odd}
    body = urlencode(sent, doseq=True, errors="surrogatepass")
    window = signed_in(ben)
    answer = window.post("/objectives/new/", body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in (302, 400, 422)
