"""The pages of the product are driven by keys alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from okr.models import Cycle, KeyResult, Objective, Person
from tests.browser.conftest import Windows
from tests.cast import make_key_result, make_objective, make_person
from tests.jira_integration.stage import progress

pytestmark = pytest.mark.browser

Press = Callable[..., None]


@pytest.fixture
def window(page: Windows, ben: Person) -> Page:
    return page(person=ben)


@pytest.fixture
def press(window: Page) -> Press:
    def press(*keys: str) -> None:
        for key in keys:
            window.keyboard.press(key)

    return press


def enter(window: Page, opener: str, dialog: str) -> tuple[Locator, Locator]:
    """Opens a dialog by the Enter key; answers what opened it, and the dialog."""
    link = window.get_by_role("link", name=opener, exact=True).first
    link.press("Enter")
    opened = window.get_by_role("dialog", name=dialog, exact=True)
    expect(opened).to_be_visible()
    return link, opened


def test_the_first_stop_leads_past_the_navigation(window: Page, press: Press, cycle: Cycle):
    window.goto("/my/")
    press("Tab")
    expect(window.get_by_role("link", name="Skip to content")).to_be_focused()
    press("Enter", "Tab")
    expect(window.locator("main :focus")).to_be_visible()


def test_checking_in_by_keys_gives_the_focus_back(
    window: Page, press: Press, key_result: KeyResult
):
    window.goto(f"/key-results/{key_result.pk}/")
    opener, dialog = enter(window, "Check in", "Check in")
    expect(dialog.get_by_label("Value now")).to_be_focused()
    press("Escape")
    expect(opener).to_be_focused()

    opener.press("Enter")
    expect(dialog.get_by_label("Value now")).to_be_focused()
    window.keyboard.type("85")
    press("Tab", "ArrowDown", "ArrowUp")
    expect(dialog.get_by_label("On track")).to_be_checked()
    press("Enter")

    expect(window.get_by_text("is saved.")).to_be_visible()
    assert progress(key_result) == 85


def test_escape_asks_before_it_discards_and_the_focus_comes_back(
    window: Page, press: Press, key_result: KeyResult
):
    window.goto(f"/objectives/{key_result.objective_id}/")
    opener, dialog = enter(window, "Edit", "Edit objective")
    press("ControlOrMeta+A")
    window.keyboard.type("Half a thought")
    press("Escape")
    asking = window.get_by_role("dialog", name="Discard changes?", exact=True)
    expect(asking.get_by_role("button", name="Keep editing")).to_be_focused()
    press("Enter")
    expect(asking).to_be_hidden()
    expect(dialog.get_by_label("Title")).to_have_value("Half a thought")

    press("Escape")
    expect(asking.get_by_role("button", name="Keep editing")).to_be_focused()
    press("Shift+Tab")
    expect(asking.get_by_role("button", name="Discard")).to_be_focused()
    press("Enter")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    key_result.objective.refresh_from_db()
    assert key_result.objective.title != "Half a thought"


SETTLED = """window.settled = new Promise((go) => document.addEventListener(
  "htmx:afterSettle", () => setTimeout(go), { once: true }))"""


def test_faults_keep_the_focus_though_the_first_field_asks_for_it(
    window: Page, press: Press, cycle: Cycle
):
    window.goto("/my/")
    _, dialog = enter(window, "Create objective", "New objective")
    expect(dialog.get_by_label("Title")).to_be_focused()
    window.evaluate(f"void ({SETTLED})")
    press("Enter")
    window.evaluate("settled")
    expect(dialog.locator("error-summary")).to_be_focused()


def test_an_owner_is_chosen_by_typing(
    page: Windows, olga: Person, cycle: Cycle, key_result: KeyResult
):
    for number in range(10):
        make_person(f"Person {number}", unit=olga.unit)
    window = page(person=olga)
    window.goto(f"/objectives/{key_result.objective_id}/")
    _, dialog = enter(window, "Edit", "Edit objective")
    box = dialog.get_by_role("combobox", name="Owner")
    box.focus()
    window.keyboard.type("person 7")
    expect(dialog.get_by_role("option", name="Person 7")).to_be_visible()
    for key in ("ArrowDown", "Enter"):
        window.keyboard.press(key)
    expect(box).to_have_value("Person 7 (person.7@larkspur.example)")
    window.keyboard.press("Enter")
    expect(window.get_by_text("is saved.")).to_be_visible()
    key_result.objective.refresh_from_db()
    assert key_result.objective.owner.name == "Person 7"


def test_the_company_tree_opens_and_closes_by_arrows(
    window: Page, press: Press, ben: Person, cycle: Cycle
):
    top = make_objective(ben, cycle, title="Clinics stay online")
    middle = make_objective(ben, cycle, title="Failover is boring", parent=top)
    make_key_result(make_objective(ben, cycle, title="Nobody is woken", parent=middle), at="40")
    window.goto("/company/?open=")
    branch = window.get_by_role("button", name="What is aligned under Clinics stay online")
    leaf = window.get_by_role("link", name="Failover is boring", exact=True)
    expect(leaf).to_have_count(0)

    branch.focus()
    press("ArrowRight")
    expect(leaf).to_be_visible()
    expect(branch).to_have_attribute("aria-expanded", "true")
    expect(branch).to_be_focused()
    press("ArrowLeft")
    expect(leaf).to_be_hidden()
    press("ArrowRight")
    expect(leaf).to_be_visible()

    press("Tab", "Tab")
    expect(
        window.get_by_role("button", name="What is aligned under Failover is boring")
    ).to_be_focused()
    press("ArrowRight")
    expect(window.get_by_role("link", name="Nobody is woken", exact=True)).to_be_visible()


def test_the_switch_is_pressed_by_the_space_bar(page: Windows, olga: Person):
    window = page(person=olga)
    window.goto("/okr-admin/integration/jira/")
    switch = window.get_by_role("switch", name="Turn on progress update using Jira")
    switch.focus()
    window.keyboard.press("Space")
    expect(window.get_by_role("dialog", name="Integrate with Jira")).to_be_visible()
    window.keyboard.press("Escape")
    expect(switch).to_be_focused()


def test_who_else_may_see_it_is_chosen_by_typing_one_after_the_other(
    page: Windows, olga: Person, cleo: Person, ben: Person, cycle: Cycle
):
    window = page(person=olga)
    window.goto("/objectives/new/")
    window.get_by_label("Title").fill("Salaries are fair")
    window.get_by_label("Confidential").check()
    box = window.get_by_role("combobox", name="Who else may see it")
    for person in (cleo, ben):
        box.focus()
        window.keyboard.type(person.name)
        expect(window.get_by_role("option", name=person.name)).to_be_visible()
        for key in ("ArrowDown", "Enter"):
            window.keyboard.press(key)
        expect(window.get_by_role("checkbox", name=person.name)).to_be_checked()
        expect(box).to_have_value("")
    window.get_by_role("checkbox", name=ben.name).uncheck()
    window.get_by_role("button", name="Create objective").click()
    expect(window.get_by_role("heading", level=1, name="Salaries are fair")).to_be_visible()
    assert list(Objective.objects.get(title="Salaries are fair").viewers.all()) == [cleo]
