"""Acceptance: what OKR admins keep in order, with JavaScript switched off."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from okr.models import Cycle, Objective, Person, Policy, Tag, Unit
from tests.browser.conftest import Windows
from tests.browser.test_without_javascript import follow, heading, press, says
from tests.cast import make_key_result, make_objective, make_unit

pytestmark = pytest.mark.browser

TITLE = "Clinics trust the schedule"
COLUMNS = "objective,owner_email,key_result,kind,start,target\n"
ROWS = COLUMNS + "{0},{1},Appointments kept,percent,0,80\nNobody owns this,ghost@x.example,,,,\n"


@pytest.fixture
def olga_at(page: Windows, olga: Person) -> Page:
    return page(person=olga, javascript=False)


@pytest.fixture
def objective(ben: Person, cycle: Cycle) -> Objective:
    objective = make_objective(ben, cycle, title=TITLE)
    make_key_result(objective, at="20")
    return objective


def test_the_policies_are_decided(olga_at: Page, page: Windows, ben: Person, cycle: Cycle):
    olga_at.goto("/okr-admin/policies/")
    olga_at.get_by_label("New objectives need approval").check()
    press(olga_at, "Save policies")
    says(olga_at, "The policies are saved.")
    assert Policy.load().approval_on

    theirs = page(person=ben, javascript=False)
    theirs.goto("/objectives/new/")
    theirs.get_by_label("Title", exact=True).fill(TITLE)
    press(theirs, "Create objective")
    expect(theirs.get_by_role("link", name="Send for approval")).to_be_visible()


def test_somebody_comes_and_somebody_hands_over_and_leaves(
    olga_at: Page, ada: Person, ben: Person, objective: Objective
):
    olga_at.goto("/okr-admin/people/")
    follow(olga_at, "Add person")
    olga_at.get_by_label("Name", exact=True).fill("Dana Holt")
    olga_at.get_by_label("E-mail address").fill("dana@larkspur.example")
    olga_at.get_by_label("Manager").fill(ada.email)
    olga_at.get_by_role("radio", name="Employee").check()
    press(olga_at, "Add person")
    heading(olga_at, "Dana Holt")
    dana = Person.objects.get(name="Dana Holt")
    assert dana.manager == ada

    olga_at.goto(f"/okr-admin/people/{ben.pk}/")
    follow(olga_at, "Deactivate")
    olga_at.get_by_label("New owner").fill(ada.email)
    press(olga_at, "Deactivate")
    says(olga_at, "Ben Okafor is deactivated.")
    expect(olga_at.get_by_role("link", name="Reactivate")).to_be_visible()
    objective.refresh_from_db()
    assert objective.owner == ada


def test_objectives_come_from_a_file(olga_at: Page, ben: Person, cycle: Cycle, tmp_path: Path):
    path = tmp_path / "okrs.csv"
    path.write_text(ROWS.format(TITLE, ben.email))
    olga_at.goto(f"/imports/objectives-{cycle.pk}/")
    olga_at.get_by_label("CSV file").set_input_files(path)
    press(olga_at, "Check the file")
    expect(olga_at.get_by_text("Nothing is written yet")).to_be_visible()
    assert not Objective.objects.exists()

    press(olga_at, "Import 1 row")
    expect(olga_at.get_by_text("1 row imported, 1 rejected.")).to_be_visible()
    with olga_at.expect_download() as coming:
        follow(olga_at, "Rejected rows")
    coming.value.save_as(tmp_path / "rejected.csv")
    assert "ghost@x.example" in (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig")
    assert Objective.objects.get().key_results.count() == 1


def test_a_unit_is_added_moved_and_deleted(olga_at: Page, ada: Person):
    olga_at.goto("/okr-admin/units/")
    follow(olga_at, "Add unit")
    olga_at.get_by_label("Name", exact=True).fill("Storage")
    olga_at.get_by_label("Lead").fill(ada.email)
    press(olga_at, "Add unit")
    says(olga_at, "Storage is saved.")

    follow(olga_at, "Storage")
    olga_at.get_by_label("Within").fill("Platform")
    press(olga_at, "Save")
    says(olga_at, "Storage is saved.")
    assert Unit.objects.get(name="Storage").parent == ada.unit

    follow(olga_at, "Delete Storage")
    press(olga_at, "Delete unit")
    says(olga_at, "Storage is deleted.")


def test_a_unit_with_people_is_not_deleted(olga_at: Page, ada: Person):
    make_unit("Empty")
    olga_at.goto("/okr-admin/units/")
    follow(olga_at, "Delete Platform")
    expect(olga_at.get_by_text("Platform cannot be deleted yet.")).to_be_visible()
    expect(olga_at.get_by_role("button", name="Delete unit")).to_have_count(0)


def test_a_tag_is_merged_into_another(olga_at: Page, objective: Objective):
    objective.tag(["Clinic"])
    clinics = Tag.objects.create(name="Clinics")
    olga_at.goto("/okr-admin/tags/")
    follow(olga_at, "Merge Clinic")
    olga_at.get_by_label("Merge into").select_option(str(clinics.pk))
    press(olga_at, "Merge")
    says(olga_at, "“Clinic” is merged into “Clinics”.")
    assert list(objective.tags.all()) == [clinics]


def test_an_employee_is_refused(page: Windows, ben: Person):
    window = page(person=ben, javascript=False)
    for address in ("policies", "people", "units", "tags"):
        answer = window.goto(f"/okr-admin/{address}/")
        assert answer is not None
        assert answer.status == 403
    page.complaints.clear()  # the browser reports the refusals
