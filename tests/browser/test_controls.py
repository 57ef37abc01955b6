"""The small scripts do what the keyboard asks."""

import pytest
from playwright.sync_api import Page, expect

from okr.models import Person
from tests.browser.conftest import Windows
from tests.browser.test_gallery import gallery  # noqa: F401  the gallery's addresses

pytestmark = pytest.mark.browser


@pytest.fixture
def window(page: Windows, olga: Person) -> Page:
    opened = page(person=olga)
    opened.goto("/gallery/")
    return opened


def test_a_combobox_is_driven_by_keys_alone(window: Page):
    box = window.get_by_role("combobox", name="Supports")
    box.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        window.keyboard.press(key)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(window.get_by_role("option", name="Win the midmarket")).to_have_attribute(
        "aria-selected", "true"
    )

    window.keyboard.press("Enter")
    expect(box).to_have_value("Win the midmarket")
    expect(box).to_have_attribute("aria-expanded", "false")

    window.keyboard.press("ArrowDown")
    window.keyboard.press("Escape")
    expect(window.get_by_role("listbox")).to_be_hidden()


def test_a_branch_opens_and_closes_by_arrow_keys(window: Page):
    branch = window.get_by_role("button", name="Win the midmarket: aligned objectives")
    leaf = window.get_by_role("row", name="Make onboarding effortless Ben Okri")
    branch.focus()

    window.keyboard.press("ArrowLeft")
    expect(branch).to_have_attribute("aria-expanded", "false")
    expect(leaf).to_be_hidden()

    window.keyboard.press("ArrowRight")
    expect(leaf).to_be_visible()


def test_the_menu_of_a_phone_closes_on_escape(page: Windows, olga: Person):
    window = page(width=390, person=olga)
    window.goto("/gallery/")
    window.get_by_text("More", exact=True).click()
    expect(window.get_by_role("link", name="Integration", exact=True)).to_be_visible()

    window.keyboard.press("Escape")

    expect(window.get_by_role("link", name="Integration", exact=True)).to_be_hidden()


def test_a_disabled_button_gives_its_reason_and_does_nothing(window: Page):
    button = window.get_by_role("button", name="Sync now")

    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description("A sync is running.")
