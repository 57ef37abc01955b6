"""The story of the product, on its real processes: connect, link, and the number moves itself."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from jira_sandbox.testing import EMAIL, TOKEN
from okr.demo.people import DOMAIN
from okr.demo.staff import PASSWORD
from tests.browser.conftest import Windows, windows_on
from tests.product import Product

pytestmark = pytest.mark.browser

KEY_RESULT = "Halve the cost of storing documents"
GUESSED = "70%"
THUMBNAILS = "PLAT-26"
REPORT = "PLAT-28"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    product = Product(tmp_path_factory.mktemp("story") / "var")
    product.start()
    yield product
    product.stop()
    product.clean_up()


@pytest.fixture
def windows(browser: Browser, product: Product) -> Iterator[Windows]:
    with windows_on(browser, product.address) as windows:
        yield windows


def test_connect_link_move_an_issue_and_see_the_number_move(windows: Windows, product: Product):
    connect(sign_in(windows(), "olga.petrenko"), product.sandbox_address)
    ben = sign_in(windows(), "ben.okafor")
    ben.get_by_role("link", name=KEY_RESULT, exact=True).click()
    expect(number(ben)).to_have_text(GUESSED)

    link_by_address(ben, f"{product.sandbox_address}/browse/{REPORT}")
    link_by_words(ben, "orphaned thumb")
    ben.evaluate("window.untouched = true")
    expect(number(ben)).to_have_text("100%")

    move(windows(), product.sandbox_address, to="Code Review")

    expect(number(ben)).to_have_text("75%")
    assert ben.evaluate("window.untouched"), "the page was loaded anew"
    it_says_why(ben)
    progress_is_closed(ben)

    unlink(ben, THUMBNAILS)
    unlink(ben, REPORT)
    progress_is_open(ben)


def sign_in(window: Page, name: str) -> Page:
    window.goto("/")
    window.get_by_label("Email").fill(f"{name}@{DOMAIN}")
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Sign in").click()
    expect(window.get_by_role("heading", name="My OKRs")).to_be_visible()
    return window


def connect(olga: Page, server: str) -> None:
    aside = olga.get_by_role("navigation", name="Main", exact=True)
    expect(aside.get_by_role("heading", name="OKR Admin")).to_be_visible()
    aside.get_by_role("link", name="Integration", exact=True).click()
    olga.get_by_role("main").get_by_role("link", name="Jira Integration", exact=True).click()
    switch = olga.get_by_role("switch", name="Turn on progress update using Jira")
    expect(switch).not_to_be_checked()

    switch.click()
    dialog = olga.get_by_role("dialog", name="Integrate with Jira")
    dialog.get_by_label("Email Address (In Jira)").fill(EMAIL)
    dialog.get_by_label("Server").fill(server)
    dialog.get_by_label("API Token", exact=True).fill(TOKEN)
    dialog.get_by_role("button", name="Connect").click()

    expect(olga.get_by_text(f"Connected to {server} as ")).to_be_visible()
    expect(switch).to_be_checked()


def link_by_address(ben: Page, address: str) -> None:
    dialog = open_link_dialog(ben)
    dialog.get_by_role("combobox").fill(address)
    expect(dialog.get_by_role("list", name="Chosen issues")).to_contain_text(REPORT)
    expect(dialog.get_by_role("status")).to_have_text(
        f"Progress would go from {GUESSED} to 100% · 1 issue: 1 Done"
    )
    dialog.get_by_role("button", name="Link 1 issue").click()
    expect(links(ben)).to_contain_text(REPORT)


def link_by_words(ben: Page, words: str) -> None:
    dialog = open_link_dialog(ben)
    dialog.get_by_role("combobox").press_sequentially(words)
    dialog.get_by_role("option", name=THUMBNAILS).click()
    expect(dialog.get_by_role("status")).to_contain_text("2 issues: 2 Done")
    dialog.get_by_role("button", name="Link 1 issue").click()
    expect(links(ben)).to_contain_text(THUMBNAILS)


def move(jira: Page, address: str, to: str) -> None:
    """As a person in Jira does it, on its own page."""
    jira.goto(f"{address}/?project=PLAT")
    card = jira.locator(f"#{REPORT}")
    card.get_by_label(f"Move {REPORT} to").select_option(to)
    card.get_by_role("button", name=f"Move {REPORT}").click()
    expect(jira.locator(f"[data-status='{to}']").locator(f"#{REPORT}")).to_be_visible()


def it_says_why(ben: Page) -> None:
    why = ben.get_by_role("region", name="Why is it 75%?")
    expect(why).to_contain_text("(1 Done × 100 + 1 In Progress × 50) ÷ 2 issues = 75%.")
    expect(why.get_by_role("row", name=REPORT)).to_contain_text("Code Review")
    history = ben.get_by_role("region", name="History")
    history.get_by_text("Show as table").click()
    expect(history.get_by_role("row", name="75% 1 issue reopened")).to_be_visible()


def progress_is_closed(ben: Page) -> None:
    dialog = open_check_in(ben)
    expect(dialog).to_contain_text("Progress comes from 2 Jira issues, so it cannot be typed here.")
    expect(dialog.get_by_label("Value now")).to_have_count(0)
    dialog.get_by_role("button", name="Cancel").click()


def unlink(ben: Page, key: str) -> None:
    ben.get_by_role("link", name=re.compile(f"Remove {key}")).click()
    ben.get_by_role("button", name="Remove link").click()
    expect(ben.get_by_text("The Jira link is removed.")).to_be_visible()
    expect(links(ben).get_by_role("link", name=key, exact=True)).to_have_count(0)


def progress_is_open(ben: Page) -> None:
    dialog = open_check_in(ben)
    dialog.get_by_label("Value now").fill("80")
    dialog.get_by_label("On track").check()
    dialog.get_by_role("button", name="Save check-in").click()
    expect(number(ben)).to_have_text("80%")


def number(ben: Page) -> Locator:
    """The progress, at the top of the page."""
    return ben.get_by_role("region", name="Progress", exact=True).locator(".hero-number")


def links(ben: Page) -> Locator:
    return ben.get_by_role("region", name="Jira links")


def open_link_dialog(ben: Page) -> Locator:
    ben.get_by_role("link", name="Link Jira issue").click()
    dialog = ben.get_by_role("dialog", name="Link Jira issue")
    expect(dialog.get_by_role("combobox")).to_be_focused()
    return dialog


def open_check_in(ben: Page) -> Locator:
    ben.get_by_role("link", name="Check in", exact=True).click()
    dialog = ben.get_by_role("dialog", name="Check in")
    expect(dialog).to_be_visible()
    return dialog
