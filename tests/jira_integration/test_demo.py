"""What the demo links exists on both sides: the key result, and work in the sandbox."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from jira_integration.demo import LEFT_TO_LINK, LINKS
from jira_sandbox.jql.search import prepare
from jira_sandbox.model.seeding import seeded_site
from jira_sandbox.model.viewer import Viewer
from okr.demo import story

NOW = datetime(2026, 11, 20, tzinfo=UTC)
MANUAL = {row.title: row.entered for objective in story.RUNNING for row in objective.key_results}


@pytest.fixture(scope="module")
def viewer():
    site = seeded_site("company", lambda: NOW)
    bot = next(account for account in site.accounts.values() if account.name == "bot")
    return Viewer(site, bot)


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.key_result)
def test_a_linked_key_result_finds_work(link, viewer):
    assert link.key_result in MANUAL
    filtered = f"filter = {link.saved_filter}" if link.saved_filter else ""
    issues = f"parent = {link.key}" if link.below is not None else f"key = {link.key}"
    found = prepare(link.jql or filtered or issues, viewer, NOW).issues()
    assert len(found) >= (4 if issues.startswith("parent") or not link.key else 1)


def test_nothing_is_linked_twice():
    titles = Counter([*(link.key_result for link in LINKS), *LEFT_TO_LINK])
    assert max(titles.values()) == 1


@pytest.mark.parametrize(("title", "epic"), LEFT_TO_LINK.items())
def test_what_is_left_to_link_carries_the_name_of_its_epic(title, epic, viewer):
    assert title in MANUAL
    assert viewer.site.issue(epic).summary == title


@pytest.mark.parametrize("link", [link for link in LINKS if link.below is not None], ids=str)
def test_an_epic_carries_the_name_of_its_key_result(link, viewer):
    epic = viewer.site.issue(link.key)
    assert epic.summary == link.key_result
