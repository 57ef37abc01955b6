"""Acceptance: progress follows Jira, explains itself, and never moves by a failure."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from jira_integration.models import JiraConnection
from jira_sandbox.testing import SandboxJira
from okr.models import KeyResult, Person
from tests.browser.conftest import Windows
from tests.cast import make_key_result
from tests.jira_integration.stage import link, read

pytestmark = pytest.mark.browser

ALL_OF_DEMO = [f"DEMO-{number}" for number in range(1, 14)]


@pytest.fixture
def window(page: Windows, ben: Person, connection: JiraConnection) -> Page:
    return page(person=ben)


def open_page(window: Page, key_result: KeyResult) -> None:
    window.goto(f"/key-results/{key_result.pk}/")


def number(window: Page) -> Locator:
    return window.get_by_role("region", name="Progress", exact=True).locator(".hero-number")


def percents(window: Page) -> list[str]:
    """Every percentage on My OKRs."""
    window.goto("/my/")
    return re.findall(r"\d+%", window.get_by_role("main").inner_text())


def test_an_answer_for_nobody_leaves_every_percentage_and_turns_the_health_to_failing(
    window: Page, page: Windows, olga: Person, jira: SandboxJira, key_result: KeyResult
):
    link(key_result, *ALL_OF_DEMO)
    other = make_key_result(key_result.objective, title="Clinics in Portugal")
    link(other, jql="project = DEMO AND status = Done")
    read()
    before = percents(window)
    assert {"62%", "100%"} < set(before)

    jira.fault("anonymous", path="*/issue/bulkfetch")
    jira.fault("anonymous", path="*/search/jql")
    for key in ALL_OF_DEMO:
        jira.move(key, "To Do")
    read()

    assert percents(window) == before
    open_page(window, key_result)
    expect(number(window)).to_have_text("62%")
    expect(window.get_by_text("Jira has not answered since")).to_be_visible()
    admin = page(person=olga)
    admin.goto("/okr-admin/integration/jira/")
    health = admin.get_by_role("region", name="Sync", exact=True)
    expect(health.locator(".pill")).to_have_text("◆Failing")
    expect(health).to_contain_text("answers as if nobody were signed in")


def test_seven_done_two_in_progress_and_four_to_do_are_62_and_the_rows_add_up_to_61_5(
    window: Page, key_result: KeyResult
):
    link(key_result, jql="project = DEMO")
    read(key_result)
    open_page(window, key_result)

    why = window.get_by_role("region", name="Why is it 62%?")
    expect(number(window)).to_have_text("62%")
    expect(why).to_contain_text(
        "(7 Done × 100 + 2 In Progress × 50 + 4 To Do × 0) ÷ 13 issues = 61.5%, shown as 62%."
    )
    expect(why).to_contain_text("Each Done issue contributes 7.7 points, each In Progress 3.8.")
    contributions = why.locator("tbody td:last-child").all_inner_texts()
    assert len(contributions) == 13
    assert sum(map(Decimal, contributions)) == Decimal("61.5")
    expect(why.get_by_role("row", name="Total of 13 issues")).to_contain_text("61.5")


def test_199_of_200_issues_done_is_not_yet_100(
    window: Page, jira: SandboxJira, key_result: KeyResult
):
    jira.create_many("OPS", 199, status="Done")
    last = jira.create("OPS", "The last one", status="To Do")
    link(key_result, jql="project = OPS")
    read(key_result)
    open_page(window, key_result)
    expect(number(window)).to_have_text("99%")

    jira.move(last.key, "Done")
    read(key_result)
    window.reload()
    expect(number(window)).to_have_text("100%")


def test_progress_that_follows_jira_cannot_be_typed_and_the_reason_is_plain_text(
    window: Page, key_result: KeyResult
):
    link(key_result, "DEMO-8", "DEMO-10")
    read(key_result)
    open_page(window, key_result)
    main = window.get_by_role("main")
    assert not main.get_by_role("spinbutton").or_(main.locator("[name=value]")).count()

    window.get_by_role("link", name="Check in", exact=True).click()
    dialog = window.get_by_role("dialog", name="Check in", exact=True)
    expect(
        dialog.get_by_text("Progress comes from 2 Jira issues, so it cannot be typed here.")
    ).to_be_visible()
    expect(dialog.locator("[name=value]")).to_have_count(0)
    dialog.get_by_label("On track").check()
    dialog.get_by_role("button", name="Save check-in").click()
    expect(number(window)).to_have_text("25%")
