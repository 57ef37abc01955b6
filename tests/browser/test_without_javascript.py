"""Acceptance: everything works with JavaScript switched off."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from jira_integration.models import IntegrationSettings, JiraConnection, JiraLink
from jira_sandbox.testing import SandboxJira
from okr.models import Cycle, KeyResult, Objective, Person
from tests.browser.conftest import Windows
from tests.cast import make_person
from tests.jira_integration.stage import link, progress, read

pytestmark = pytest.mark.browser

JIRA = "/okr-admin/integration/jira/"
PASSWORD = "a password of their own"


@pytest.fixture
def ben_at(page: Windows, ben: Person) -> Page:
    return page(person=ben, javascript=False)


@pytest.fixture
def olga_at(page: Windows, olga: Person) -> Page:
    return page(person=olga, javascript=False)


def press(place: Page | Locator, name: str) -> None:
    place.get_by_role("button", name=name, exact=True).click()


def follow(place: Page | Locator, name: str) -> None:
    place.get_by_role("link", name=name, exact=True).first.click()


def heading(window: Page, name: str) -> None:
    expect(window.get_by_role("heading", name=name, level=1)).to_be_visible()


def problem(window: Page) -> Locator:
    return window.locator("error-summary")


def says(window: Page, sentence: str) -> None:
    expect(window.get_by_role("status").filter(has_text=sentence).first).to_be_visible()


def test_signing_in_and_out(page: Windows, cycle: Cycle, ben: Person):
    ben.set_password(PASSWORD)
    ben.save()
    window = page(javascript=False)
    window.goto("/company/")
    window.get_by_label("Email").fill(ben.email)
    window.get_by_label("Password").fill(PASSWORD)
    press(window, "Sign in")
    expect(window.get_by_role("heading", name="Company", level=1)).to_be_visible()

    press(window, "Sign out")
    expect(window.get_by_role("heading", name="Sign in")).to_be_visible()


def test_writing_changing_and_deleting_an_objective(ben_at: Page, cycle: Cycle):
    ben_at.goto("/my/")
    follow(ben_at, "Create objective")
    press(ben_at, "Create objective")
    expect(problem(ben_at)).to_contain_text("Enter a title.")
    ben_at.get_by_label("Title").fill("Clinics trust the schedule")
    press(ben_at, "Create objective")
    expect(ben_at.get_by_role("heading", level=1)).to_have_text("Clinics trust the schedule")

    follow(ben_at, "Edit")
    ben_at.get_by_label("Title").fill("Patients trust the schedule")
    press(ben_at, "Save")
    expect(ben_at.get_by_role("heading", level=1)).to_have_text("Patients trust the schedule")

    open_more(ben_at)
    follow(ben_at, "Delete objective")
    press(ben_at, "Delete")
    says(ben_at, "“Patients trust the schedule” is deleted.")
    assert not Objective.objects.exists()


def open_more(window: Page) -> None:
    window.locator(".page-actions summary", has=window.locator("svg")).last.click()


def test_writing_changing_and_deleting_a_key_result(ben_at: Page, key_result: KeyResult):
    ben_at.goto(f"/objectives/{key_result.objective_id}/")
    follow(ben_at, "Add key result")
    ben_at.get_by_label("Title").fill("Fewer questions by telephone")
    ben_at.get_by_label("Number", exact=True).check()
    ben_at.get_by_label("From", exact=True).fill("90")
    ben_at.get_by_label("To", exact=True).fill("thirty")
    press(ben_at, "Add key result")
    expect(problem(ben_at)).to_be_visible()
    expect(ben_at.get_by_label("To", exact=True)).to_have_value("thirty")
    ben_at.get_by_label("To", exact=True).fill("30")
    press(ben_at, "Add key result")
    expect(ben_at.get_by_role("heading", level=1)).to_have_text("Fewer questions by telephone")

    open_more(ben_at)
    follow(ben_at, "Edit key result")
    ben_at.get_by_label("Title").fill("Fewer questions by letter")
    press(ben_at, "Save")
    says(ben_at, "“Fewer questions by letter” is saved.")

    open_more(ben_at)
    follow(ben_at, "Delete key result")
    press(ben_at, "Delete")
    says(ben_at, "“Fewer questions by letter” is deleted.")
    assert list(KeyResult.objects.all()) == [key_result]


def test_checking_in(ben_at: Page, key_result: KeyResult):
    ben_at.goto(f"/key-results/{key_result.pk}/")
    follow(ben_at, "Check in")
    ben_at.get_by_label("Value now").fill("55")
    ben_at.get_by_label("Off track").check()
    press(ben_at, "Save check-in")
    expect(problem(ben_at)).to_contain_text("Say what changed")
    expect(ben_at.get_by_label("Value now")).to_have_value("55")
    ben_at.get_by_label("What changed?").fill("The supplier is late.")
    press(ben_at, "Save check-in")

    says(ben_at, "is saved.")
    assert progress(key_result) == 55


def test_a_branch_of_the_company_opens(olga_at: Page, key_result: KeyResult):
    parent, child = (
        key_result.objective,
        Objective(
            owner=key_result.owner, cycle=key_result.objective.cycle, title="Rooms are never empty"
        ),
    )
    child.parent = parent
    child.keep()
    olga_at.goto("/company/?open=")
    expect(olga_at.get_by_role("link", name="Rooms are never empty")).to_have_count(0)
    press(olga_at, f"What is aligned under {parent.title}")
    expect(olga_at.get_by_role("link", name="Rooms are never empty")).to_be_visible()


def test_connecting(olga_at: Page, jira: SandboxJira):
    olga_at.goto(JIRA)
    switch = olga_at.get_by_role("switch", name="Turn on progress update using Jira")
    switch.click()
    expect(olga_at.get_by_role("heading", name="Integrate with Jira", level=1)).to_be_visible()
    olga_at.get_by_label("Email Address (In Jira)").fill(jira.email)
    olga_at.get_by_label("Server").fill(jira.url)
    olga_at.get_by_label("API Token").fill("wrong")
    press(olga_at, "Connect")
    expect(problem(olga_at)).to_contain_text("Jira did not accept this email and token")
    olga_at.get_by_label("API Token").fill(jira.token)
    press(olga_at, "Connect")

    says(olga_at, f"Connected to {jira.url} as Larkspur OKR Bot.")
    expect(switch).to_be_checked()

    switch.click()
    press(olga_at, "Turn off")
    expect(switch).not_to_be_checked()


def test_percentages(olga_at: Page, connection: JiraConnection, key_result: KeyResult):
    link(key_result, "DEMO-8")
    read(key_result)
    olga_at.goto(f"{JIRA}manage/")
    box = olga_at.get_by_role("spinbutton", name="In Progress")
    box.fill("100")
    press(olga_at, "Save and recalculate")
    expect(problem(olga_at)).to_contain_text("Values must rise in this order")
    box.fill("70")
    press(olga_at, "Preview")
    expect(olga_at.locator("#preview")).to_contain_text("50% → 70%")
    press(olga_at, "Save and recalculate")

    says(olga_at, "Saved. Recalculating 1 key result.")
    assert IntegrationSettings.load().in_progress == 70


def test_edit_jira_users(olga_at: Page, connection: JiraConnection, olga: Person):
    for number in range(1, 30):
        make_person(f"Person {number:02}", unit=olga.unit)
    olga_at.goto(f"{JIRA}manage/")
    access = olga_at.get_by_role("region", name="User Access Control")
    access.get_by_label("Allow selected users").check()
    press(access, "Save")
    olga_at.get_by_role("checkbox", name="Person 01").check()
    press(olga_at, "Next")
    olga_at.get_by_role("checkbox", name="Person 29").check()
    olga_at.get_by_role("searchbox").fill("olga")
    press(olga_at, "Search")
    expect(olga_at.get_by_role("checkbox")).to_have_count(2)  # Olga's, and "Selected only"
    press(olga_at, "Save")

    says(olga_at, "Saved. 2 of 30 people may link Jira issues.")


@pytest.fixture
def dialog(ben_at: Page, connection: JiraConnection, key_result: KeyResult) -> Page:
    """The page on which Ben links."""
    ben_at.goto(f"/key-results/{key_result.pk}/")
    follow(ben_at, "Link Jira issue")
    expect(ben_at.get_by_role("heading", name="Link Jira issue", level=1)).to_be_visible()
    return ben_at


def test_linking_by_jql_and_unlinking(dialog: Page):
    dialog.get_by_text("JQL", exact=True).click()
    dialog.get_by_role("main").get_by_role("combobox").fill("labels = ")
    press(dialog, "Link issues")
    expect(dialog.locator(".fault").first).to_be_visible()
    dialog.get_by_role("main").get_by_role("combobox").fill("labels = demo")
    press(dialog, "Preview")
    expect(dialog.get_by_text("Progress would")).to_contain_text("3 issues: 3 Done")
    press(dialog, "Link this search")
    says(dialog, "Linked.")

    dialog.get_by_role("link", name=re.compile("^Remove")).click()
    press(dialog, "Remove link")
    says(dialog, "The Jira link is removed.")
    assert not JiraLink.objects.exists()
