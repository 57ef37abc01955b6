"""People come in: by a link, by a file, by hand; with the keyboard alone and without JavaScript."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from okr import invitations
from okr.models import Person
from tests.browser.axe import axe, inspect
from tests.browser.conftest import Windows
from tests.cast import make_person

pytestmark = pytest.mark.browser

ROWS = "email,name,unit,manager_email\ndana@x.example,Dana Holt,Sales,{}\nwrong,Nobody,,\n"


@pytest.fixture
def file(tmp_path: Path, ada: Person) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(ROWS.format(ada.email))
    return path


def test_a_file_brings_people_without_javascript(page: Windows, olga: Person, file: Path):
    window = page(person=olga, javascript=False)
    window.goto("/okr-admin/people/")
    window.get_by_role("link", name="Import CSV").first.click()
    window.get_by_label("CSV file").set_input_files(file)
    window.get_by_role("button", name="Check the file").click()
    expect(window.get_by_text("This is not an e-mail address")).to_be_visible()
    assert not Person.objects.filter(email="dana@x.example").exists()

    window.get_by_role("button", name="Import 1 row").click()
    expect(window.get_by_text("1 row imported, 1 rejected.")).to_be_visible()
    window.get_by_role("link", name="Invite those who are new").click()
    expect(window.get_by_role("link", name="Dana Holt")).to_be_visible()


def test_a_check_and_a_result_are_usable_by_everybody(page: Windows, olga: Person, file: Path):
    window = page(person=olga)
    window.goto("/imports/people/")
    window.get_by_label("CSV file").set_input_files(file)
    window.get_by_role("button", name="Check the file").click()
    window.get_by_text("Nothing is written yet").wait_for()
    inspect(window)
    axe(window)
    window.get_by_role("button", name="Import 1 row").click()
    window.get_by_text("1 row imported").wait_for()
    axe(window)


def test_an_invitation_lets_somebody_in(page: Windows, olga: Person):
    dana = make_person("Dana Holt")
    invitations.send(dana, olga, timezone.now())
    looking = page()
    looking.goto(urlsplit(invitations.link_of(dana)).path)
    axe(looking)
    window = page(javascript=False)
    window.goto(urlsplit(invitations.link_of(dana)).path)
    window.get_by_label("Password", exact=True).fill("a plumb line")
    window.get_by_role("button", name="Set password and sign in").click()
    expect(window.get_by_role("heading", name="My OKRs", level=1)).to_be_visible()

    other = page()
    other.goto(urlsplit(invitations.link_of(dana)).path)
    expect(other.get_by_role("heading", name="This link no longer works")).to_be_visible()
    axe(other)
    page.complaints.clear()


def test_a_manager_is_picked_with_the_keyboard(page: Windows, olga: Person, ada: Person):
    make_person("Ben Okafor")
    window = page(person=olga)
    window.goto("/okr-admin/people/")
    window.get_by_role("link", name="Add person").click()
    dialog = window.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Dana Holt")
    dialog.get_by_label("E-mail address").fill("dana@larkspur.example")
    dialog.get_by_label("Manager").press_sequentially("lindq")
    offered = dialog.get_by_role("listbox", name="People").get_by_role("option")
    expect(offered).to_have_count(1)
    window.keyboard.press("ArrowDown")
    window.keyboard.press("Enter")
    expect(dialog.get_by_label("Manager")).to_have_value(f"Ada Lindqvist ({ada.email})")
    dialog.get_by_role("radio", name="Employee").check()
    dialog.get_by_role("button", name="Add person").click()
    expect(window.get_by_role("heading", name="Dana Holt", level=1)).to_be_visible()
    assert Person.objects.get(name="Dana Holt").manager == ada


def test_the_list_narrows_while_one_types_and_keeps_the_focus(
    page: Windows, olga: Person, ada: Person, cleo: Person
):
    window = page(person=olga)
    window.goto("/okr-admin/people/")
    box = window.get_by_role("searchbox", name="Search people")
    box.press_sequentially("lindq")
    expect(window.get_by_role("link", name="Cleo Marchetti")).to_have_count(0)
    expect(window.get_by_role("link", name="Ada Lindqvist").first).to_be_visible()
    expect(box).to_be_focused()
    assert "q=lindq" in window.url
