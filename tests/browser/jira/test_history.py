"""Linking with its past in a real browser: the chart tells the quarter at once, and says how."""

import pytest
from playwright.sync_api import expect

from jira_integration import sync
from jira_integration.models import JiraConnection
from tests.browser.axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("connection")]


def work_off():
    sync.run_waiting(JiraConnection.objects.get().pk)


def link_all(window, key_result):
    window.goto(f"/key-results/{key_result.pk}/")
    window.click("#link-jira")
    expect(window.locator("#id_history")).to_be_checked()
    window.fill("#id_text", "project = DEMO")
    expect(window.locator("#link-submit")).to_have_text("Link this search")
    window.click("#link-submit")
    expect(window.get_by_text("Linked. The progress follows in a moment.")).to_be_visible()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_a_new_link_shows_the_whole_quarter_marked_as_reconstructed(page, key_result, theme, width):
    window = page(theme, width, key_result.owner)
    link_all(window, key_result)
    work_off()

    expect(window.locator(".chart-retold")).to_have_count(1)
    expect(window.locator(".chart-key")).to_contain_text("Reconstructed")
    expect(window.locator("#reconstruction")).to_contain_text(
        "is reconstructed from what happened to 13 issues in Jira."
    )
    window.get_by_text("Show as table").click()
    expect(
        window.get_by_role("cell", name="Reconstructed from Jira's history").first
    ).to_be_visible()
    axe(window)
    assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_past_is_removed_after_a_question_and_drawn_again_without_javascript(page, key_result):
    window = page("light", 390, key_result.owner)
    link_all(window, key_result)
    work_off()
    expect(window.locator(".chart-retold")).to_have_count(1)
    window.click("#remove-history")
    window.get_by_role("button", name="Remove reconstructed history").click()
    expect(window.locator(".chart-retold")).to_have_count(0)

    plain = page("light", 390, key_result.owner, javascript=False)
    plain.goto(f"/key-results/{key_result.pk}/")
    plain.click("#reconstruct-history")
    work_off()
    plain.reload()
    expect(plain.locator(".chart-retold")).to_have_count(1)
