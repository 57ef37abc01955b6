"""Asks axe whether a page can be used by everybody, and says plainly what it found."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": STANDARD}}


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
