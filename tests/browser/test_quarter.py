"""A whole quarter as its people live it: plan, approve, check in, close, carry forward."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from okr.models import Cycle, Objective, Person
from tests.browser.conftest import Windows
from tests.cast import adopt

pytestmark = pytest.mark.browser

OBJECTIVE = "Clinics trust the schedule"
KEY_RESULT = "Appointments kept"
SMALL = "Answer the phone"
LEARNT = "Reminders work; calling twice does not."


@pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "without javascript"])
def test_a_quarter(page: Windows, ada: Person, ben: Person, olga: Person, javascript: bool):
    windows = {
        person.name.split()[0]: page(person=person, javascript=javascript)
        for person in (ada, ben, olga)
    }
    generate_quarters(windows["Olga"])
    now, following = quarters()
    adopt(approval_on=True)

    plan(windows["Ben"], now)
    approve(windows["Ada"])
    check_in(windows["Ben"])
    close_objective(windows["Ben"], now)
    review(windows["Ada"], windows["Ben"])
    close_cycle(windows["Olga"], now)
    stands_still(windows["Ben"])
    carry_forward(windows["Olga"], now, following)
    goes_on(windows["Ben"], now, following)


def generate_quarters(olga: Page) -> None:
    """Those of this year and, as they are there then, those of the next."""
    for opener in ("first-cycles", "generate-cycles"):
        olga.goto("/okr-admin/cycles/")
        olga.locator(f"#{opener}").click()
        dialog = opened(olga, "Generate cycles")
        expect(dialog.get_by_text("Will be created")).to_have_count(4)
        dialog.get_by_role("button", name="Create cycles").click()
        expect(olga.get_by_text(re.compile("^Created Q1 "))).to_be_visible()


def quarters() -> tuple[Cycle, Cycle]:
    now = Cycle.objects.current(timezone.localdate())
    assert now is not None
    following = Cycle.objects.filter(starts_on__gt=now.ends_on).order_by("starts_on")
    return now, following[0]


def plan(ben: Page, now: Cycle) -> None:
    for title in (SMALL, OBJECTIVE):
        ben.goto(f"/my/?cycle={now.pk}")
        ben.get_by_role("link", name=re.compile("(Create|New) objective")).click()
        dialog = opened(ben, "New objective")
        dialog.get_by_label("Title").fill(title)
        dialog.get_by_role("button", name="Create objective").click()
        expect(ben.get_by_role("heading", level=1, name=title)).to_be_visible()
    ben.get_by_role("link", name="Add key result").click()
    dialog = opened(ben, "New key result")
    dialog.get_by_label("Title").fill(KEY_RESULT)
    dialog.get_by_label("To", exact=True).fill("80")
    dialog.get_by_role("button", name="Add key result").click()
    expect(ben.get_by_role("heading", level=1, name=KEY_RESULT)).to_be_visible()
    open_objective(ben)
    expect(ben.get_by_text("It moves nothing above it until it is approved.")).to_be_visible()
    ben.get_by_role("link", name="Send for approval").click()
    opened(ben, "Approval").get_by_role("button", name="Send for approval").click()
    expect(ben.get_by_text(f"“{OBJECTIVE}” is sent for approval.")).to_be_visible()


def approve(ada: Page) -> None:
    ada.goto("/approvals/")
    ada.get_by_role("link", name=re.compile(f"^Decide.*{OBJECTIVE}")).click()
    opened(ada, "Approval").get_by_role("button", name="Approve", exact=True).click()
    expect(ada.get_by_text(f"“{OBJECTIVE}” is approved.")).to_be_visible()


def check_in(ben: Page) -> None:
    open_objective(ben)
    ben.get_by_role("link", name=re.compile(f"^Check in.*{KEY_RESULT}")).click()
    dialog = opened(ben, "Check in")
    dialog.get_by_label("Value now").fill("20")
    dialog.get_by_label("At risk").check()
    dialog.get_by_role("button", name="Save check-in").click()
    expect(ben.get_by_role("region", name="Progress").get_by_text("25%").first).to_be_visible()


def close_objective(ben: Page, now: Cycle) -> None:
    open_objective(ben)
    ben.get_by_label("More").first.click()
    ben.get_by_role("link", name="Close objective").click()
    dialog = opened(ben, "Close this objective?")
    expect(dialog.get_by_label("Score")).to_have_value("0.3")
    dialog.get_by_role("button", name="Close objective").click()
    expect(dialog.get_by_text("Write a sentence or two").first).to_be_visible()
    dialog.get_by_label("Retrospective").fill(LEARNT)
    dialog.get_by_role("button", name="Close objective").click()
    expect(ben.get_by_text(LEARNT)).to_be_visible()
    expect(ben.get_by_role("link", name="Edit")).to_have_count(0)


def review(ada: Page, ben: Page) -> None:
    open_objective(ada)
    ada.get_by_role("link", name="Review", exact=True).click()
    dialog = opened(ada, "Review this objective")
    dialog.get_by_label("3 – As expected").check()
    dialog.get_by_label("Comment").fill("An honest quarter.")
    dialog.get_by_role("button", name="Save review").click()
    expect(ada.get_by_role("region", name="Reviews")).to_contain_text("3 of 5")
    ben.goto("/notifications/")
    expect(ben.get_by_text("Ada Lindqvist reviewed your objective")).to_be_visible()


def close_cycle(olga: Page, now: Cycle) -> None:
    olga.goto(f"/okr-admin/cycles/{now.pk}/close/")
    expect(olga.get_by_text("1 of 2 objectives still need")).to_be_visible()
    olga.get_by_role("button", name="Remind owners").click()
    expect(olga.get_by_text("1 person is reminded.")).to_be_visible()
    olga.get_by_role("link", name="Close cycle").click()
    dialog = opened(olga, f"Close {now}?")
    expect(dialog).to_contain_text("1 objective is still open")
    dialog.get_by_role("button", name="Close cycle").click()
    expect(olga.get_by_text(f"“{now}” is closed.")).to_be_visible()
    expect(olga.get_by_role("row", name=str(now))).to_contain_text("Closed")


def stands_still(ben: Page) -> None:
    open_objective(ben)
    expect(ben.get_by_role("link", name=re.compile("^Check in.+"))).to_have_count(0)
    ben.get_by_role("link", name=KEY_RESULT).first.click()
    expect(ben.get_by_role("heading", level=1, name=KEY_RESULT)).to_be_visible()
    expect(ben.get_by_role("link", name="Check in", exact=True)).to_have_count(0)


def carry_forward(olga: Page, now: Cycle, following: Cycle) -> None:
    olga.goto(f"/okr-admin/cycles/{now.pk}/carry/")
    expect(olga.get_by_label("Carry forward to")).to_have_value(str(following.pk))
    expect(olga.get_by_label(OBJECTIVE)).to_be_checked()
    expect(olga.get_by_text("From 20% to 80%, starting anew")).to_be_visible()
    olga.get_by_label(SMALL).uncheck()
    olga.get_by_role("button", name="Carry forward").click()
    expect(olga.get_by_text(f"1 objective is carried forward to {following}.")).to_be_visible()


def goes_on(ben: Page, now: Cycle, following: Cycle) -> None:
    ben.goto(f"/my/?cycle={following.pk}")
    expect(ben.get_by_role("link", name=SMALL)).to_have_count(0)
    ben.get_by_role("link", name=OBJECTIVE).click()
    expect(ben.get_by_text("20% → 80%")).to_be_visible()
    ben.get_by_role("main").get_by_role("link", name=str(now), exact=True).click()
    expect(ben.get_by_text(LEARNT).first).to_be_visible()


def open_objective(window: Page) -> None:
    objective = Objective.objects.get(title=OBJECTIVE, carried_from=None)
    window.goto(f"/objectives/{objective.pk}/")


def opened(window: Page, name: str) -> Locator:
    """A dialog is a page of its own where there is no JavaScript."""
    heading = window.get_by_role("heading", level=1, name=name)
    own_page = window.get_by_role("main").filter(has=heading)
    dialog = window.get_by_role("dialog", name=name).or_(own_page)
    expect(dialog).to_be_visible()
    return dialog
