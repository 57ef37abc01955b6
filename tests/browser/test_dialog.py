"""A dialog opens over its page, keeps what was typed and gives the focus back."""

import pytest
from playwright.sync_api import Page, expect

from okr.models import Person
from tests.browser.axe import axe
from tests.browser.conftest import Windows
from tests.browser.test_gallery import gallery  # noqa: F401  the gallery's addresses

pytestmark = pytest.mark.browser


@pytest.fixture
def window(page: Windows, olga: Person) -> Page:
    opened = page(person=olga)
    opened.goto("/gallery/")
    return opened


def open_dialog(window: Page):
    window.get_by_role("link", name="New objective").click()
    dialog = window.get_by_role("dialog", name="New key result")
    expect(dialog).to_be_visible()
    return dialog


def test_a_dialog_takes_the_focus_and_gives_it_back(window: Page):
    dialog = open_dialog(window)
    expect(dialog.get_by_label("Email address")).to_be_focused()
    axe(window)

    window.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(window.get_by_role("link", name="New objective")).to_be_focused()
    expect(window).to_have_title("Make onboarding effortless for new teams · Plumbline")


def test_a_press_outside_does_not_close_a_dialog(window: Page):
    dialog = open_dialog(window)
    window.mouse.click(10, 10)

    expect(dialog).to_be_visible()


def test_typed_words_are_not_lost_without_asking(window: Page):
    dialog = open_dialog(window)
    dialog.get_by_label("Email address").fill("ada")

    for press in ("Escape", "Escape"):
        window.keyboard.press(press)
        asking = window.get_by_role("dialog", name="Discard changes?")
        expect(asking).to_be_visible()
        asking.get_by_role("button", name="Keep editing").click()
        expect(asking).to_be_hidden()
        expect(dialog.get_by_label("Email address")).to_have_value("ada")

    dialog.get_by_role("button", name="Cancel").click()
    window.get_by_role("button", name="Discard").click()
    expect(dialog).to_be_hidden()
    expect(window.get_by_role("link", name="New objective")).to_be_focused()


def test_faults_are_shown_in_the_dialog_and_then_it_succeeds(window: Page):
    dialog = open_dialog(window)
    dialog.get_by_label("Email address").fill("ada")
    dialog.get_by_role("button", name="Create key result").click()

    expect(dialog.locator("error-summary")).to_be_focused()
    expect(window).to_have_title("Error: New key result · Plumbline")
    expect(dialog.get_by_label("Email address")).to_have_value("ada")
    axe(window)
    dialog.get_by_role("link", name="Enter a valid email address.").click()
    expect(dialog.get_by_label("Email address")).to_be_focused()

    dialog.get_by_label("Email address").fill("ada@larkspur.example")
    dialog.get_by_label("Token", exact=True).fill("token")
    dialog.get_by_label("In progress").fill("50")
    dialog.get_by_label("Individual").check()
    with window.expect_navigation():
        dialog.get_by_role("button", name="Create key result").click()
    expect(dialog).to_be_hidden()


def test_a_failure_replaces_nothing_and_can_be_retried(window: Page, page: Windows):
    window.get_by_role("button", name="Break").click()
    banner = window.locator("[data-failure]")
    expect(banner).to_contain_text("Something went wrong on our side.")
    expect(window.locator("#live-assertive")).to_contain_text("Something went wrong")
    expect(window.get_by_role("dialog")).to_be_hidden()

    with window.expect_response("**/gallery/broken/"):
        banner.get_by_role("button", name="Retry").click()
    expect(banner).to_have_count(1)
    page.complaints.clear()  # the browser reports each 500 that it receives


def test_an_ended_session_leads_to_the_sign_in_page_and_back(window: Page):
    window.context.clear_cookies()
    window.get_by_role("link", name="New objective").click()

    window.wait_for_url("**/sign-in/?next=%2Fgallery%2F")


def test_a_dialog_is_a_page_without_javascript(browser, live, olga: Person):
    context = browser.new_context(base_url=live.url, java_script_enabled=False)
    Windows(browser, live.url).sign_in(context, olga)
    window = context.new_page()
    window.goto("/gallery/")
    window.get_by_role("link", name="New objective").click()
    window.get_by_role("button", name="Create key result").click()

    expect(window.get_by_role("heading", name="New key result", level=1)).to_be_visible()
    expect(window.get_by_text("There is a problem")).to_be_visible()
    context.close()
