"""The review on paper: white, without navigation, rows whole, with the age of its data."""

import re
from decimal import Decimal

import pytest
from django.utils import timezone

from okr.models import Level
from tests.browser.conftest import Windows
from tests.cast import make_key_result, make_objective

pytestmark = pytest.mark.browser

A4 = (672, 984)  # CSS pixels within the margins
SPLIT = """() => [...document.querySelectorAll(".key-result-line, .chapter")]
  .filter((each) => getComputedStyle(each).breakInside !== "avoid").length"""
HEADS = "() => getComputedStyle(document.querySelector('.chapter thead')).display"
PAPER = "() => getComputedStyle(document.body).backgroundColor"
SCHEME = "() => getComputedStyle(document.querySelector('.chapter')).backgroundColor"


@pytest.fixture
def work(ada, cycle):
    for number in range(6):
        objective = make_objective(
            ada, cycle, title=f"Objective {number}", level=Level.UNIT, unit=ada.unit
        )
        for each in range(4):
            key_result = make_key_result(objective, title=f"Number {number}.{each}")
            key_result.check_in(
                by=ada, at=timezone.now(), confidence="on_track", note="Note", value=Decimal(40)
            )
    return cycle


def test_the_review_prints_on_white_paper_with_whole_rows(page: Windows, ada, work):
    window = page(theme="dark", person=ada)
    window.goto(f"/reviews/{work.pk}/platform/")
    window.get_by_text("4 notes from check-ins").first.click()
    assert window.get_by_text("Note", exact=True).first.is_hidden()

    window.emulate_media(media="print")
    window.set_viewport_size({"width": A4[0], "height": A4[1]})

    assert window.evaluate(PAPER) == "rgb(255, 255, 255)"
    assert window.evaluate(SCHEME) == "rgb(255, 255, 255)"
    for away in (".sidebar", ".bottom-bar", ".page-actions", ".skip-link"):
        assert window.locator(away).first.is_hidden()
    assert window.get_by_text("Note", exact=True).first.is_visible()
    assert window.evaluate(SPLIT) == 0
    assert window.evaluate(HEADS) == "table-header-group"
    assert window.get_by_text("Data read between").is_visible()
    assert window.get_by_text("as of").is_visible()
    assert window.evaluate("document.documentElement.scrollWidth") <= A4[0]

    pages = re.findall(rb"/Type /Page\b", window.pdf(prefer_css_page_size=True))
    assert len(pages) > 1


def test_the_print_button_opens_the_print_dialog(page: Windows, ada, work):
    window = page(person=ada)
    window.goto(f"/reviews/{work.pk}/platform/")
    window.evaluate("window.print = () => { document.title = 'printed' }")
    window.get_by_role("button", name="Print").click()
    assert window.title() == "printed"
