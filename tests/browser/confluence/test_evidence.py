"""From the first connection to a page that vanishes: one story, by an admin and by an owner."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from confluence import reading
from confluence.models import ConfluenceConnection, ConfluenceSettings, Evidence
from jira_sandbox.confluence.testing import SandboxConfluence, running_confluence
from okr.models import KeyResult, Person
from tests.browser.axe import axe
from tests.browser.conftest import Windows
from tests.confluence.stage import HOURS, ROOMS
from tests.confluence.stage import connect as connect_wiki

pytestmark = pytest.mark.browser
WIKI = "/okr-admin/integration/confluence/"


@pytest.fixture
def wiki(settings: Settings) -> Iterator[SandboxConfluence]:
    with running_confluence("small") as running:
        settings.JIRA_ALLOWED_HOSTS = [running.server.partition("://")[2]]
        yield running


def connect(window: Page, wiki: SandboxConfluence) -> None:
    window.goto("/okr-admin/integration/")
    window.get_by_role("link", name="Open Confluence").click()
    window.get_by_role("switch", name="Attach Confluence pages as evidence").click()
    window.get_by_label("Email address").fill(wiki.email)
    window.get_by_label("Address", exact=True).fill(wiki.page(HOURS).address)
    window.get_by_role("textbox", name="API token").fill("mistyped")
    window.get_by_role("button", name="Connect", exact=True).click()
    expect(window.get_by_text("let nobody in.").first).to_be_visible()
    axe(window)
    window.get_by_role("textbox", name="API token").fill(wiki.token)
    window.get_by_role("button", name="Connect", exact=True).click()
    expect(window.get_by_text("The page that was edited last is")).to_be_visible()
    expect(window.get_by_role("switch", name="Attach Confluence")).to_be_checked()


def attach_by_words(window: Page) -> None:
    window.click("#attach-page")
    expect(window.get_by_text("Edited last")).to_be_visible()
    axe(window)
    window.get_by_label("Words of its title").fill("open")
    expect(window.get_by_text("Pages that match")).to_be_visible()
    window.get_by_label("Opening hours").check()
    window.get_by_role("button", name="Attach", exact=True).click()
    expect(window.get_by_text("“Opening hours” is attached.")).to_be_visible()


def attach_to_check_in_by_address(window: Page, address: str) -> None:
    window.get_by_role("link", name="Attach a Confluence page to the check-in").first.click()
    window.get_by_label("Words of its title").fill(address)
    expect(window.get_by_text("This page")).to_be_visible()
    window.get_by_role("button", name="Attach", exact=True).click()
    expect(window.get_by_text("“Rooms & practitioners” is attached.")).to_be_visible()


def test_a_page_is_attached_by_words_and_by_address_and_said_to_be_gone(
    page: Windows, wiki: SandboxConfluence, olga: Person, key_result: KeyResult
) -> None:
    connect(page(person=olga), wiki)
    owner = page("dark", 390, key_result.owner)
    owner.goto(f"/key-results/{key_result.pk}/")
    attach_by_words(owner)
    said = key_result.check_in(by=key_result.owner, at=timezone.now(), confidence="on_track")
    owner.reload()
    attach_to_check_in_by_address(owner, wiki.page(ROOMS).tiny)
    assert Evidence.objects.get(check_in=said).page.number == ROOMS

    wiki.trash(HOURS)
    reading.read(ConfluenceConnection.objects.get().pk)
    owner.reload()
    expect(owner.get_by_text("Deleted, or hidden from the connected account")).to_be_visible()
    axe(owner)


def test_it_works_without_javascript(
    page: Windows, wiki: SandboxConfluence, key_result: KeyResult
) -> None:
    connect_wiki(wiki)
    ConfluenceSettings.load().switch("enabled", on=True)
    window = page(person=key_result.owner, javascript=False)
    window.goto(f"/key-results/{key_result.pk}/")
    window.click("#attach-page")
    window.get_by_label("Words of its title").fill("open")
    window.get_by_role("button", name="Attach", exact=True).click()
    window.get_by_label("Opening hours").check()
    window.get_by_role("button", name="Attach", exact=True).click()
    window.get_by_role("link", name="Take Opening hours away").click()
    window.get_by_role("button", name="Take away").click()
    expect(window.get_by_text("“Opening hours” is no longer attached.")).to_be_visible()
