"""Linking in a real browser: by keyboard, by pasting, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from jira_integration.models import IntegrationSettings
from okr.models import Person
from tests.browser.axe import axe
from tests.jira_integration.stage import link, read

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("connection")]
FIELD = "#id_text"
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
WIDTHS = pytest.mark.parametrize("width", [390, 1280])


@pytest.fixture
def visit(page, key_result):
    """Opens the key result's page as its owner."""

    def go(theme: str = "light", width: int = 1280) -> Page:
        window: Page = page(theme, width, key_result.owner)
        window.goto(f"/key-results/{key_result.pk}/")
        return window

    return go


@pytest.fixture
def opened(visit):
    """The link dialog over that page."""

    def go(theme: str = "light", width: int = 1280) -> Page:
        window: Page = visit(theme, width)
        window.click("#link-jira")
        expect(window.locator(FIELD)).to_be_focused()
        expect(window.get_by_text("Recent issues")).to_be_visible()
        return window

    return go


def outlook(window: Page, words: str) -> None:
    expect(window.locator("#link-outlook")).to_contain_text(words)


def test_several_issues_are_found_picked_and_linked_by_keyboard(opened, key_result):
    window = opened()

    window.keyboard.type("setup")
    expect(window.get_by_role("option")).not_to_have_count(0)
    window.keyboard.press("ArrowDown")
    window.keyboard.press("Enter")
    expect(window.locator("#link-submit")).to_have_text("Link 1 issue")
    expect(window.locator(FIELD)).to_be_focused()
    expect(window.locator(FIELD)).to_have_value("")

    window.keyboard.type("tour")
    expect(window.get_by_role("option")).to_have_count(1)
    window.keyboard.press("ArrowUp")
    window.keyboard.press("Enter")
    expect(window.locator("#link-submit")).to_have_text("Link 2 issues")
    window.keyboard.press("Enter")

    expect(window.get_by_text("Recalculating…")).to_be_visible()
    assert key_result.jira_links.count() == 2


def test_escape_closes_the_list_then_asks_for_the_dialog(opened):
    window = opened()
    window.keyboard.type("setup")
    expect(window.get_by_role("option").first).to_be_visible()

    window.keyboard.press("Escape")
    expect(window.locator("#link-options")).to_be_hidden()
    expect(window.locator("dialog[open]").first).to_be_visible()

    window.keyboard.press("Escape")
    expect(window.get_by_text("Discard changes?")).to_be_visible()


def test_a_pasted_address_resolves_without_enter(opened, jira):
    window = opened()

    window.fill(FIELD, f"{jira.url}/browse/DEMO-1")

    outlook(window, "Progress would go from 40% to 100% · 1 issue: 1 Done")
    expect(window.locator("#link-preview")).to_contain_text("Ask for the clinic's opening hours")


def test_jql_shows_what_it_counts_and_the_progress_before_it_is_linked(opened, key_result):
    window = opened()

    window.fill(FIELD, "project = DEMO")

    outlook(window, "Progress would go from 40% to 62% · 13 issues: 7 Done, 2 In Progress, 4 To Do")
    expect(window.get_by_text("The first ten of 13")).to_be_visible()
    expect(window.locator("#kind-jql")).to_be_checked()
    window.click("#link-submit")
    expect(window.get_by_text("Recalculating…")).to_be_visible()
    read()
    expect(window.get_by_text("Why is it 62%?")).to_be_visible()


def test_an_unticked_issue_is_no_longer_counted(opened, jira):
    jira.move("DEMO-12", "In Progress")
    jira.move("DEMO-11", "Done")
    window = opened()
    window.locator("#choose-DEMO-12").check()
    outlook(window, "1 issue: 1 In Progress")
    window.fill(FIELD, "DEMO-11")
    outlook(window, "2 issues: 1 Done, 1 In Progress")

    window.locator("#choose-DEMO-12").uncheck()

    outlook(window, "1 issue: 1 Done")
    expect(window.locator("#link-submit")).to_have_text("Link 1 issue")
    expect(window.locator(FIELD)).to_be_focused()


def test_the_answer_to_older_words_never_overwrites_the_newer(opened, jira, page):
    window = opened()
    jira.fault("slow", path="*/picker", seconds=2, times=1)

    window.keyboard.type("tour")
    window.wait_for_timeout(600)
    window.fill(FIELD, "DEMO-1")

    outlook(window, "to 100%")
    window.wait_for_timeout(2500)
    outlook(window, "to 100%")
    assert all("Abort" in told or "afterRequest" in told for told in page.complaints)
    page.complaints.clear()


def test_a_slow_jira_is_told_while_it_is_slow_and_given_up_in_the_end(opened, jira):
    window = opened()
    jira.fault("timeout", seconds=60, times=1)

    window.fill(FIELD, "DEMO-1")

    expect(window.locator("#link-wait .slow")).to_have_css("opacity", "1")
    outlook(window, "did not answer within 10 seconds")
    window.click("#ask-again")
    outlook(window, "to 100%")


def test_the_page_moves_by_itself_when_an_issue_moves_and_keeps_the_focus(visit, jira, key_result):
    link(key_result, "DEMO-8")
    read()
    window = visit()
    expect(window.locator(".hero-number")).to_have_text("50%")
    window.locator("#read-now").focus()

    jira.move("DEMO-8", "Done")
    read()

    expect(window.locator(".hero-number")).to_have_text("100%", timeout=15_000)
    expect(window.get_by_text("Why is it 100%?")).to_be_visible()
    expect(window.locator("#read-now")).to_be_focused()
    expect(window.locator("#live-polite")).to_have_text("Progress is now 100%.")


def test_all_issues_of_a_long_table_are_one_press_away(visit, jira, key_result):
    jira.create_many("OPS", 40)
    link(key_result, jql="project = OPS")
    read()
    window = visit()
    expect(window.locator(".why-table tbody tr")).to_have_count(25)

    window.click("#all-issues")

    expect(window.locator(".why-table tbody tr")).to_have_count(40)


def test_without_javascript_an_issue_is_found_previewed_and_linked(browser, live, key_result, page):
    context = browser.new_context(base_url=live.url, java_script_enabled=False)
    page.sign_in(context, key_result.owner)
    window = context.new_page()
    window.goto(f"/key-results/{key_result.pk}/")
    window.click("#link-jira")

    window.fill(FIELD, "setup")
    window.get_by_role("button", name="Preview").click()
    window.locator("#choose-DEMO-7").check()
    window.fill(FIELD, "")
    window.get_by_role("button", name="Preview").click()
    outlook(window, "Progress would go from 40% to 100%")
    window.click("#link-submit")

    expect(window.get_by_text("Linked. The progress follows in a moment.")).to_be_visible()
    assert key_result.jira_links.get().issue.key == "DEMO-7"
    context.close()


@THEMES
@WIDTHS
def test_everybody_can_use_the_dialog(opened, theme, width):
    window = opened(theme, width)
    axe(window)

    window.fill(FIELD, "setup")
    expect(window.get_by_role("option").first).to_be_visible()
    axe(window)

    window.keyboard.press("ArrowDown")
    window.keyboard.press("Enter")
    window.fill(FIELD, "project = DEMO")
    outlook(window, "13 issues")
    axe(window)

    window.fill(FIELD, "project = NOWHERE")
    outlook(window, "NOWHERE")
    axe(window)


@THEMES
@WIDTHS
def test_everybody_can_read_the_page_in_each_of_its_states(visit, jira, key_result, theme, width):
    link(key_result, "DEMO-8", "DEMO-1")
    link(key_result, jql="project = NOWHERE")
    axe(visit(theme, width))

    read()
    jira.delete("DEMO-1")
    read()
    axe(visit(theme, width))

    jira.fault("503")
    read()
    axe(visit(theme, width))

    admins = Person.objects.exclude(pk=key_result.owner_id)
    IntegrationSettings.load().allow_only(admins)
    axe(visit(theme, width))


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_nothing_scrolls_sideways(opened, jira, key_result, width):
    jira.rename("DEMO-8", "Averyveryverylongwordthatsomebodywrotewithoutanyspace" * 3)
    link(key_result, "DEMO-8")
    link(key_result, jql="project = DEMO AND labels in (demo, " + ", ".join("x" * 20) + ")")
    read()

    window = opened("light", width)
    window.fill(FIELD, "project = DEMO")
    outlook(window, "13 issues")
    for box in ("html", "dialog[open] .dialog-body"):
        assert window.locator(box).evaluate("e => e.scrollWidth <= e.clientWidth")
