"""Acceptance: without colour every status is still told apart, by its shape."""

import base64
from itertools import combinations

import pytest
from playwright.sync_api import Locator, Page

from okr.models import Person
from tests.browser.conftest import Windows
from tests.browser.test_gallery import gallery  # noqa: F401  the gallery's addresses

pytestmark = pytest.mark.browser

STATUSES = ("On track", "At risk", "Off track", "No status", "Achieved", "Paused")
OUTLINE = """async (picture) => {
  const side = 16, image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const pen = new OffscreenCanvas(side, side).getContext("2d");
  pen.drawImage(image, 0, 0, side, side);
  const { data } = pen.getImageData(0, 0, side, side);
  const grey = [...Array(side * side).keys()]
    .map(dot => 0.2126 * data[4 * dot] + 0.7152 * data[4 * dot + 1] + 0.0722 * data[4 * dot + 2]);
  const middle = (Math.min(...grey) + Math.max(...grey)) / 2;
  return grey.map(each => each > middle);
}"""


def test_in_a_picture_without_colour_each_status_has_a_shape_of_its_own(
    page: Windows, olga: Person
):
    window, desk = page(person=olga), page()
    window.goto("/gallery/")
    outlines = {status: outline(desk, glyph_of(window, status)) for status in STATUSES}

    for one, other in combinations(STATUSES, 2):
        differing = sum(a != b for a, b in zip(outlines[one], outlines[other], strict=True))
        assert differing > len(outlines[one]) / 20, f"{one} looks like {other}"


def glyph_of(window: Page, status: str) -> Locator:
    return window.locator(".pill", has_text=status).first.locator(".pill-glyph")


def outline(desk: Page, glyph: Locator) -> list[bool]:
    """Light and dark alone, worked out on an empty page, which no content policy binds."""
    picture = base64.b64encode(glyph.screenshot()).decode()
    return list(desk.evaluate(OUTLINE, picture))
