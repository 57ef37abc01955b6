"""Opened by an admin, published by a lead, edited there by somebody else: one story."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from confluence.models import ConfluenceSettings, PublishedPage
from jira_sandbox.confluence.testing import SandboxConfluence, running_confluence
from okr.models import Cycle, Level, Person
from tests.browser.axe import axe, inspect
from tests.browser.conftest import Windows
from tests.cast import make_key_result, make_objective
from tests.confluence.stage import connect as connect_wiki

pytestmark = pytest.mark.browser
WIKI = "/okr-admin/integration/confluence/"
TITLE = "Where Platform stands"


@pytest.fixture
def wiki(settings: Settings) -> Iterator[SandboxConfluence]:
    with running_confluence("small") as running:
        settings.JIRA_ALLOWED_HOSTS = [running.server.partition("://")[2]]
        connect_wiki(running)
        ConfluenceSettings.load().switch("enabled", on=True)
        yield running


@pytest.fixture
def work(ada: Person, cycle: Cycle) -> None:
    own = make_objective(ada, cycle, title="Clinics stay online", level=Level.UNIT, unit=ada.unit)
    make_key_result(own, title="Minutes offline", at="60")
    make_objective(ada, cycle, title="Secret plan", visibility="confidential")


def open_a_space(window: Page, look: Callable[[Page], None] = lambda _: None) -> None:
    window.goto(WIKI)
    window.get_by_role("switch", name="Publish OKRs as Confluence pages").click()
    expect(window.get_by_text("No space has been chosen yet")).to_be_visible()
    window.click("#choose-spaces")
    look(window)
    window.get_by_label("Demo notes (DEMO)").check()
    window.get_by_role("button", name="Save", exact=True).click()
    expect(window.get_by_text("People publish in Demo notes.")).to_be_visible()
    look(window)


def publish(window: Page) -> None:
    window.goto("/teams/platform/")
    window.click("#publish-okrs")
    expect(window.get_by_text("this stays out: 1 confidential.")).to_be_visible()
    expect(window.get_by_role("link", name="Minutes offline").last).to_be_visible()
    inspect(window)
    axe(window)
    window.get_by_label("Title").fill(TITLE)
    window.get_by_role("button", name="Publish", exact=True).click()
    expect(window.get_by_text(f"Published in Confluence as “{TITLE}”.")).to_be_visible()
    expect(window.get_by_role("link", name="Published just now")).to_be_visible()
    axe(window)


def test_a_lead_publishes_and_what_others_saved_there_is_replaced_only_by_choice(
    page: Windows, wiki: SandboxConfluence, olga: Person, ada: Person, work: None
) -> None:
    open_a_space(page("dark", person=olga), axe)
    window = page("light", 390, ada)
    publish(window)
    number = PublishedPage.objects.get().number or 0
    wiki.amend(number, body="<p>By hand</p>")

    window.click("#publish-okrs")
    window.get_by_role("button", name="Update the page").click()
    expect(window.get_by_text("Nothing was overwritten.").first).to_be_visible()
    expect(window.get_by_role("link", name="See its versions")).to_be_visible()
    axe(window)
    assert wiki.page(number).body == "<p>By hand</p>"

    window.get_by_role("button", name="Replace version 2").click()
    expect(window.get_by_text(f"“{TITLE}” in Confluence is up to date.")).to_be_visible()
    assert "Clinics stay online" in wiki.page(number).body


def test_it_works_without_javascript(
    page: Windows, wiki: SandboxConfluence, olga: Person, work: None
) -> None:
    window = page(person=olga, javascript=False)
    open_a_space(window)
    window.goto("/company/")
    window.click("#publish-review")
    window.get_by_label("Notes from check-ins").uncheck()
    window.get_by_role("button", name="Show with what is ticked").click()
    window.get_by_label("Title").fill("The quarter")
    window.get_by_role("button", name="Publish", exact=True).click()
    expect(window.get_by_text("Published in Confluence as “The quarter”.")).to_be_visible()
    assert not PublishedPage.objects.get().with_notes
