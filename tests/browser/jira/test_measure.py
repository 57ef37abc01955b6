"""Weighing issues by story points in a real browser, and leaving out what was refused."""

import pytest
from playwright.sync_api import expect

from jira_integration import sync
from jira_integration.models import JiraConnection
from tests.browser.axe import axe
from tests.jira_integration.stage import link, read

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("connection")]
LOOKS = pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])


@pytest.fixture
def followed(jira, key_result):
    """At 62%; one issue has no story points."""
    link(key_result, jql="project = DEMO")
    jira.resize("DEMO-10", points=None)
    read()
    return key_result


def fits(window) -> bool:
    return bool(window.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def work_off() -> None:
    sync.run_waiting(JiraConnection.objects.get().pk)


@LOOKS
def test_story_points_are_tried_chosen_and_explained(page, followed, theme, width):
    window = page(theme, width, followed.owner)
    window.goto(f"/key-results/{followed.pk}/")
    window.click("#choose-measure")
    window.get_by_label("Weigh issues by").select_option("Story points")
    expect(window.get_by_text("1 of 13 linked issues has no Story points now.")).to_be_visible()
    window.get_by_label("Leave it out").check()
    expect(window.locator("#measure-outlook")).to_have_text("62% now → 65%")
    axe(window)
    window.click("text=Save and recalculate")
    expect(window.get_by_text("How it is measured:")).to_contain_text("by Story points")
    work_off()
    window.reload()
    expect(window.locator("#why-card .why-sum")).to_contain_text("÷ 36 Story points = 65.3%")
    expect(window.get_by_text("Left out: no Story points")).to_be_visible()
    axe(window)
    assert fits(window)


def test_it_is_tried_and_chosen_without_javascript(page, followed):
    window = page("light", 320, followed.owner, javascript=False)
    window.goto(f"/key-results/{followed.pk}/jira/measure/")
    window.get_by_label("Weigh issues by").select_option("Story points")
    window.click("text=Preview")
    window.get_by_label("Count it as 1").check()
    window.click("text=Preview")
    expect(window.locator("#measure-outlook")).to_have_text("62% now → 64%")
    assert fits(window)
    window.click("text=Save and recalculate")
    expect(window.get_by_text("How it is measured:")).to_contain_text("by Story points")


@LOOKS
def test_a_resolution_is_tried_and_left_out(page, jira, followed, olga, theme, width):
    jira.resolve("DEMO-1", "Won't Do")
    read()
    window = page(theme, width, olga)
    window.goto("/okr-admin/integration/jira/manage/")
    window.click("text=Left-out resolutions")
    window.get_by_label("Won't Do").check()
    expect(window.get_by_text("1 key result will change:")).to_be_visible()
    axe(window)
    assert fits(window)
    window.click("#save-left-out")
    expect(window.get_by_text("Saved. Recalculating 1 key result.")).to_be_visible()
    work_off()
    window.goto(f"/key-results/{followed.pk}/")
    expect(window.get_by_text("Left out: Won't Do")).to_be_visible()
