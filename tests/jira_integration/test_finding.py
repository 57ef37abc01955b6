"""A linked issue's key or summary finds its key result, for those who may see both."""

import pytest

from jira_integration.models import IntegrationSettings
from okr.models import Person, Visibility
from tests.cast import signed_in
from tests.jira_integration.stage import link

pytestmark = pytest.mark.usefixtures("connection")
GROUP = "Key results by Jira issue"


def hits(person, query):
    groups = signed_in(person).get("/search/", {"q": query}).context["groups"]
    return [(hit.title, hit.note) for group in groups if group.name == GROUP for hit in group.hits]


def test_a_key_finds_its_key_result_exactly_first(followed, cleo):
    found = hits(cleo, "demo-1")
    assert found[0][0] == "Clinics set up by themselves"
    assert found[0][1].startswith("DEMO-1 ")
    assert len(found) == 5


def test_words_of_a_summary_find_it_too(followed, cleo):
    assert [note.split()[0] for _, note in hits(cleo, "opening hours")]


def test_an_issue_that_was_not_read_yet_is_found(key_result, cleo):
    link(key_result, "DEMO-8")
    assert len(hits(cleo, "DEMO-8")) == 1


def test_without_jira_access_nothing_is_found(followed, cleo, olga):
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))
    assert hits(cleo, "demo-1") == []
    assert b"DEMO" not in signed_in(cleo).get("/search/?q=opening+hours").content
    assert len(hits(olga, "demo-1")) == 5


def test_with_the_switch_off_nothing_is_found(followed, olga):
    IntegrationSettings.load().turn_off()
    assert hits(olga, "demo-1") == []


def test_a_confidential_key_result_is_not_found_by_its_issue(followed, cleo, olga):
    objective = followed.objective
    objective.visibility = Visibility.CONFIDENTIAL
    objective.keep()
    assert hits(cleo, "demo-1") == []
    assert hits(olga, "demo-1") != []
