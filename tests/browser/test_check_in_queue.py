"""Four check-ins by keyboard alone, each in at most three actions; and without JavaScript."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from okr.models import CheckIn, Cycle, KeyResult, Person
from tests.browser.conftest import Windows
from tests.cast import make_key_result, make_objective

pytestmark = pytest.mark.browser
PASSWORD = "a password of their own"


class Hands:
    """The keyboard alone; an action is a word typed, a choice made or a button pressed."""

    def __init__(self, window: Page) -> None:
        self.window = window
        self.actions = 0

    def type(self, words: str) -> None:
        self.window.keyboard.type(words)
        self.actions += 1

    def press(self, *keys: str) -> None:
        for key in keys:
            self.window.keyboard.press(key)
        self.actions += 1

    def go_to(self, label: str) -> None:
        """By the Tab key; on the way nothing is done."""
        for _ in range(20):
            self.window.keyboard.press("Tab")
            if label in self.window.evaluate(FOCUSED):
                return
        raise AssertionError(f"Tab never came to {label}")

    def rest(self) -> int:
        """How many actions it took since."""
        taken, self.actions = self.actions, 0
        return taken


FOCUSED = """(() => { const at = document.activeElement;
  return (at.labels?.[0] ?? at).textContent.trim(); })()"""


@pytest.fixture
def four(ben: Person, cycle: Cycle) -> list[KeyResult]:
    """Ben's four, all waiting; the last is fed by an integration."""
    objective = make_objective(ben, cycle)
    made = [make_key_result(objective, at="50", title=f"Number {n}") for n in range(1, 5)]
    before = timezone.now() - timedelta(days=9)
    CheckIn.objects.update(at=before)
    KeyResult.objects.update(checked_in_at=before)
    made[3].track_by("a tracker")
    return made


def stands(key_result: KeyResult) -> tuple[int, str, str]:
    key_result.refresh_from_db()
    latest = key_result.check_ins.first()
    assert latest is not None
    return int(key_result.current), key_result.confidence, latest.note


def at(window: Page, place: str) -> None:
    expect(window.get_by_text(place, exact=True)).to_be_visible()


def test_four_check_ins_by_keyboard_alone(page: Windows, ben: Person, four: list[KeyResult]):
    window = page(person=ben)
    window.goto("/my/")
    hands, taken = Hands(window), []
    window.get_by_role("link", name="Start check-in").press("Enter")
    for number, step in enumerate([a_value, a_value_and_a_note, no_change, confidence_alone], 1):
        at(window, f"{number} of 4")
        step(hands)
        taken.append(hands.rest())

    expect(window.get_by_role("heading", name="All done. Next check-in Monday.")).to_be_visible()
    assert max(taken) <= 3
    assert stands(four[0]) == (60, "on_track", "")
    assert stands(four[1]) == (70, "on_track", "Two clinics left")
    assert stands(four[2]) == (50, "on_track", "")
    assert CheckIn.objects.filter(by=ben).count() == 8


def a_value(hands: Hands) -> None:
    expect(hands.window.get_by_label("Value now")).to_be_focused()
    hands.type("60")
    hands.press("ControlOrMeta+Enter")


def a_value_and_a_note(hands: Hands) -> None:
    expect(hands.window.get_by_label("Value now")).to_be_focused()
    hands.type("70")
    hands.go_to("What changed?")
    hands.type("Two clinics left")
    hands.press("ControlOrMeta+Enter")


def no_change(hands: Hands) -> None:
    hands.go_to("No change")
    hands.press("Enter")


def confidence_alone(hands: Hands) -> None:
    expect(hands.window.get_by_label("On track")).to_be_focused()
    hands.press("ControlOrMeta+Enter")


def test_check_ins_without_javascript(page: Windows, ben: Person, four: list[KeyResult]):
    window = page(person=ben, javascript=False)
    window.goto("/my/")
    window.get_by_role("link", name="Start check-in").click()
    expect(window.get_by_label("Value now")).to_be_focused()
    window.get_by_label("Value now").fill("60")
    press(window, "Save and next")

    at(window, "2 of 4")
    window.get_by_label("Off track").check()
    press(window, "Save and next")
    expect(window.locator("error-summary")).to_contain_text("Say what changed")
    window.get_by_label("What changed?").fill("The supplier is late")
    press(window, "Save and next")

    at(window, "3 of 4")
    window.get_by_role("link", name="Skip for now").click()
    at(window, "4 of 4")
    press(window, "No change")

    expect(window.get_by_role("heading", name="1 check-in left")).to_be_visible()
    assert stands(four[1]) == (50, "off_track", "The supplier is late")


def test_the_way_back_is_harmless_and_corrects(page: Windows, ben: Person, four: list[KeyResult]):
    window = page(person=ben, javascript=False)
    window.goto("/check-in/")
    press(window, "No change")
    at(window, "2 of 4")
    window.get_by_role("link", name="Back to Number 1").click()
    window.get_by_label("What changed?").fill("Nothing but the weather")
    press(window, "Correct and next")
    at(window, "2 of 4")
    window.go_back()
    window.reload()

    assert stands(four[0]) == (50, "on_track", "Nothing but the weather")
    assert four[0].check_ins.standing().count() == 2


def press(window: Page, button: str) -> None:
    window.get_by_role("button", name=button, exact=True).click()


def test_an_expired_session_keeps_what_was_typed(page: Windows, ben: Person, four: list[KeyResult]):
    ben.set_password(PASSWORD)
    ben.save()
    window = page(person=ben)
    window.goto("/check-in/")
    window.get_by_label("Value now").fill("64")
    window.get_by_label("At risk").check()
    window.get_by_label("What changed?").fill("Half of it is done")
    Session.objects.all().delete()
    window.get_by_role("button", name="Save and next").click()

    window.get_by_label("Email").fill(ben.email)
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Sign in").click()
    expect(window.get_by_text("What you had typed is back.")).to_be_visible()
    expect(window.get_by_label("Value now")).to_have_value("64")
    window.get_by_role("button", name="Save and next").click()

    at(window, "2 of 4")
    assert stands(four[0]) == (64, "at_risk", "Half of it is done")
    kept = window.evaluate("Object.keys(sessionStorage)")
    assert [key for key in kept if key.startswith("draft:")] == []


def test_a_phone_shows_the_choices_below_each_other(
    page: Windows, ben: Person, four: list[KeyResult]
):
    window = page(person=ben, width=390)
    window.goto("/check-in/")
    boxes = [each.bounding_box() for each in window.locator(".choice").all()]
    assert len({box["x"] for box in boxes if box}) == 1
    assert min(box["width"] for box in boxes if box) > 290
    assert window.evaluate("document.scrollingElement.scrollWidth") == 390


def test_the_suggestion_follows_what_is_typed_until_somebody_chooses(
    page: Windows, ben: Person, four: list[KeyResult]
):
    window = page(person=ben)
    window.goto("/check-in/")
    value = window.get_by_label("Value now")
    value.press_sequentially("3")
    expect(window.get_by_label("Off track")).to_be_checked()
    expect(value).to_be_focused()
    window.get_by_label("At risk").check()
    value.fill("70")
    expect(window.locator(".choice", has_text="Suggested")).to_contain_text("On track")
    expect(window.get_by_label("At risk")).to_be_checked()
