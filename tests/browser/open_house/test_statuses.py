"""Acceptance: without colour every status is still told, by its glyph and its word."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.open_house.conftest import Company

pytestmark = pytest.mark.browser

TOLD = {
    ("●", "On track"),
    ("▲", "At risk"),
    ("◆", "Off track"),
    ("○", "No status"),
    ("●", "Healthy"),
    ("✔", "Done"),
}
PLACES = (
    "/company/",
    "/company/?view=list",
    "/objectives/{objective}/",
    "/objectives/{company_objective}/",
    "/key-results/{linked}/",
    "/okr-admin/integration/jira/",
    "/okr-admin/integration/jira/activity/",
)
UNTOLD = """() => [...document.querySelectorAll(".bar, .ring")]
  .filter(each => !each.closest("tr, li, .card").querySelector(".pill, .stat-label"))
  .map(each => each.outerHTML)"""


@pytest.mark.parametrize("place", PLACES)
def test_every_status_has_its_glyph_and_its_word(olga: Page, db: Company, place: str):
    olga.goto(place.format_map(db.numbers))
    pills = olga.locator(".pill:visible")
    expect(pills.first).to_be_visible()

    told = {tuple(text.split("\n")) for text in pills.all_inner_texts()}
    assert told <= TOLD
    assert olga.evaluate(UNTOLD) == []
