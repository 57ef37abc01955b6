"""What opens over a page, and what a page looks like when something is wrong, is usable too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import PHONE, axe, inspect, resize
from tests.browser.conftest import Windows
from tests.browser.open_house.conftest import Company

pytestmark = pytest.mark.browser

JIRA = "/okr-admin/integration/jira/"
BY_HAND, LINKED = "/key-results/{by_hand}/", "/key-results/{linked}/"
DIALOGS = [
    ("/company/", "#new-objective", "New objective"),
    ("/objectives/{objective}/", "#edit", "Edit objective"),
    ("/objectives/{objective}/", "#new-key-result", "New key result"),
    (BY_HAND, "#check-in", "Check in"),
    (LINKED, "#check-in", "Check in"),
    (BY_HAND, "#link-jira", "Link Jira issue"),
    (LINKED, "[id^=remove-link]", "Remove this Jira link?"),
    (JIRA, "#jira-switch", "Turn off progress updates?"),
]
MENUS = [
    ("/company/", ".cycle-selector > summary"),
    (BY_HAND, ".page-actions summary[aria-label=More]"),
]


@pytest.fixture
def go(olga: Page, db: Company) -> Callable[[str], Page]:
    """Opens an address of the furnished company."""

    def go(address: str) -> Page:
        olga.goto(address.format_map(db.numbers))
        return olga

    return go


def dialog_of(window: Page, opener: str, name: str) -> Locator:
    window.locator(opener).first.click()
    dialog = window.get_by_role("dialog", name=name)
    expect(dialog).to_be_visible()
    return dialog


@pytest.mark.parametrize(("address", "opener", "name"), DIALOGS)
def test_a_dialog_over_its_page(go, address: str, opener: str, name: str):
    window = go(address)
    dialog_of(window, opener, name)
    inspect(window)


@pytest.mark.parametrize(("address", "opener"), MENUS)
def test_an_open_menu(go, address: str, opener: str):
    window = go(address)
    window.locator(opener).click()
    inspect(window)


def test_the_menu_of_a_phone(go):
    window = go("/my/")
    resize(window, PHONE)
    window.get_by_text("More", exact=True).click()
    axe(window)


def test_a_dialog_with_faults(go):
    window = go("/company/")
    dialog = dialog_of(window, "#new-objective", "New objective")
    dialog.get_by_role("button", name="Create objective").click()
    expect(dialog.get_by_role("alert")).to_be_focused()
    inspect(window)


def test_the_question_before_typed_words_are_lost(go):
    window = go(BY_HAND)
    dialog = dialog_of(window, "#check-in", "Check in")
    dialog.get_by_label("What changed?").fill("Scans have moved.")
    window.keyboard.press("Escape")
    expect(window.get_by_role("dialog", name="Discard changes?")).to_be_visible()
    inspect(window)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("zzzzz", "No issue matches “zzzzz”."),
        ("PLAT-4711", "PLAT-4711 cannot be read in Jira."),
    ],
)
def test_the_link_dialog_when_nothing_is_found(go, typed: str, shown: str):
    window = go(BY_HAND)
    dialog = dialog_of(window, "#link-jira", "Link Jira issue")
    dialog.get_by_role("combobox").fill(typed)
    expect(
        dialog.locator(f"#{shown}") if shown == "link-options" else dialog.get_by_text(shown).first
    ).to_be_visible()
    inspect(window)


def test_edit_jira_users_over_its_page(go):
    window = go(f"{JIRA}manage/")
    window.get_by_label("Allow selected users").check()
    dialog = window.get_by_role("dialog", name="Edit Jira Users")
    dialog.get_by_role("checkbox", name="Ada Lindqvist").check()
    inspect(window)

    dialog.get_by_role("searchbox").fill("zzz")
    expect(dialog.get_by_text("No people match 'zzz'.").first).to_be_visible()
    inspect(window)


def test_percentages_that_are_refused(go):
    window = go(f"{JIRA}manage/")
    window.get_by_role("spinbutton", name="In Progress").fill("0")
    window.get_by_role("button", name="Save and recalculate").click()
    expect(window.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()
    inspect(window)


def test_credentials_that_are_refused(go):
    window = go(f"{JIRA}manage/")
    window.get_by_label("API Token", exact=True).fill("wrong")
    window.get_by_role("button", name="Connect").click()
    expect(window.get_by_role("list", name="What was checked")).to_be_visible()
    inspect(window)


def test_pages_that_are_not_given(go, open_house: Windows, db: Company):
    ben = open_house(person=db.person("ben.okafor"))
    for window, address in ((ben, JIRA), (ben, "/no-such-page/")):
        window.goto(address)
        expect(window.get_by_role("link", name="Back to My OKRs")).to_be_visible()
        inspect(window)
    open_house.complaints.clear()  # the browser reports the 403 and the 404


@contextmanager
def refused(olga: Page, company: Company) -> Iterator[None]:
    """Jira refuses the token, as Test connection finds; afterwards all is well again."""
    company.jira.fault("401", path="*/myself")
    press_test(olga, "The test failed.")
    yield
    company.jira.clear_faults()
    press_test(olga, "Connected to")


def press_test(olga: Page, says: str) -> None:
    olga.goto(JIRA)
    olga.get_by_role("button", name="Test connection").click()
    expect(olga.get_by_text(says)).to_be_visible()
    inspect(olga)


def test_pages_while_jira_refuses(go, olga: Page, db: Company):
    with refused(olga, db):
        for address in (JIRA, f"{JIRA}activity/", f"{JIRA}manage/", LINKED):
            inspect(go(address))
