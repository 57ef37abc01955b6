"""A second token, put in place in a browser before the first one ends."""

import pytest
from playwright.sync_api import Page, expect

from jira_integration.models import JiraConnection, Successor
from jira_sandbox.testing import SandboxJira
from okr.models import Person
from tests.browser.axe import inspect
from tests.jira_integration.tokens import SECOND, grant

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("connection")]
MANAGE = "/okr-admin/integration/jira/manage/"


@pytest.fixture
def manage(page, olga: Person) -> Page:
    window: Page = page(person=olga)
    window.goto(MANAGE)
    return window


def test_a_successor_is_put_in_place_and_used(manage: Page, jira: SandboxJira):
    grant(jira)
    manage.locator("#put-successor").click()
    dialog = manage.get_by_role("dialog", name="Put a successor in place")
    dialog.get_by_label("API Token").fill("wrong")
    dialog.get_by_role("button", name="Put in place").click()
    expect(dialog.get_by_role("list", name="What was checked")).to_be_visible()
    dialog.get_by_label("API Token").fill(SECOND)
    dialog.get_by_role("button", name="Put in place").click()
    expect(manage.get_by_text("A successor waits, read as Larkspur OKR Bot")).to_be_visible()
    manage.get_by_text("Who gave which credentials").click()
    inspect(manage)

    manage.locator("#use-successor").click()
    question = manage.get_by_role("dialog", name="Use the successor now?")
    question.get_by_role("button", name="Use it now").click()

    expect(manage.get_by_text("Jira is read as Larkspur OKR Bot from now on.")).to_be_visible()
    assert JiraConnection.objects.get().token() == SECOND


def test_taking_it_away_asks_first(manage: Page, jira: SandboxJira, olga: Person):
    grant(jira)
    manage.locator("#put-successor").click()
    dialog = manage.get_by_role("dialog", name="Put a successor in place")
    dialog.get_by_label("API Token").fill(SECOND)
    dialog.get_by_role("button", name="Put in place").click()
    manage.locator("#remove-successor").click()
    question = manage.get_by_role("dialog", name="Take the successor away?")
    inspect(manage)
    question.get_by_role("button", name="Take away").click()

    expect(manage.get_by_text("The successor is taken away.")).to_be_visible()
    assert not Successor.objects.exists()


def test_the_end_of_the_token_is_asked_for(manage: Page):
    manage.locator("#token-end").click()
    dialog = manage.get_by_role("dialog", name="When does the API token end?")
    dialog.get_by_label("It does not end").check()
    inspect(manage)
    dialog.get_by_role("button", name="Save").click()

    expect(manage.get_by_text("Saved. Nobody is warned.")).to_be_visible()
