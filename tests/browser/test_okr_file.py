"""OKRs as a file, as somebody without scripts brings it, and as everybody can use its pages."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from okr.models import Objective, Person
from tests.browser.axe import axe, inspect
from tests.browser.conftest import Windows
from tests.browser.test_without_javascript import press
from tests.cast import make_key_result, make_objective

pytestmark = pytest.mark.browser


@pytest.fixture
def objective(ben: Person, cycle):
    objective = make_objective(ben, cycle, title="Calm releases")
    make_key_result(objective, "40", title="Lead time")
    objective.tag(["Speed"])
    return objective


def test_a_file_is_taken_away_mended_and_brought_back_without_javascript(
    page: Windows, ben: Person, objective: Objective, tmp_path: Path
):
    window = page(person=ben, javascript=False)
    window.goto("/okr-file/")
    with window.expect_download() as download:
        window.get_by_role("button", name="Download").click()
    text = Path(download.value.path()).read_text()
    file = tmp_path / "okrs.yaml"
    file.write_text(text.replace("title: Calm", "titel: Calm"))

    window.get_by_label("File", exact=True).set_input_files(file)
    press(window, "Show what it would change")
    expect(window.get_by_text("objectives.calm-releases.titel")).to_be_visible()
    expect(window.locator("mark", has_text="titel:")).to_be_visible()
    window.get_by_label("Or its text").fill(text.replace("title: Calm", "title: Calmer"))
    press(window, "Show what it would change")
    press(window, "Make 1 change")

    expect(window.get_by_text("1 change made.")).to_be_visible()
    objective.refresh_from_db()
    assert objective.title == "Calmer releases"


def test_faults_and_a_plan_are_usable_by_everybody(
    page: Windows, ben: Person, objective: Objective
):
    window = page(person=ben)
    window.goto("/okr-file/")
    with window.expect_download() as download:
        window.get_by_role("button", name="Download").click()
    text = Path(download.value.path()).read_text()
    area = window.get_by_label("Or its text")
    area.fill(text.replace("title: Calm", f"weight: {'much ' * 60}\n    title: Calm"))
    press(window, "Show what it would change")
    expect(window.locator("error-summary")).to_be_focused()
    inspect(window)

    changed = text.replace("- Speed", "- Safety").partition("    key_results:")[0]
    area.fill(f"{changed}    key_results:\n      new-one:\n        title: {'New ' * 40}\n")
    window.get_by_label("Delete what the file leaves out").check()
    press(window, "Show what it would change")
    inspect(window)
    press(window, "Make 3 changes")
    axe(window)
