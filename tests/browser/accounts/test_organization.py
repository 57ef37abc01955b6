"""An organization is connected, its accounts are read, found, and taken into Jira access."""

import pytest
from playwright.sync_api import expect

from atlassian_accounts import reading
from atlassian_accounts.models import OrganizationConnection
from jira_integration.models import JiraPerson
from jira_sandbox.admin.testing import above
from tests.browser.axe import inspect
from tests.cast import make_person

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("connection")]
PAGE = "/okr-admin/integration/"


def connect(window, organization):
    """First with a key that Atlassian refuses."""
    window.get_by_role("switch", name="Read Atlassian accounts").click()
    dialog = window.get_by_role("dialog", name="Connect an organization")
    dialog.get_by_label("Label").fill("Head office")
    dialog.get_by_label("Admin email").fill("ada@larkspur.example")
    dialog.get_by_label("Admin URL").fill(f"https://admin.atlassian.com/o/{organization.id}/users")
    dialog.get_by_role("textbox", name="Organization API key").fill("nonsense")
    dialog.get_by_role("button", name="Connect").click()
    expect(dialog.get_by_text("Atlassian did not accept this API key")).to_be_visible()
    inspect(window)
    dialog.get_by_role("textbox", name="Organization API key").fill(organization.key)
    dialog.get_by_role("button", name="Connect").click()
    expect(window.get_by_text("Head office is connected.")).to_be_visible()


def find(window):
    window.get_by_role("searchbox").fill("emil")
    row = window.get_by_role("row").filter(has_text="Emil Eriksen")
    expect(row.get_by_text("left")).to_be_visible()
    expect(window.get_by_role("row")).to_have_count(2)
    window.get_by_role("searchbox").fill("")
    expect(window.get_by_role("row")).to_have_count(13)
    window.get_by_role("link", name="Belongs to somebody here").click()
    expect(window.get_by_role("row")).to_have_count(2)


def test_from_connecting_an_organization_to_a_match_in_jira_access(page, olga, jira, settings):
    settings.JIRA_GATEWAY = jira.url
    organization, window = above(jira), page(person=olga)
    make_person("Bea Brandt", email="bea@larkspur.example")
    emil = make_person("Emil Eriksen", email="emil@elsewhere.example")
    emil.is_active = False
    emil.save()

    window.goto(PAGE)
    window.get_by_role("link", name="Atlassian Accounts").last.click()
    connect(window, organization)
    expect(window.get_by_text("waits for the background worker")).to_be_visible()
    reading.read_waiting(OrganizationConnection.objects.get().pk)
    expect(window.get_by_text("Healthy")).to_be_visible()

    window.get_by_role("link", name="Accounts", exact=True).click()
    find(window)
    window.get_by_role("link", name="Bea Brandt").first.click()
    window.get_by_role("button", name="Take it into Jira access").click()
    expect(window.get_by_text("Bea Brandt was taken into Jira access.")).to_be_visible()
    assert JiraPerson.objects.get().account_id == organization.account("bea@larkspur.example").id
