"""On the first day, and when nothing can be shown, pages are usable too."""

import pytest
from playwright.sync_api import expect

from jira_integration.models import JiraConnection
from okr.models import Cycle, Person
from tests.browser.axe import inspect
from tests.browser.conftest import Windows
from tests.browser.test_gallery import gallery  # noqa: F401  the gallery's addresses
from tests.cast import make_key_result, make_objective

pytestmark = pytest.mark.browser

JIRA = "/okr-admin/integration/jira/"


def test_before_there_is_a_cycle(page: Windows, olga: Person):
    window = page(person=olga)
    for address in ("/my/", "/company/"):
        window.goto(address)
        expect(window.get_by_text("There is no cycle yet")).to_be_visible()
        inspect(window)


def test_before_anything_is_written(page: Windows, ben: Person, cycle: Cycle):
    window = page(person=ben)
    for address, sentence in (
        ("/my/", "No objectives in this cycle yet"),
        ("/company/", "No company objectives yet"),
    ):
        window.goto(address)
        expect(window.get_by_role("heading", name=sentence)).to_be_visible()
        inspect(window)


def test_before_anything_is_measured(page: Windows, ben: Person, cycle: Cycle):
    window, objective = page(person=ben), make_objective(ben, cycle)
    window.goto(f"/objectives/{objective.pk}/")
    expect(window.get_by_text("No key results yet")).to_be_visible()
    inspect(window)

    key_result = make_key_result(objective)
    window.goto(f"/key-results/{key_result.pk}/")
    expect(window.get_by_text("No values yet.")).to_be_visible()
    inspect(window)


def test_before_the_first_sync(page: Windows, olga: Person, connection: JiraConnection):
    window = page(person=olga)
    window.goto(f"{JIRA}activity/")
    expect(window.get_by_text("No syncs yet.")).to_be_visible()
    inspect(window)


def test_when_the_product_is_broken(page: Windows, olga: Person):
    window = page(person=olga)
    window.goto("/gallery/broken/")
    expect(window.get_by_role("heading", name="Something went wrong on our side")).to_be_visible()
    inspect(window)
    page.complaints.clear()  # the browser reports the 500


def test_when_somebody_tried_too_many_passwords(page: Windows, ben: Person):
    window = page()
    window.goto("/sign-in/")
    for _ in range(6):
        window.get_by_label("Email").fill(ben.email)
        window.get_by_label("Password", exact=True).fill("wrong")
        window.get_by_role("button", name="Sign in").click()
        expect(window.locator("error-summary")).to_be_focused()
    expect(window.locator("error-summary")).to_contain_text("Too many attempts.")
    inspect(window)
