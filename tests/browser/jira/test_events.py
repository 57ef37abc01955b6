"""Entering the webhook by hand: what to enter, once, and the word that it works."""

import pytest
from playwright.sync_api import Page, expect

from jira_integration.models import WebhookReceiver
from okr.models import Person
from tests.browser.axe import inspect
from tests.jira_integration.events import body_of, send

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("connection")]
MANAGE = "/okr-admin/integration/jira/manage/"


@pytest.fixture
def manage(page, olga: Person) -> Page:
    window: Page = page(person=olga)
    window.goto(MANAGE)
    return window


def test_what_to_enter_is_shown_and_the_first_event_confirms_it_by_itself(manage: Page):
    manage.get_by_role("button", name="Enter it by hand").click()
    receiver = WebhookReceiver.objects.get()
    expect(manage.get_by_label("Secret", exact=True)).to_have_value(receiver.secret)
    expect(manage.get_by_label("URL", exact=True)).to_have_value(receiver.url)
    expect(manage.get_by_text("No events yet")).to_be_visible()
    inspect(manage)

    assert send(receiver, body_of(1)).status_code == 202

    expect(manage.get_by_text("First event received")).to_be_visible()
    expect(manage.get_by_text("It works: Jira tells us of changes.")).to_be_visible()
    expect(manage.get_by_label("Secret", exact=True)).to_have_count(0)


def test_a_reload_shows_the_page_without_the_secret(manage: Page):
    manage.get_by_role("button", name="Enter it by hand").click()
    expect(manage.get_by_label("Secret", exact=True)).to_be_visible()

    manage.reload()

    expect(manage.get_by_text("No events yet")).to_be_visible()
    expect(manage.get_by_label("Secret", exact=True)).to_have_count(0)


def test_removing_asks_first(manage: Page):
    manage.get_by_role("button", name="Enter it by hand").click()
    manage.locator("#remove-webhook").click()
    dialog = manage.get_by_role("dialog", name="Remove the webhook?")
    inspect(manage)
    dialog.get_by_role("button", name="Cancel").click()
    assert WebhookReceiver.objects.exists()

    manage.locator("#remove-webhook").click()
    dialog.get_by_role("button", name="Remove").click()

    expect(manage.get_by_text("Jira does not tell us of changes.")).to_be_visible()
    assert not WebhookReceiver.objects.exists()
