"""Each shape of a link in a real browser: by keyboard, by pasting, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.jira_integration.shapes import EPIC, grow_epic
from tests.jira_integration.stage import link, read

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("connection")]
FIELD = "#id_text"


@pytest.fixture
def opened(page, key_result, jira):
    """The link dialog over the page of the key result, as its owner."""
    grow_epic(jira)

    def go(theme: str = "light", width: int = 1280) -> Page:
        window: Page = page(theme, width, key_result.owner)
        window.goto(f"/key-results/{key_result.pk}/")
        window.click("#link-jira")
        expect(window.locator(FIELD)).to_be_focused()
        expect(window.get_by_text("Recent issues")).to_be_visible()
        return window

    return go


def outlook(window: Page, words: str) -> None:
    expect(window.locator("#link-outlook")).to_contain_text(words)


def linked(window: Page) -> None:
    window.click("#link-submit")
    expect(window.locator("dialog[open]")).to_have_count(0)
    expect(window.locator("#links-card")).to_be_visible()


def test_what_is_below_an_issue_is_chosen_with_its_depth_and_linked(opened, key_result):
    window = opened()
    window.fill(FIELD, EPIC)
    outlook(window, "1 issue: 1 To Do")
    expect(window.locator("#link-below")).to_contain_text("Its children (3)")

    window.locator("#below-yes").check()
    outlook(window, "Progress would go from 40% to 50% · 3 issues: 1 Done, 1 In Progress, 1 To Do")
    window.locator("#id_depth").select_option("0")
    outlook(window, "5 issues: 2 Done, 1 In Progress, 2 To Do")
    expect(window.locator("#link-below")).to_contain_text(f"{EPIC} itself does not count then.")
    expect(window.locator("#link-submit")).to_have_text("Link 5 issues below it")
    linked(window)
    read()

    expect(window.locator("#links-card")).to_contain_text(f"Everything below {EPIC}")
    assert key_result.jira_links.get().depth == 0


def test_a_filter_is_found_by_its_name_and_picked_by_keyboard(opened, key_result):
    window = opened()
    window.keyboard.type("Demo prep")
    expect(window.get_by_role("option")).to_have_count(1)
    window.keyboard.press("ArrowDown")
    window.keyboard.press("Enter")

    outlook(window, "Progress would go from 40% to 100% · 3 issues: 3 Done")
    expect(window.locator("#link-submit")).to_have_text("Link this filter")
    expect(window.locator("#link-preview")).to_contain_text("The link follows the filter")
    expect(window.locator(FIELD)).to_be_focused()
    window.keyboard.press("Enter")
    expect(window.locator("dialog[open]")).to_have_count(0)
    assert key_result.jira_links.get().jql == "filter = 10001"


@pytest.mark.parametrize(
    ("path", "button", "kind"),
    [
        ("/secure/RapidBoard.jspa?rapidView=1&sprint=2", "Link this sprint", "sprint"),
        ("/projects/DEMO/versions/{version}", "Link this version", "version"),
        ("/issues/?filter=10001", "Link this filter", "filter"),
        ("/projects/DEMO", "Link this search", "query"),
    ],
)
def test_a_pasted_address_becomes_the_search_behind_it(
    opened, key_result, jira, path, button, kind
):
    jira.plan("DEMO-10", release="1.0")
    window = opened()
    window.fill(FIELD, jira.url + path.format(version=jira.release_id("DEMO-10")))

    expect(window.locator("#link-submit")).to_have_text(button)
    linked(window)
    assert key_result.jira_links.get().kind == kind


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_dialog_is_accessible_and_fits(opened, theme, width):
    window = opened(theme, width)
    window.fill(FIELD, EPIC)
    window.locator("#below-yes").check()
    outlook(window, "3 issues")

    axe(window)
    assert not window.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.fixture
def weighed(page, key_result, connection):
    link(key_result, "DEMO-1")
    link(key_result, jql="key = DEMO-10")
    read()

    def go(width: int = 1280) -> Page:
        window: Page = page("light", width, key_result.owner)
        window.goto(f"/key-results/{key_result.pk}/")
        return window

    return go


@pytest.mark.parametrize("width", [320, 1280])
def test_weights_are_tried_and_saved(weighed, key_result, width):
    window = weighed(width)
    window.click("#weigh-links")
    first = window.locator(".weights input").first
    first.fill("3")
    expect(window.locator("#weights-outlook")).to_have_text("50% → 75%")
    axe(window)
    assert not window.evaluate("document.documentElement.scrollWidth > innerWidth")

    window.get_by_role("button", name="Save and recalculate").click()
    expect(window.locator("dialog[open]")).to_have_count(0)
    expect(window.locator("#links-card")).to_contain_text("Weight 3")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_search_is_changed_in_view_of_its_number(weighed, key_result, width):
    window = weighed(width)
    search = key_result.jira_links.get(kind="query")
    window.click(f"#change-link-{search.pk}")
    window.fill("#id_jql", "key in (DEMO-1, DEMO-8)")
    expect(window.locator("#change-outlook")).to_contain_text("Progress would go from 50% to 75%")
    axe(window)
    assert not window.evaluate("document.documentElement.scrollWidth > innerWidth")

    window.get_by_role("button", name="Save and recalculate").click()
    expect(window.locator("dialog[open]")).to_have_count(0)
    search.refresh_from_db()
    assert search.jql == "key in (DEMO-1, DEMO-8)"


def test_without_javascript_what_is_below_an_issue_is_linked_too(page, key_result, jira):
    grow_epic(jira)
    window: Page = page("light", 1280, key_result.owner, javascript=False)
    window.goto(f"/key-results/{key_result.pk}/jira/")
    window.fill(FIELD, EPIC)
    window.get_by_role("button", name="Preview").click()
    window.locator("#below-yes").check()
    window.get_by_role("button", name="Preview").click()
    expect(window.locator("#link-outlook")).to_contain_text("3 issues")
    window.click("#link-submit")

    assert key_result.jira_links.get().kind == "children"
