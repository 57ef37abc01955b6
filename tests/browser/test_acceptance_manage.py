"""Acceptance: the page behind Manage Integration, its three sections and the list of people."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from jira_integration.models import IntegrationSettings, JiraConnection
from jira_sandbox.testing import SandboxJira
from okr.models import KeyResult, Person
from tests.browser.conftest import Windows
from tests.cast import make_person
from tests.jira_integration.stage import link, read

pytestmark = pytest.mark.browser

MANAGE = "/okr-admin/integration/jira/manage/"
NOT_HIGHER = "In Progress must be higher than To Do (50%)."


@pytest.fixture
def window(page: Windows, olga: Person, connection: JiraConnection) -> Page:
    opened = page(person=olga)
    opened.goto(MANAGE)
    return opened


def section(window: Page, name: str) -> Locator:
    return window.get_by_role("region", name=name, exact=True)


def percentages(window: Page) -> list[str]:
    boxes = section(window, "Progress Calculation Settings").get_by_role("spinbutton")
    expect(boxes).to_have_count(3)
    return [box.input_value() for box in boxes.all()]


def set_percentages(window: Page, **boxes: int) -> None:
    for name, number in boxes.items():
        label = name.replace("_", " ").title()
        window.get_by_role("spinbutton", name=label, exact=True).fill(str(number))


def test_three_headed_sections_stand_in_order(window: Page):
    assert window.get_by_role("main").get_by_role("heading", level=2).all_inner_texts() == [
        "Jira Credentials",
        "Progress Calculation Settings",
        "User Access Control",
    ]


def test_percentages_that_do_not_rise_are_refused_and_nothing_is_saved(window: Page):
    assert percentages(window) == ["0", "50", "100"]
    set_percentages(window, to_do=50)
    window.get_by_role("button", name="Save and recalculate").click()

    summary = window.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Values must rise in this order: To Do < In Progress < Done.")
    expect(window.get_by_role("spinbutton", name="In Progress")).to_have_accessible_description(
        NOT_HIGHER
    )
    assert percentages(window) == ["50", "50", "100"]
    assert IntegrationSettings.load().scale.to_do == 0


def test_new_percentages_tell_what_they_would_change_before_they_are_saved(
    window: Page, key_result: KeyResult
):
    link(key_result, "DEMO-8")
    read(key_result)
    set_percentages(window, in_progress=70)

    preview = section(window, "Progress Calculation Settings").locator("#preview")
    expect(preview).to_contain_text("1 key result will change: ")
    expect(preview).to_contain_text(f"{key_result.title}, 50% → 70%.")
    expect(window.get_by_role("spinbutton", name="In Progress")).to_be_focused()
    assert IntegrationSettings.load().in_progress == 50

    window.get_by_role("button", name="Save and recalculate").click()
    expect(window.get_by_text("Saved. Recalculating 1 key result.")).to_be_visible()


@pytest.fixture
def people(olga: Person) -> list[Person]:
    """Two pages of them, besides Olga."""
    return [make_person(f"Person {number:02}", unit=olga.unit) for number in range(1, 41)]


def open_people(window: Page) -> Locator:
    section(window, "User Access Control").get_by_label("Allow selected users").check()
    dialog = window.get_by_role("dialog", name="Edit Jira Users", exact=True)
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    return dialog


def test_allow_selected_users_opens_the_list_and_its_search_keeps_focus_and_text(
    people: list[Person], window: Page
):
    expect(window.get_by_label("Allow all users")).to_be_checked()
    dialog = open_people(window)
    headings = dialog.get_by_role("columnheader").all_inner_texts()
    assert headings[-3:] == ["Name", "Designation", "Organizational Unit (OU)"]

    search = dialog.get_by_role("searchbox")
    search.press_sequentially("person 2")
    expect(dialog.get_by_role("row")).to_have_count(14)
    expect(search).to_be_focused()
    expect(search).to_have_value("person 2")
    search.press_sequentially("7")
    expect(dialog.get_by_role("row")).to_have_count(2)
    expect(search).to_be_focused()


def test_a_list_that_is_closed_with_nobody_selected_goes_back_to_all_users(window: Page):
    open_people(window)
    window.keyboard.press("Escape")

    expect(window.get_by_label("Allow all users")).to_be_checked()
    expect(window.get_by_label("Allow all users")).to_be_focused()


def test_ticks_survive_paging_and_searching_and_are_saved(people: list[Person], window: Page):
    dialog = open_people(window)
    dialog.get_by_label("Person 03").check()
    dialog.get_by_role("button", name="Next").click()
    expect(dialog).to_contain_text("26–41 of 41")
    expect(dialog.get_by_role("button", name="Next")).to_be_focused()
    dialog.get_by_label("Person 30").check()
    dialog.get_by_role("searchbox").fill("person 1")
    expect(dialog).to_contain_text("2 selected +2 −0")
    dialog.get_by_role("button", name="Select all 13 matching").click()
    expect(dialog).to_contain_text("15 selected +15 −0")
    dialog.get_by_label("Person 15").uncheck()
    dialog.get_by_role("searchbox").fill("")
    expect(dialog).to_contain_text("1–25 of 41")
    expect(dialog.get_by_label("Person 03")).to_be_checked()
    expect(dialog.get_by_label("Person 15")).not_to_be_checked()
    dialog.get_by_role("button", name="Save", exact=True).click()

    access = section(window, "User Access Control")
    expect(access).to_contain_text("14 of 41 people may link Jira issues.")
    expect(access.get_by_label("Allow selected users")).to_be_checked()
    chosen = set(IntegrationSettings.load().selected_people.values_list("name", flat=True))
    assert {"Person 03", "Person 10", "Person 30"} < chosen
    assert "Person 15" not in chosen

    window.get_by_role("link", name="Edit Jira Users").click()
    expect(window.get_by_label("Person 03")).to_be_checked()


def test_a_changed_server_with_an_empty_token_is_refused(window: Page, jira: SandboxJira):
    jira.forget_calls()
    box = section(window, "Jira Credentials").get_by_label("Server", exact=True)
    box.fill("https://other.atlassian.net")
    window.get_by_role("button", name="Connect", exact=True).click()

    expect(window.get_by_label("API Token", exact=True)).to_have_accessible_description(
        re.compile("Enter the token again. A saved token is never sent to a new address.$")
    )
    expect(box).to_have_value("https://other.atlassian.net")
    assert JiraConnection.objects.get().server == jira.url
    assert not jira.calls
