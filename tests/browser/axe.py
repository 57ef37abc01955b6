"""Asks whether a page can be used by everybody and fits, and says plainly what it found."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": STANDARD}, "resultTypes": ["violations"]}
DESK, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)
UNFOLD = "document.querySelectorAll('details.disclosure').forEach(each => each.open = true)"
TOO_WIDE = """() => document.documentElement.scrollWidth > innerWidth &&
  [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().left + each.scrollWidth > innerWidth)
    .map(each => each.cloneNode().outerHTML)"""


def inspect(page: Page) -> None:
    """On a desk by night, on a phone by day, and at 400 %, with everything unfolded."""
    page.evaluate(UNFOLD)
    page.emulate_media(color_scheme="dark")
    for size in (NARROW, DESK):
        resize(page, size)
        fits(page)
    axe(page)
    page.emulate_media(color_scheme="light")
    resize(page, PHONE)
    fits(page)
    axe(page)
    resize(page, DESK)


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def fits(page: Page) -> None:
    """Nothing but a boxed table or chart scrolls sideways."""
    wide = page.evaluate(TOO_WIDE)
    assert wide is False, f"{page.url} is too wide for {page.viewport_size}:\n" + "\n".join(wide)


def axe(page: Page) -> None:
    """Fails with a readable list when the page as it stands breaks WCAG 2.2 A or AA."""
    violations = Axe().run(page, options=OPTIONS).response["violations"]
    told = "\n".join(tell(violation) for violation in violations)
    assert not violations, f"{page.url} breaks WCAG 2.2 A or AA:\n{told}"


def tell(violation: dict[str, Any]) -> str:
    title = f"  {violation['id']} ({violation['impact']}): {violation['help']}"
    places = [
        f"    {' '.join(node['target'])}\n      {node['html']}" for node in violation["nodes"]
    ]
    return "\n".join([title, *places])
