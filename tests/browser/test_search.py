"""The search box, the tags and the templates in a real browser, by keys alone."""

import pytest
from playwright.sync_api import Page, expect

from okr.models import Cycle, Objective, Person
from tests.browser.axe import axe
from tests.browser.conftest import Windows
from tests.cast import make_objective

pytestmark = pytest.mark.browser


@pytest.fixture
def window(page: Windows, ben: Person, cycle: Cycle) -> Page:
    make_objective(ben, cycle, title="Failover is boring").tag(["Reliability"])
    make_objective(ben, cycle, title="Nobody fails to sign in")
    return page(person=ben)


def test_what_is_sought_is_found_and_opened_by_keys(window: Page):
    window.goto("/my/")
    window.keyboard.press("k")
    window.keyboard.press("/")
    box = window.get_by_role("combobox", name="Search")
    expect(box).not_to_be_focused()
    window.keyboard.press("Control+k")
    expect(box).to_be_focused()
    window.keyboard.type("fail")
    options = window.get_by_role("listbox", name="Found").get_by_role("option")
    expect(options).to_have_count(3)
    expect(options.first).to_contain_text("Failover is boring")
    axe(window)
    window.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("fail")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "Enter"):
        window.keyboard.press(key)
    expect(window.get_by_role("heading", level=1)).to_have_text("Failover is boring")


def test_enter_without_a_choice_shows_everything_that_was_found(window: Page):
    window.goto("/my/")
    window.keyboard.press("Control+k")
    window.keyboard.type("fail")
    window.keyboard.press("Enter")
    window.wait_for_url("**/search/?q=fail")
    expect(window.get_by_role("link", name="Nobody fails to sign in")).to_be_visible()
    axe(window)


def test_a_tag_is_completed_and_stands_on_the_objective(window: Page):
    other = Objective.objects.get(title="Nobody fails to sign in")
    window.goto(f"/objectives/{other.pk}/edit/")
    field = window.get_by_role("combobox", name="Tags")
    field.press_sequentially("Ease, rel")
    expect(window.get_by_role("option", name="Reliability")).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Ease, Reliability, ")
    window.get_by_role("button", name="Save").click()
    window.get_by_role("link", name="Tag: Reliability").click()
    expect(window.get_by_role("link", name="Failover is boring")).to_be_visible()
    expect(window.get_by_text("Tag: Reliability").first).to_be_visible()


def test_an_objective_begins_from_a_template(window: Page):
    window.goto("/templates/?q=hire")
    window.get_by_role("link", name="Use this template").first.press("Enter")
    dialog = window.get_by_role("dialog", name="New objective")
    dialog.get_by_label("Title").fill("Hire two good engineers")
    dialog.locator('[name="measures-1-title"]').fill("")
    dialog.get_by_role("button", name="Create objective").press("Enter")
    expect(window.get_by_role("heading", level=1)).to_have_text("Hire two good engineers")
    made = window.get_by_role("link", name="Days from the first talk to the offer", exact=True)
    expect(made).to_be_visible()
    expect(window.get_by_text("Offers accepted")).to_have_count(0)
