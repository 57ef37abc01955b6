"""The company of the seed, its weeks, and the file in which it is kept."""

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from jira_sandbox.model.seeding import seeded_site
from jira_sandbox.model.site import Site
from jira_sandbox.model.state_file import StateFileError, kept_site
from jira_sandbox.model.week import let_a_week_pass
from jira_sandbox.testing import running_sandbox
from tests.sandbox.conftest import NOON, at_noon


def outline(site: Site) -> list[tuple[object, ...]]:
    return [
        (issue.id, issue.key, issue.status, issue.updated, issue.resolved, tuple(issue.history))
        for issue in site.issues.values()
    ]


def test_the_company_is_as_large_as_promised() -> None:
    site = seeded_site("company", at_noon)
    kinds = Counter(issue.kind.name for issue in site.issues.values() if issue.project.key != "EXE")

    assert sum(kinds.values()) == 190
    assert kinds["Epic"] == 26
    assert {issue.category for issue in site.issues.values()} == {
        "undefined",
        "new",
        "indeterminate",
        "done",
    }


def test_the_small_seed_has_its_known_counts() -> None:
    with running_sandbox("small", clock=at_noon) as jira:
        counts = Counter(issue.category for issue in jira.issues("DEMO"))

    assert counts == {"done": 7, "indeterminate": 2, "new": 4}


@pytest.mark.parametrize("seed", ["company", "small"])
def test_a_seeded_issue_tells_a_history_that_fits(seed: str) -> None:
    for issue in seeded_site(seed, at_noon).issues.values():
        moments = [issue.created, *(change.at for change in issue.history), issue.updated]
        assert moments == sorted(moments)
        assert issue.updated < NOON
        assert (issue.resolution is not None) == (issue.category == "done")
        assert not issue.history or issue.history[-1].differences[0].new == issue.status.id


def test_the_seed_is_the_same_on_every_machine() -> None:
    assert outline(seeded_site("company", at_noon)) == outline(seeded_site("company", at_noon))


def test_its_dates_follow_the_day_of_the_first_start() -> None:
    later = seeded_site("company", lambda: NOON + timedelta(days=30))
    now = seeded_site("company", at_noon)

    for early, late in zip(now.issues.values(), later.issues.values(), strict=True):
        assert late.created - early.created == timedelta(days=30)


def test_a_week_moves_a_believable_share_forward() -> None:
    site = seeded_site("company", at_noon)
    before = Counter(issue.category for issue in site.issues.values())

    moved = let_a_week_pass(site)
    after = Counter(issue.category for issue in site.issues.values())

    assert 15 <= len(moved) <= 60
    assert after["done"] > before["done"]
    assert after["new"] < before["new"]


def test_the_same_weeks_pass_on_every_machine() -> None:
    one, other = seeded_site("company", at_noon), seeded_site("company", at_noon)
    for _ in range(3):
        let_a_week_pass(one)
        let_a_week_pass(other)

    assert outline(one) == outline(other)


def test_weeks_end_with_everything_done_but_what_is_parked() -> None:
    site = seeded_site("small", at_noon)
    for _ in range(60):
        let_a_week_pass(site)

    assert [issue.category for issue in site.issues.values()].count("done") >= 11


def test_an_epic_ends_with_its_last_child() -> None:
    with running_sandbox(clock=at_noon) as jira:
        for issue in jira.site.children(jira.site.issue("OPS-15")):
            jira.move(issue.key, "Complete")
        moved = jira.let_a_week_pass()

        assert "OPS-15" in [issue.key for issue in moved]
        assert jira.issue("OPS-15").category == "done"


def test_a_restart_finds_the_work_as_it_was_left(tmp_path: Path) -> None:
    state = tmp_path / "deep" / "sandbox.json"
    with running_sandbox(state=state, clock=at_noon) as jira:
        jira.move("PLAT-12", "Released")
        made = jira.create("PLAT", "Written on a Friday", points=3)
        jira.relocate("PLAT-2", "OPS")
        jira.hide("PLAT-3")
        jira.delete("PLAT-4")
        jira.let_a_week_pass()
        left = outline(jira.site)

    with running_sandbox("small", state=state) as again:
        assert outline(again.site) == left
        assert again.issue("PLAT-2").key == "OPS-21"
        assert again.site.issue("PLAT-3").locked
        assert again.site.weeks == 1
        assert again.create("PLAT", "The next one").id == made.id + 1


def test_the_file_is_whole_at_every_moment(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.json"
    with running_sandbox(state=state, clock=at_noon) as jira:
        for number in range(5):
            jira.create("PLAT", f"Issue {number}")
            assert len(json.loads(state.read_text())["issues"]) == 195 + number

    assert [path.name for path in tmp_path.iterdir()] == ["sandbox.json"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"seed": "company", "issues": [{}]}', "no"])
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, text: str) -> None:
    state = tmp_path / "sandbox.json"
    state.write_text(text)

    with pytest.raises(StateFileError, match=r"sandbox\.json"):
        kept_site(state, "company")
    assert state.read_text() == text


def test_thousands_of_issues_are_made_at_once(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.json"
    with running_sandbox("small", state=state, clock=at_noon) as jira:
        written = []
        jira.site.changed.append(lambda: written.append(1))
        made = jira.create_many("DEMO", 3000, status="Done")

        assert len({issue.id for issue in made}) == 3000
        assert written == [1]
        assert len(jira.issues("DEMO")) == 3013
