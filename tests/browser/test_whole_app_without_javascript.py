"""Acceptance: what people do with their objectives every week, with JavaScript switched off."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from okr.models import Cycle, KeyResult, Objective, Person
from tests.browser.conftest import Windows
from tests.browser.test_without_javascript import follow, heading, open_more, press, says
from tests.cast import make_key_result, make_objective

pytestmark = pytest.mark.browser

CLINICS = "Clinics trust the schedule"
ROOMS = "Rooms are never empty"
KEPT = "Appointments kept"


@pytest.fixture
def ada_at(page: Windows, ada: Person) -> Page:
    return page(person=ada, javascript=False)


@pytest.fixture
def clinics(ada: Person, cycle: Cycle) -> Objective:
    objective = make_objective(ada, cycle, title=CLINICS)
    make_key_result(objective, title=KEPT, at="20")
    make_key_result(objective, title="Rooms in use", at="60")
    return objective


def test_an_objective_begins_from_a_template_and_bears_tags(ada_at: Page, cycle: Cycle):
    ada_at.goto("/templates/")
    begin = ada_at.get_by_role("link", name=re.compile("^Use this template"))
    begin.first.click()
    heading(ada_at, "New objective")
    ada_at.get_by_label("Title", exact=True).fill(CLINICS)
    ada_at.get_by_role("combobox", name="Tags").fill("Reliability, Calm")
    press(ada_at, "Create objective")
    heading(ada_at, CLINICS)
    assert KeyResult.objects.filter(objective__title=CLINICS).count() > 1

    ada_at.get_by_role("link", name="Tag: Reliability").click()
    heading(ada_at, "Company")
    expect(ada_at.get_by_role("link", name=CLINICS)).to_be_visible()


def test_a_key_result_of_milestones_is_planned_and_one_is_reached(
    ada_at: Page, clinics: Objective, cycle: Cycle
):
    ada_at.goto(f"/objectives/{clinics.pk}/")
    follow(ada_at, "Add key result")
    ada_at.get_by_label("Title", exact=True).fill("Move to the new calendar")
    ada_at.get_by_label("Milestones", exact=True).check()
    for place, title in enumerate(("Plan it", "Do it")):
        milestone(ada_at, place, title, cycle.ends_on)
    press(ada_at, "Add key result")
    heading(ada_at, "Move to the new calendar")

    ada_at.get_by_role("button", name=re.compile("^Reached.*Plan it")).click()
    says(ada_at, "“Plan it” is reached.")
    expect(ada_at.get_by_role("region", name="Progress").get_by_text("50%").first).to_be_visible()


def milestone(window: Page, place: int, title: str, due_on: date) -> None:
    window.get_by_role("textbox", name="Milestone", exact=True).nth(place).fill(title)
    window.get_by_role("textbox", name="Due on", exact=True).nth(place).fill(due_on.isoformat())


def test_a_key_result_is_assigned_on_and_taken_back(
    ada_at: Page, page: Windows, ben: Person, clinics: Objective
):
    kept = clinics.key_results.get(title=KEPT)
    ada_at.goto(f"/key-results/{kept.pk}/")
    open_more(ada_at)
    ada_at.get_by_role("link", name=re.compile("^Assign")).click()
    ada_at.get_by_label("Assign to").fill(ben.name)
    press(ada_at, "Assign")
    says(ada_at, f"“{KEPT}” is an objective of Ben Okafor now.")

    theirs = page(person=ben, javascript=False)
    theirs.goto("/my/")
    expect(theirs.get_by_role("link", name=KEPT).first).to_be_visible()

    ada_at.goto(f"/key-results/{kept.pk}/")
    follow(ada_at, "Take it back")
    press(ada_at, "Take it back")
    says(ada_at, f"“{KEPT}” is entered by hand again.")


def test_an_objective_supports_another_and_its_parts_are_weighed(
    ada_at: Page, ada: Person, cycle: Cycle, clinics: Objective
):
    make_objective(ada, cycle, title=ROOMS)
    ada_at.goto(f"/objectives/{clinics.pk}/")
    follow(ada_at, "Edit")
    ada_at.get_by_text("Supports other objectives").click()
    ada_at.get_by_role("combobox", name="Supports").fill(ROOMS)
    press(ada_at, "Save")
    expect(ada_at.get_by_role("main").get_by_role("link", name=ROOMS)).to_be_visible()

    open_more(ada_at)
    follow(ada_at, "Edit weights")
    ada_at.get_by_label(KEPT).fill("3")
    press(ada_at, "Save weights")
    says(ada_at, "The weights are saved.")
    clinics.refresh_from_db()
    assert clinics.progress == 30


def test_notifications_are_read_together_and_chosen(
    page: Windows, ada_at: Page, ada: Person, ben: Person, clinics: Objective
):
    theirs = page(person=ben, javascript=False)
    for number in (1, 2):
        theirs.goto(f"/objectives/{clinics.pk}/")
        theirs.get_by_label("Add a comment").fill(f"Look {number}, @Ada Lindqvist")
        press(theirs, "Comment")
        expect(theirs.locator(".mention")).to_have_count(number)

    ada_at.goto("/notifications/")
    press(ada_at, "Mark all read")
    says(ada_at, "Everything is marked as read.")
    expect(ada_at.get_by_text("You are up to date")).to_be_visible()

    ada_at.goto("/settings/notifications/")
    ada_at.get_by_label("Send me an e-mail a day").uncheck()
    press(ada_at, "Save")
    says(ada_at, "Your choices are saved.")
    expect(ada_at.get_by_label("Send me an e-mail a day")).not_to_be_checked()


def test_an_objective_is_found_and_the_list_is_exported(
    ada_at: Page, clinics: Objective, tmp_path: Path
):
    ada_at.goto("/my/")
    box = ada_at.get_by_role("combobox", name="Search", exact=True)
    box.fill("trust the sched")
    box.press("Enter")
    ada_at.get_by_role("main").get_by_role("link", name=CLINICS).click()
    heading(ada_at, CLINICS)

    ada_at.goto("/company/?view=list")
    ada_at.get_by_label("Export", exact=True).click()
    with ada_at.expect_download() as coming:
        ada_at.get_by_role("link", name=re.compile("^CSV")).click()
    coming.value.save_as(tmp_path / "company.csv")
    assert CLINICS in (tmp_path / "company.csv").read_text(encoding="utf-8-sig")


def test_whoever_may_not_change_an_objective_is_offered_nothing(
    page: Windows, cleo: Person, clinics: Objective
):
    window = page(person=cleo, javascript=False)
    window.goto(f"/objectives/{clinics.pk}/")
    heading(window, CLINICS)
    for name in ("Edit", "Add key result", "Edit weights", "Close objective"):
        expect(window.get_by_role("link", name=name, exact=True)).to_have_count(0)
    answer = window.goto(f"/objectives/{clinics.pk}/weights/")
    assert answer is not None
    assert answer.status == 403
    page.complaints.clear()  # the browser reports the refusal


def test_the_profile_and_the_password_are_changed(ada_at: Page, ada: Person, cycle: Cycle):
    ada.set_password("a password of their own")
    ada.save()
    window = ada_at
    window.context.clear_cookies()
    sign_in(window, ada, "a password of their own")
    window.goto("/settings/")
    window.get_by_label("Time zone").select_option("Europe/Lisbon")
    press(window, "Save")
    says(window, "Your settings are saved.")

    follow(window.get_by_role("navigation", name="Settings"), "Password")
    window.get_by_label("Current password").fill("a password of their own")
    window.get_by_label("New password").fill("quite another plumb line")
    press(window, "Change password")
    says(window, "Your password is changed.")
    window.context.clear_cookies()
    sign_in(window, ada, "quite another plumb line")
    ada.refresh_from_db()
    assert ada.time_zone == "Europe/Lisbon"


def sign_in(window: Page, person: Person, password: str) -> None:
    window.goto("/my/")
    window.get_by_label("Email").fill(person.email)
    window.get_by_label("Password").fill(password)
    press(window, "Sign in")
    heading(window, "My OKRs")


def test_the_large_pages_say_everything_in_words(ada_at: Page, clinics: Objective, cycle: Cycle):
    for address, title in (
        (f"/reviews/{cycle.pk}/platform/", "Platform, Autumn"),
        ("/teams/platform/", "Platform"),
    ):
        ada_at.goto(address)
        heading(ada_at, title)
        expect(ada_at.get_by_role("main").get_by_text(CLINICS).first).to_be_visible()
        expect(ada_at.get_by_role("main").get_by_text("40%").first).to_be_visible()
    ada_at.goto("/company/map/")
    drawn = re.compile(f"^{CLINICS}, Ada Lindqvist, 40%")
    expect(ada_at.get_by_role("link", name=drawn)).to_be_visible()


def test_a_week_of_a_team_is_reached_from_the_dashboard(ada_at: Page, clinics: Objective):
    ada_at.goto("/teams/")
    ada_at.get_by_role("main").get_by_role("link", name="Platform").first.click()
    heading(ada_at, "Platform")
    ada_at.goto("/dashboard/?unit=platform")
    ada_at.get_by_text("Show as table").click()
    expect(ada_at.get_by_role("cell", name="40%").first).to_be_visible()
    ada_at.get_by_role("link", name=re.compile("^Platform, week 7")).click()
    heading(ada_at, "Platform")
