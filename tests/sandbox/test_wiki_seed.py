"""The wiki of the seeds, and the file in which it is kept."""

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jira_sandbox.board.storage_view import shown
from jira_sandbox.confluence.storage import text_of
from jira_sandbox.model.seeding import seeded_site
from jira_sandbox.model.site import Site
from jira_sandbox.model.state_file import StateFileError, kept_site
from tests.sandbox.conftest import NOON, at_noon

SEEDS = ("company", "small")


def outline(site: Site) -> list[tuple[Any, ...]]:
    return [
        (page.id, page.parent, page.readers, page.locked, page.status, tuple(page.versions))
        for page in site.wiki.pages.values()
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_version_of_the_seed_can_be_read(seed: str) -> None:
    for page in seeded_site(seed, at_noon).wiki.pages.values():
        for version in page.versions:
            assert text_of(version.body)
            assert "<small>[" not in shown(version.body, lambda title: f"/{title}")


@pytest.mark.parametrize("seed", SEEDS)
def test_versions_follow_each_other_and_lie_in_the_past(seed: str) -> None:
    for page in seeded_site(seed, at_noon).wiki.pages.values():
        moments = [version.at for version in page.versions]
        assert moments == sorted(moments)
        assert moments[-1] < NOON
        assert [version.number for version in page.versions] == list(range(1, len(moments) + 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_space_has_a_home_and_every_page_stands_below_it(seed: str) -> None:
    wiki = seeded_site(seed, at_noon).wiki
    for page in wiki.pages.values():
        top = [page, *wiki.above(page)][-1]
        assert top is wiki.home(page.space)


def test_titles_of_the_company_are_taken_once_in_each_space() -> None:
    pages = seeded_site("company", at_noon).wiki.pages.values()
    names = [(page.space.key, page.title.casefold()) for page in pages if not page.trashed]
    assert len(names) == len(set(names)) == 21


def test_a_restart_finds_the_wiki_as_it_was_left(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.json"
    site = kept_site(state, "small", at_noon)
    wiki, ada = site.wiki, site.admin
    made = wiki.create(wiki.spaces["DEMO"], "Review", "<p>New &amp; <b>bold</b></p>", ada)
    wiki.amend(made, "<p>Newer</p>", ada)
    wiki.restrict(wiki.page(65569), ["ada"])
    wiki.trash(wiki.page(65729))
    wiki.archive(wiki.page(65601))
    wiki.purge(wiki.page(65697))
    again = kept_site(state, "company", at_noon)
    assert outline(again) == outline(site)
    following = again.wiki.create(again.wiki.spaces["DEMO"], "Next", "", again.admin)
    assert following.id > made.id


def test_a_file_of_before_the_wiki_gets_the_pages_of_its_seed(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.json"
    fresh = outline(kept_site(state, "small", at_noon))
    body = json.loads(state.read_text())
    del body["wiki"]
    state.write_text(json.dumps(body))
    assert outline(kept_site(state, "small", at_noon)) == fresh


@pytest.mark.parametrize("kept", [{}, {"pages": [[1]], "next_id": 1}, {"pages": 3}])
def test_a_damaged_wiki_is_named(tmp_path: Path, kept: dict[str, Any]) -> None:
    state = tmp_path / "sandbox.json"
    kept_site(state, "small", at_noon)
    state.write_text(json.dumps(json.loads(state.read_text()) | {"wiki": kept}))
    with pytest.raises(StateFileError, match=r"sandbox\.json"):
        kept_site(state, "small", at_noon)


def test_the_seed_follows_the_day_of_the_first_start() -> None:
    def days(site: Site) -> Iterable[Any]:
        return [version.at for page in site.wiki.pages.values() for version in page.versions]

    later = seeded_site("small", lambda: NOON + timedelta(days=3))
    moved = [at + timedelta(days=3) for at in days(seeded_site("small", at_noon))]
    assert days(later) == moved
