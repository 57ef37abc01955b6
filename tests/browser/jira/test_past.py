"""Asking in a real browser what a number was on a day, with and without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import axe
from tests.jira_integration.stage import link, read
from tests.jira_integration.test_past import let_a_day_pass

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("connection")]


@pytest.fixture
def fallen(jira, key_result):
    """At 62% yesterday; since then two issues were finished, one reopened and six are new."""
    link(key_result, jql="project = DEMO")
    read()
    let_a_day_pass()
    jira.move("DEMO-8", "Done")
    jira.move("DEMO-9", "Done")
    jira.move("DEMO-1", "To Do")
    jira.create_many("DEMO", 6)
    read()
    return key_result


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_why_it_fell_is_told_in_reach_of_everybody(page, fallen, theme, width):
    window = page(theme, width, fallen.owner)
    window.goto(f"/key-results/{fallen.pk}/")

    expect(
        window.get_by_role("heading", name="Why did it fall from 62% yesterday?")
    ).to_be_visible()
    axe(window)
    assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_day_is_chosen_without_javascript(page, fallen):
    yesterday = timezone.localdate() - timedelta(days=1)
    window = page("light", 390, fallen.owner, javascript=False)
    window.goto(f"/key-results/{fallen.pk}/")
    window.fill("#past-day", yesterday.isoformat())
    window.click("#show-day")

    heading = f"What was it on {yesterday.day} {yesterday:%B}? 62%"
    expect(window.get_by_role("heading", name=heading)).to_be_visible()
