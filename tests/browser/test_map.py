"""The alignment map under hand and keyboard; without JavaScript it is a picture that scrolls."""

import pytest
from playwright.sync_api import Page, expect

from okr.models import Level
from tests.browser.conftest import Windows
from tests.cast import make_objective

pytestmark = pytest.mark.browser

VIEW = "() => document.querySelector('.map').getAttribute('viewBox').split(' ').map(Number)"
INSIDE = """() => {
  const box = document.querySelector(".map-box").getBoundingClientRect();
  const seen = document.activeElement.getBoundingClientRect();
  const across = seen.left >= box.left && seen.right <= box.right;
  return across && seen.top >= box.top && seen.bottom <= box.bottom;
}"""


@pytest.fixture
def company(ada, ben, olga, cycle):
    """Three families, too many for one screen."""
    for number in range(3):
        top = make_objective(olga, cycle, title=f"Company {number}", level=Level.COMPANY)
        for each in range(4):
            unit = make_objective(
                ada,
                cycle,
                title=f"Unit {number}.{each}",
                level=Level.UNIT,
                unit=ada.unit,
                parent=top,
            )
            make_objective(ben, cycle, title=f"Own {number}.{each}", parent=unit)
    return cycle


def view(window: Page) -> list[float]:
    found: list[float] = window.evaluate(VIEW)
    return found


def test_it_is_dragged_wheeled_and_zoomed(page: Windows, ada, company):
    window = page(person=ada)
    window.goto("/company/map/")
    surface = window.locator(".map-box")
    place = surface.bounding_box()
    assert place
    x, y = place["x"] + place["width"] - 60, place["y"] + 120

    start = view(window)
    window.mouse.move(x, y)
    window.mouse.down()
    window.mouse.move(x - 100, y - 90, steps=4)
    window.mouse.up()
    assert view(window)[1] > start[1]
    assert window.url.endswith("/company/map/")

    before = view(window)[2]
    window.mouse.wheel(0, -300)
    assert view(window)[2] < before
    window.get_by_role("button", name="Zoom out").click()
    window.get_by_role("button", name="Show everything").click()
    for card in ("Company 0", "Unit 2.3"):
        expect(window.get_by_role("link", name=f"{card}, ")).to_be_in_viewport()


def test_the_keyboard_reaches_every_card_and_the_focus_stays_in_view(page: Windows, ada, company):
    window = page(person=ada)
    window.goto("/company/map/")
    window.locator(".map-box").focus()
    start = view(window)
    window.keyboard.press("ArrowDown")
    assert view(window)[1] > start[1]
    window.keyboard.press("+")
    assert view(window)[2] < start[2]
    for _ in range(30):  # fifteen cards, and what opens each
        window.keyboard.press("Tab")
        assert window.evaluate(INSIDE)
    name = window.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name == "Show 1 under Unit 2.3"
    window.keyboard.press("Shift+Tab")
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", name="Unit 2.3")).to_be_visible()


def test_a_branch_opens_in_place_and_keeps_the_focus(page: Windows, ada, company):
    window = page(person=ada)
    window.goto("/company/map/")
    toggle = window.get_by_role("link", name="Show 1 under Unit 0.1")
    before = toggle.bounding_box()
    toggle.focus()
    window.keyboard.press("Enter")
    hide = window.get_by_role("link", name="Hide 1 under Unit 0.1")
    expect(hide).to_be_focused()
    expect(window.get_by_role("link", name="Own 0.1, ")).to_be_visible()
    after = hide.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2
    assert "open=" in window.url
    window.reload()
    expect(window.get_by_role("link", name="Own 0.1, ")).to_be_visible()


def test_without_javascript_it_is_a_picture_that_scrolls(page: Windows, ada, company):
    window = page(person=ada, javascript=False)
    window.goto("/company/map/")
    window.get_by_role("link", name="Show 1 under Unit 0.1").click()
    window.get_by_role("link", name="Own 0.1, ").click()
    expect(window.get_by_role("heading", name="Own 0.1")).to_be_visible()


def test_on_a_phone_two_fingers_zoom(page: Windows, ada, company):
    window = page(width=390, person=ada)
    window.goto("/company/map/")
    before = view(window)[2]
    window.evaluate(
        """() => {
          const box = document.querySelector(".map-box");
          box.setPointerCapture = () => {};
          const tell = (type, id, x) => box.dispatchEvent(
            new PointerEvent(type, { pointerId: id, clientX: x, clientY: 500, bubbles: true }));
          tell("pointerdown", 1, 150); tell("pointerdown", 2, 250);
          tell("pointermove", 2, 300); tell("pointermove", 2, 350);
          tell("pointerup", 1, 150); tell("pointerup", 2, 350);
        }"""
    )
    assert view(window)[2] < before
