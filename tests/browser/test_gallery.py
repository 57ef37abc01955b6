"""Every component, in both themes and from phone to desk, is usable by everybody."""

import pytest
from playwright.sync_api import Page, expect

from okr.models import Person
from tests.browser.axe import axe
from tests.browser.conftest import Windows

pytestmark = pytest.mark.browser
THEMES, WIDTHS = ("light", "dark"), (1280, 390, 320)


@pytest.fixture(autouse=True)
def gallery(settings):
    settings.ROOT_URLCONF = "tests.browser.gallery_urls"
    folder = settings.BASE_DIR / "tests" / "browser" / "templates"
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], folder]}]


def fits(window: Page) -> bool:
    return bool(window.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_components_are_usable_and_fit(page: Windows, olga: Person, theme: str, width: int):
    window = page(theme, width, olga)
    window.goto("/gallery/")
    axe(window)
    assert fits(window)

    window.goto("/gallery/dialog/")
    axe(window)
    assert fits(window)


@pytest.mark.parametrize("theme", THEMES)
def test_the_sign_in_page_is_usable_and_fits(page: Windows, live, theme: str):
    window = page(theme, 320)
    window.goto("/sign-in/")
    expect(window.get_by_label("Email")).to_be_focused()
    axe(window)
    window.get_by_role("button", name="Sign in").click()
    expect(window.locator("error-summary")).to_be_focused()
    axe(window)
    assert fits(window)


def test_a_password_is_shown_on_request_alone(page: Windows, live):
    window = page()
    window.goto("/sign-in/")
    box = window.get_by_label("Password", exact=True)
    show = window.get_by_role("button", name="Show what is typed")

    expect(box).to_have_attribute("type", "password")
    show.click()
    expect(box).to_have_attribute("type", "text")
    expect(show).to_have_attribute("aria-pressed", "true")


def test_the_theme_is_chosen_without_javascript(browser, live, olga: Person):
    windows = Windows(browser, live.url)
    context = browser.new_context(base_url=live.url, java_script_enabled=False)
    windows.sign_in(context, olga)
    window = context.new_page()
    window.goto("/gallery/")
    window.get_by_role("button", name="Dark theme").click()

    expect(window.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()
