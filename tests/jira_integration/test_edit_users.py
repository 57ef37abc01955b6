"""`Edit Jira Users`: everybody who is active, searched and paged, with ticks that stay."""

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from jira_integration.models import IntegrationSettings, WhoMayLink
from okr.models import Person
from tests.cast import make_unit, signed_in
from tests.jira_integration.seen import HTMX, tag, url, value, words

LIST = HTMX | {"HX-Target": "people"}


@pytest.fixture
def admin(connection, olga):
    return signed_in(olga)


def hire(number):
    """People whose names sort as they are numbered, half of them in Design."""
    units = make_unit("Design"), make_unit("Sales")
    Person.objects.bulk_create(
        Person(
            email=f"n{each}@larkspur.example",
            name=f"Nora {each:03}",
            designation=f"Grade {each}",
            unit=units[each % 2],
        )
        for each in range(number)
    )
    return list(Person.objects.filter(name__startswith="Nora").order_by("name"))


def rows(response):
    """The names on the page, in order."""
    found = words(response)
    return [name for name in Person.objects.values_list("name", flat=True) if name in found]


def state(response):
    """What the form sends back: who is ticked on any page, and who is shown."""
    return {"chosen": value(response, "chosen"), "shown": value(response, "shown")}


def chosen():
    return set(IntegrationSettings.load().selected_people.values_list("pk", flat=True))


def test_it_shows_everybody_who_is_active_in_three_columns(admin, ada, ben, cleo):
    cleo.is_active = False
    cleo.save()
    response = admin.get(url("users"), headers=HTMX)
    content = response.content.decode()
    assert '<h2 id="dialog-title">Edit Jira Users</h2>' in content
    columns = ("Name", "Designation", "Organizational Unit (OU)")
    assert [f'<th scope="col">{name}</th>' in content for name in columns] == [True] * 3
    assert content.count('scope="col"') == 4
    assert "Ben Okafor Platform Engineer Platform" in words(response)
    assert "Cleo" not in words(response)
    assert "1–3 of 3" in words(response)


def test_25_a_page(admin):
    hire(60)
    first = admin.get(url("users"), headers=HTMX)
    second = admin.post(url("users"), {**state(first), "page": "2"}, headers=LIST)
    assert "1–25 of 61" in words(first)
    assert "26–50 of 61" in words(second)
    assert second.content.decode().count('name="person"') == 25
    assert "Edit Jira Users" not in words(second)
    assert 'id="people-told" hx-swap-oob="innerHTML">26–50 of 61<' in second.content.decode()


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("ben", ["Ben Okafor"]),
        ("ENGINEER platform", ["Ben Okafor"]),
        ("customer success", ["Cleo Marchetti"]),
        ("head of", ["Ada Lindqvist"]),
    ],
)
def test_the_search_finds_names_designations_and_units(admin, ada, ben, cleo, sought, found):
    response = admin.post(url("users"), {"words": sought}, headers=LIST)
    assert rows(response) == found


def test_a_search_that_finds_nobody_says_so_and_can_be_cleared(admin):
    response = admin.post(url("users"), {"words": "xyz", "chosen": "", "shown": ""}, headers=LIST)
    assert "No people match 'xyz'." in words(response)
    assert "Clear search" in words(response)
    cleared = admin.post(url("users"), {"words": "xyz", "clear": "1"}, headers=LIST)
    assert rows(cleared) == ["Olga Petrenko"]


def test_a_search_is_shown_as_text_and_nothing_else(admin):
    payload = "<img src=x onerror=alert(1)>"
    response = admin.post(url("users"), {"words": payload})
    assert payload not in response.content.decode()
    assert payload in words(response).replace("'", "") or "&lt;img" in response.content.decode()


def test_a_tick_survives_paging_and_searching_until_it_is_saved(admin):
    people = hire(60)
    first = admin.get(url("users"))
    ticked = {**state(first), "person": [people[3].pk]}
    second = admin.post(url("users"), {**ticked, "page": "2"})
    ticked = {**state(second), "person": [people[30].pk]}
    search = admin.post(url("users"), {**ticked, "words": "Nora 05"})
    assert "2 selected + 2 − 0" in words(search)
    assert not chosen()

    response = admin.post(url("users"), {**state(search), "words": "Nora 05", "save": "1"})

    assert response.url == url("manage")
    assert chosen() == {people[3].pk, people[30].pk}
    assert IntegrationSettings.load().who_may_link == WhoMayLink.SELECTED
    assert "2 of 61 people may link Jira issues." in words(admin.get(response.url))


def test_a_tick_can_be_taken_away_again(admin, ada, ben):
    admin.post(url("users"), {"save": "1", "person": [ada.pk, ben.pk]})
    first = admin.get(url("users"))
    assert "checked" in tag(first, f'value="{ben.pk}"')
    unticked = admin.post(url("users"), {**state(first), "person": [ada.pk], "words": "olga"})
    assert "1 selected + 0 − 1" in words(unticked)
    admin.post(url("users"), {**state(unticked), "save": "1"})
    assert chosen() == {ada.pk}


def test_selected_only_shows_those_who_are_ticked_now(admin):
    people = hire(60)
    first = admin.get(url("users"))
    ticked = {**state(first), "person": [people[7].pk]}
    response = admin.post(url("users"), {**ticked, "only_selected": "on"}, headers=LIST)
    assert rows(response) == ["Nora 007"]


def test_all_who_match_can_be_ticked_and_unticked_at_once(admin):
    people = hire(60)
    first = admin.get(url("users"))
    search = {**state(first), "words": "sales"}
    found = admin.post(url("users"), search)
    assert "Select all 30 matching" in words(found)
    ticked = admin.post(url("users"), {**search, "tick": "1"}, headers=LIST)
    assert "data-decides" in tag(ticked, 'name="chosen"')
    assert "Clear all 30 matching" in words(ticked)
    sales = {person.pk for person in people if person.unit.name == "Sales"}
    assert {int(each) for each in value(ticked, "chosen").split(",")} == sales
    cleared = admin.post(url("users"), {**state(ticked), "words": "sales", "untick": "1"})
    assert value(cleared, "chosen") == ""


def test_with_nobody_ticked_nothing_is_saved_and_the_page_says_so(admin):
    response = admin.post(url("users"), {"save": "1", "chosen": "", "shown": ""}, headers=HTMX)
    assert response.status_code == 422
    assert "Select at least one person." in words(response)
    assert "<title>Error: " in response.content.decode()
    assert IntegrationSettings.load().who_may_link == WhoMayLink.ALL


def test_a_failed_save_keeps_the_ticks_and_strangers_are_ignored(admin, cleo):
    cleo.is_active = False
    cleo.save()
    forged = {"save": "1", "chosen": f"{cleo.pk},999999,x,{'9' * 40},²", "person": ["-1"]}
    response = admin.post(url("users"), forged)
    assert response.status_code == 422
    assert not chosen()


def test_somebody_who_left_does_not_count(admin, ada, ben):
    admin.post(url("users"), {"save": "1", "person": [ada.pk, ben.pk]})
    ben.is_active = False
    ben.save()
    assert "1 of 2 people may link Jira issues." in words(admin.get(url("manage")))
    assert value(admin.get(url("users")), "chosen") == str(ada.pk)


def test_it_costs_the_same_for_3_and_for_300_people(admin):
    def cost(**boxes):
        with CaptureQueriesContext(database) as queries:
            admin.post(url("users"), {"chosen": "", "shown": "", **boxes}, headers=LIST)
        return len(queries)

    hire(3)
    few = cost(words="nora"), cost(tick="1"), cost(only_selected="on")
    Person.objects.filter(name__startswith="Nora").delete()
    hire(300)
    assert (cost(words="nora"), cost(tick="1"), cost(only_selected="on")) == few
