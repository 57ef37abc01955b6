"""Into Jira in a real browser: switched on by an admin, used by an employee, seen in Jira."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jira_integration import sync
from jira_integration.into_jira import outbox
from tests.browser.axe import axe, inspect
from tests.jira_integration.stage import read

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("connection")]
INTO = "/okr-admin/integration/jira/into/"
WINDOWS = pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])


def switch_on(window: Page, name: str) -> None:
    window.get_by_role("switch", name=name).click()
    expect(window.get_by_role("switch", name=name)).to_be_checked()


def let_the_schedule_tick(connection) -> None:
    read()
    outbox.tick(timezone.now())
    sync.run_waiting(connection.pk)


def look_at_the_issue(page, jira, key_result) -> None:
    board = page.browser.new_page()
    board.goto(f"{jira.url}/browse/DEMO-14")
    shown = board.get_by_role("link", name="Key result: Clinics set up by themselves – 0%")
    expect(shown).to_have_attribute("href", f"http://127.0.0.1:8000/key-results/{key_result.pk}/")
    expect(board.get_by_text("So that nobody has to travel.")).to_be_visible()
    board.close()


@pytest.mark.parametrize("edition", ["with", "without"])
def test_from_the_switch_to_the_issue_that_shows_its_key_result(
    page, olga, jira, connection, key_result, edition
):
    javascript = edition == "with"
    admin = page(person=olga, javascript=javascript)
    admin.goto("/okr-admin/integration/jira/manage/")
    admin.get_by_role("link", name="Into Jira").click()
    switch_on(admin, "Let people create Jira issues")
    switch_on(admin, "Show key results on Jira issues")

    ben = page(person=key_result.owner, javascript=javascript)
    ben.goto(f"/key-results/{key_result.pk}/")
    ben.click("#create-jira")
    expect(ben.get_by_text("Created in Jira as Larkspur OKR Bot")).to_be_visible()
    ben.get_by_label("Project").select_option("DEMO")
    if not javascript:
        ben.get_by_role("button", name="Show what this project needs").click()
    expect(ben.get_by_label("Type")).to_have_value("10002")
    expect(ben.get_by_label("Summary")).to_have_value("Clinics set up by themselves")
    ben.get_by_label("Description").fill("So that nobody has to travel.")
    ben.click("#create-issue")

    expect(ben.get_by_text("DEMO-14 is created and linked.")).to_be_visible()
    expect(ben.locator("#links-card")).to_contain_text("DEMO-14")
    let_the_schedule_tick(connection)
    look_at_the_issue(page, jira, key_result)


def test_the_type_follows_the_project_and_the_focus_stays(page, jira, creating, key_result):
    jira.need("DEMO", "components", "Component")
    window = page(person=key_result.owner)
    window.goto(f"/key-results/{key_result.pk}/")
    window.click("#create-jira")
    window.get_by_label("Summary").fill("What I typed")

    window.get_by_label("Project").select_option("DEMO")

    expect(
        window.get_by_text("This project needs a 'Component', so create it in Jira.")
    ).to_be_visible()
    expect(window.get_by_label("Summary")).to_have_value("What I typed")
    window.get_by_label("Project").focus()
    window.get_by_label("Project").select_option("OPS")
    expect(window.get_by_text("so create it in Jira")).to_have_count(0)
    expect(window.get_by_label("Project")).to_be_focused()


@WINDOWS
def test_everybody_can_use_the_dialog_and_the_page(
    page, olga, jira, creating, showing, key_result, theme, width
):
    window = page(theme, width, olga)
    window.goto(INTO)
    inspect(window)
    axe(window)
    window.get_by_role("switch", name="Show key results on Jira issues").click()
    expect(window.get_by_role("heading", name="Take the key results out of Jira?")).to_be_visible()
    axe(window)

    window.goto(f"/key-results/{key_result.pk}/")
    window.click("#create-jira")
    jira.withhold("CREATE_ISSUES", "OPS")
    window.get_by_label("Project").select_option("OPS")
    expect(window.get_by_text("may not create issues in OPS")).to_be_visible()
    axe(window)


def test_a_missing_right_is_told_at_the_switch_that_stays_off(page, olga, jira, connection):
    for project in ("DEMO", "OPS"):
        jira.withhold("LINK_ISSUES", project)
    window = page(person=olga)
    window.goto(INTO)

    window.get_by_role("switch", name="Show key results on Jira issues").click()

    expect(window.locator(".banner.danger")).to_contain_text("may link issues in no project")
    expect(window.get_by_role("switch", name="Show key results on Jira issues")).not_to_be_checked()
    axe(window)
