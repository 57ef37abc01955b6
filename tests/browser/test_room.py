"""The Jira room by hand: the switch, its dialog, the live preview and the list of people."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.fixtures import Settings

from jira_integration.models import IntegrationSettings, JiraConnection
from jira_sandbox.testing import SandboxJira, running_sandbox
from okr.models import Cycle, KeyResult, Person
from tests.browser.axe import axe
from tests.browser.conftest import Windows
from tests.cast import make_key_result, make_objective
from tests.jira_integration.seen import url
from tests.jira_integration.stage import connect, host_of, link, read

pytestmark = pytest.mark.browser

TITLE = "Jira Integration · Plumbline"


@pytest.fixture
def jira(settings: Settings) -> Iterator[SandboxJira]:
    with running_sandbox("small") as sandbox:
        settings.JIRA_ALLOWED_HOSTS = [host_of(sandbox)]
        yield sandbox


@pytest.fixture
def connection(jira: SandboxJira, live: object) -> JiraConnection:
    connection = connect(jira)
    IntegrationSettings.load().turn_on()
    return connection


@pytest.fixture
def key_result(connection: JiraConnection, olga: Person, cycle: Cycle) -> KeyResult:
    """Half done in Jira."""
    found = make_key_result(make_objective(olga, cycle), title="Clinics set up by themselves")
    link(found, "DEMO-8")
    read()
    return found


@pytest.fixture
def window(page: Windows, olga: Person) -> Page:
    return page(person=olga)


def the_switch(window: Page) -> Locator:
    return window.get_by_role("switch", name="Turn on progress update using Jira", exact=True)


def the_dialog(window: Page) -> Locator:
    return window.get_by_role("dialog", name="Integrate with Jira", exact=True)


def settled(window: Page) -> None:
    """What has just arrived listens from now on."""
    expect(window.locator(".htmx-settling, .htmx-request")).to_have_count(0)


def hire(number: int) -> None:
    Person.objects.bulk_create(
        Person(email=f"n{each}@larkspur.example", name=f"Nora {each:02}", designation="Nurse")
        for each in range(number)
    )


def test_the_switch_opens_the_dialog_and_gets_the_focus_back(window: Page, jira: SandboxJira):
    window.goto(url("integration"))
    expect(the_switch(window)).not_to_be_checked()
    for leave in ("Escape", "Cancel"):
        the_switch(window).click()
        expect(the_dialog(window).get_by_label("Email Address (In Jira)")).to_be_focused()
        expect(the_dialog(window).locator("input:not([type=hidden])")).to_have_count(3)
        axe(window)
        if leave == "Escape":
            window.keyboard.press(leave)
        else:
            the_dialog(window).get_by_role("button", name=leave).click()
        expect(the_dialog(window)).to_be_hidden()
        expect(the_switch(window)).to_be_focused()
        expect(the_switch(window)).not_to_be_checked()
        expect(window).to_have_title(TITLE)


def test_empty_boxes_are_named_and_what_was_typed_stays(
    window: Page, page: Windows, jira: SandboxJira
):
    window.goto(url("integration"))
    the_switch(window).click()
    dialog = the_dialog(window)
    expect(dialog).to_be_visible()
    settled(window)
    dialog.get_by_label("Server").fill(f"{jira.url}/browse/DEMO-1")
    expect(dialog).to_contain_text(f"We will connect to {jira.url}.")
    dialog.get_by_role("button", name="Connect", exact=True).click()

    expect(dialog.locator("error-summary")).to_be_focused()
    expect(dialog.locator("error-summary").get_by_role("link")).to_have_count(2)
    expect(window).to_have_title("Error: Integrate with Jira · Plumbline")
    expect(dialog.get_by_label("Server")).to_have_value(f"{jira.url}/browse/DEMO-1")
    axe(window)
    page.complaints.clear()  # Chromium notes the 422


def test_a_dead_saved_token_opens_the_dialog_at_the_cause(
    window: Page, page: Windows, jira: SandboxJira, connection: JiraConnection
):
    IntegrationSettings.load().turn_off()
    jira.fault("401", path="*/myself")
    window.goto(url("integration"))
    the_switch(window).click()

    expect(the_dialog(window)).to_contain_text("Jira did not accept this email and token.")
    axe(window)
    window.keyboard.press("Escape")
    expect(the_dialog(window)).to_be_hidden()
    expect(the_switch(window)).to_be_focused()
    expect(the_switch(window)).not_to_be_checked()
    expect(window).to_have_title(TITLE)
    page.complaints.clear()  # Chromium notes the 422


def test_percentages_tell_what_they_would_change_while_they_are_typed(
    window: Page, key_result: KeyResult
):
    window.goto(url("manage"))
    box = window.get_by_label("In Progress", exact=True)
    box.fill("80")
    told = window.get_by_text("1 key result will change:")
    expect(told).to_contain_text("Clinics set up by themselves, 50% → 80%.")
    expect(box).to_be_focused()
    box.fill("0")
    expect(window.get_by_text("Values must rise in this order")).to_be_visible()
    assert IntegrationSettings.load().in_progress == 50


def test_choosing_selected_users_opens_the_list_and_cancel_goes_back(
    window: Page, connection: JiraConnection
):
    window.goto(url("manage"))
    window.get_by_label("Allow selected users").check()
    expect(window.get_by_role("dialog", name="Edit Jira Users")).to_be_visible()
    axe(window)
    window.keyboard.press("Escape")
    expect(window.get_by_label("Allow all users")).to_be_checked()
    expect(window.get_by_label("Allow all users")).to_be_focused()


def test_ticks_stay_while_the_list_is_paged_and_searched(window: Page, connection: JiraConnection):
    hire(40)
    window.goto(url("manage"))
    window.get_by_label("Allow selected users").check()
    dialog = window.get_by_role("dialog", name="Edit Jira Users")
    expect(dialog).to_be_visible()
    settled(window)
    dialog.get_by_label("Nora 03").check()
    dialog.get_by_role("button", name="Next").click()
    expect(dialog).to_contain_text("26–41 of 41")
    expect(dialog.get_by_role("button", name="Next")).to_be_focused()
    dialog.get_by_label("Nora 30").check()
    search = dialog.get_by_role("searchbox")
    search.press_sequentially("nora 1")
    expect(dialog).to_contain_text("1–13 of 13")
    expect(search).to_be_focused()
    expect(search).to_have_value("nora 1")
    expect(dialog).to_contain_text("2 selected +2 −0")
    dialog.get_by_role("button", name="Select all 13 matching").click()
    expect(dialog).to_contain_text("15 selected +15 −0")
    dialog.get_by_label("Nora 15").uncheck()
    search.fill("")
    expect(dialog).to_contain_text("1–25 of 41")
    expect(dialog.get_by_label("Nora 03")).to_be_checked()
    expect(dialog.get_by_label("Nora 15")).not_to_be_checked()
    dialog.get_by_role("button", name="Save").click()
    expect(window.get_by_role("region", name="User Access Control")).to_contain_text(
        "14 of 41 people may link Jira issues."
    )


def test_people_are_ticked_without_javascript_too(
    page: Windows, olga: Person, connection: JiraConnection
):
    hire(40)
    window = page(person=olga, javascript=False)
    window.goto(url("manage"))
    window.get_by_label("Allow selected users").check()
    window.get_by_role("button", name="Save", exact=True).click()
    window.get_by_label("Nora 03").check()
    window.get_by_role("button", name="Next").click()
    window.get_by_label("Nora 30").check()
    window.get_by_role("searchbox").fill("nora 1")
    window.get_by_role("searchbox").press("Enter")
    expect(window.get_by_text("1–13 of 13")).to_be_visible()
    window.get_by_role("button", name="Save", exact=True).click()
    expect(window.get_by_text("2 of 41 people may link Jira issues.").first).to_be_visible()
