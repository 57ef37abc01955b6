"""Acceptance: what somebody may not do is refused in words, and what they may not see is absent."""

import pytest
from playwright.sync_api import expect

from jira_integration.models import IntegrationSettings, JiraConnection
from okr.models import KeyResult, Person
from tests.browser.conftest import Windows
from tests.jira_integration.stage import link, read

pytestmark = pytest.mark.browser


def test_who_is_no_admin_gets_403_in_words_and_no_way_to_the_room(page: Windows, ben: Person):
    window = page(person=ben)
    response = window.goto("/okr-admin/integration/jira/")

    assert response is not None
    assert response.status == 403
    main = window.get_by_role("main")
    expect(main).to_contain_text("This page is for OKR admins. If you need it, ask an OKR admin.")
    page.complaints.clear()  # the browser reports the 403
    main.get_by_role("link", name="Back to My OKRs").click()
    expect(window.get_by_role("heading", name="My OKRs")).to_be_visible()
    assert "okr-admin" not in window.content()


def test_without_jira_access_no_page_holds_the_key_of_an_issue(
    page: Windows, ben: Person, olga: Person, connection: JiraConnection, key_result: KeyResult
):
    link(key_result, "DEMO-8")
    link(key_result, jql="project = DEMO")
    read(key_result)
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))
    window = page(person=ben)
    address, check_in = f"/key-results/{key_result.pk}/", "check-in/"

    window.goto(address)
    expect(window.get_by_role("region", name="Why is it 62%?")).to_contain_text(
        "13 Jira issues: 7 Done, 2 In Progress, 4 To Do."
        " Issue names are shown to people with Jira access."
    )
    expect(window.get_by_role("link", name="Link Jira issue")).to_have_count(0)
    links = key_result.jira_links.values_list("pk", flat=True)
    removals = [f"/key-results/jira/{pk}/remove/" for pk in links]
    for place in (address, f"{address}{check_in}", "/my/", *removals):
        window.goto(place)
        assert "DEMO" not in window.content(), place


def test_outside_the_allowlist_the_way_to_link_is_closed_and_says_how_to_open_it(
    page: Windows, ben: Person, olga: Person, connection: JiraConnection, key_result: KeyResult
):
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))
    window = page(person=ben)
    window.goto(f"/key-results/{key_result.pk}/")
    sentence = (
        "Linking Jira issues is not turned on for your account. "
        "Ask an OKR admin to add you under User Access Control."
    )
    expect(window.get_by_text(sentence)).to_be_visible()

    window.goto(f"/key-results/{key_result.pk}/jira/")
    expect(window.get_by_text(sentence)).to_be_visible()
    page.complaints.clear()  # the browser reports the 403
