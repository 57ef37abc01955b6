"""The page with the switch: who reaches it, what it says, and how the switch is turned."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jira_integration.client import RateLimited, WrongCredentials
from jira_integration.models import IntegrationSettings, JiraConnection, SyncRun, Trigger
from okr.models import KeyResult
from tests.cast import signed_in
from tests.jira_integration.seen import HTMX, switch_is_on, tag, url, words
from tests.jira_integration.stage import link, progress, read

COPY = "This page is for OKR admins. If you need it, ask an OKR admin."
PAGES = [
    ("integration",),
    ("connect",),
    ("address",),
    ("turn_off",),
    ("manage",),
    ("credentials",),
    ("percentages",),
    ("percentages_preview",),
    ("recalculation", 1),
    ("access",),
    ("users",),
    ("activity",),
]
DEEDS = [
    ("switch",),
    ("connect",),
    ("turn_off",),
    ("test",),
    ("credentials",),
    ("percentages",),
    ("access",),
    ("users",),
    ("sync_now",),
    ("cancel", 1),
]


@pytest.fixture
def admin(olga):
    return signed_in(olga)


@pytest.mark.parametrize("place", PAGES, ids=lambda place: place[0])
def test_only_admins_read_the_pages_of_the_room(ada, ben, place):
    for person in (ada, ben):
        response = signed_in(person).get(url(*place))
        assert response.status_code == 403
        assert COPY in words(response)
    assert Client().get(url(*place)).status_code == 302


@pytest.mark.parametrize("place", DEEDS, ids=lambda place: place[0])
def test_nobody_else_changes_anything_in_the_room(connection, ada, ben, place):
    before = JiraConnection.objects.values().get(), IntegrationSettings.objects.values().get()
    for person in (ada, ben):
        response = signed_in(person).post(url(*place), {"save": "1", "who_may_link": "all"})
        assert response.status_code == 403
    after = JiraConnection.objects.values().get(), IntegrationSettings.objects.values().get()
    assert after == before
    assert not SyncRun.objects.exists()


@pytest.mark.parametrize("place", DEEDS, ids=lambda place: place[0])
def test_a_change_needs_the_token_of_its_form(connection, olga, place):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(olga)
    assert careful.post(url(*place)).status_code == 403


@pytest.mark.parametrize("place", [("switch",), ("test",), ("sync_now",), ("cancel", 1)])
def test_a_link_can_change_nothing(admin, place):
    assert admin.get(url(*place)).status_code == 405


def test_a_fresh_installation_shows_the_switch_off(admin):
    response = admin.get(url("integration"))
    switch = tag(response, 'role="switch"')
    assert 'aria-checked="false"' in switch
    assert f'data-dialog="{url("connect")}"' in switch
    assert ">Turn on progress update using Jira</button>" in response.content.decode()
    assert "Manage Integration" not in words(response)
    assert "Progress updates are off. Key results are updated by hand." in words(response)


def test_the_navigation_leads_admins_here_and_nobody_else(admin, ben):
    page = admin.get(reverse("okr:integrations"))
    assert f'href="{url("integration")}"' in page.content.decode()
    assert "Jira Integration" in words(page)
    assert "Jira" not in words(signed_in(ben).get(reverse("okr:my")))


def test_without_credentials_the_switch_leads_to_the_dialog(admin):
    assert admin.post(url("switch")).url == url("connect")
    assert not switch_is_on(admin)


def test_manage_integration_stands_above_the_switch(connection, admin):
    content = admin.get(url("integration")).content.decode()
    assert content.index("Manage Integration") < content.index('role="switch"')


def test_turning_off_asks_first(connection, admin):
    page = admin.get(url("integration"))
    assert f'data-dialog="{url("turn_off")}"' in tag(page, 'role="switch"')
    assert admin.post(url("switch")).url == url("turn_off")
    asked = words(admin.get(url("turn_off"), headers=HTMX))
    assert "Turn off progress updates?" in asked
    assert (
        "Links and credentials are kept. Progress stays as it is and can be edited by hand."
        in asked
    )
    assert switch_is_on(admin)


def test_turned_off_progress_stays_and_links_and_credentials_are_kept(
    connection, key_result, admin
):
    link(key_result, "DEMO-8")
    read()
    before = progress(key_result)
    assert admin.post(url("turn_off"), headers=HTMX).headers["HX-Redirect"] == url("integration")
    key_result.refresh_from_db()
    assert (key_result.progress, key_result.tracked_by) == (before, "")
    assert key_result.jira_links.count() == 1
    assert JiraConnection.objects.exists()
    assert not switch_is_on(admin)
    assert admin.get(url("turn_off")).url == url("integration")


def test_turned_on_again_jira_is_asked_first(jira, connection, key_result, admin):
    link(key_result, "DEMO-8")
    admin.post(url("turn_off"))
    jira.forget_calls()

    response = admin.post(url("switch"), follow=True)

    assert any("myself" in call.path for call in jira.calls)
    assert "Connected to" in words(response)
    assert switch_is_on(admin)
    assert KeyResult.objects.get().tracked_by == "jira"
    assert SyncRun.objects.filter(trigger=Trigger.CONNECT).exists()


def test_turned_on_again_with_a_dead_token_the_dialog_opens_at_the_cause(jira, connection, admin):
    admin.post(url("turn_off"))
    jira.fault("401", path="*/myself")

    response = admin.post(url("switch"), headers=HTMX)

    assert response.status_code == 422
    assert "Integrate with Jira" in words(response)
    assert "Jira did not accept this email and token." in words(response)
    assert "Signed in : failed" in words(response)
    assert f'action="{url("connect")}"' in response.content.decode()
    assert not switch_is_on(admin)


def test_the_page_says_healthy_with_the_last_and_the_next_sync(connection, key_result, admin):
    link(key_result, "DEMO-8")
    read()
    seen = words(admin.get(url("integration")))
    assert "Healthy" in seen
    assert "1 key result follows Jira." in seen
    assert "Last sync Today at" in seen
    assert "Next sync Today at" in seen


def test_a_reading_as_nobody_leaves_every_number_and_turns_the_health_to_failing(
    jira, connection, key_result, admin
):
    link(key_result, jql="project = DEMO")
    read()
    before = progress(key_result)
    jira.fault("anonymous", path="*/search/jql")
    read()
    assert progress(key_result) == before
    seen = words(admin.get(url("integration")))
    assert "Failing" in seen
    assert "answers as if nobody were signed in" in seen
    assert "Review Jira Credentials" in seen
    assert "None until Jira is connected again" in seen


def test_delayed_differs_from_failing(connection, admin):
    now = timezone.now()
    connection.failed(
        RateLimited(host="jira", until=now + timedelta(minutes=5), scope="connection"), now
    )
    seen = words(admin.get(url("integration")))
    assert "Delayed" in seen
    assert "Failing" not in seen
    assert "Jira asked us to slow down." in seen


def test_a_sync_that_nobody_starts_is_delayed(connection, admin):
    JiraConnection.objects.update(next_read_at=timezone.now() - timedelta(minutes=9))
    seen = words(admin.get(url("integration")))
    assert "Delayed" in seen
    assert "has not started yet" in seen
    assert "background worker" in seen


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(29, "The API token expires on"), (-1, "The API token was to expire on"), (31, "")],
)
def test_the_end_of_the_token_is_announced_a_month_before(connection, admin, days, sentence):
    ends_on = timezone.localdate() + timedelta(days=days)
    JiraConnection.objects.update(token_expires_on=ends_on)
    seen = words(admin.get(url("integration")))
    assert (sentence in seen) if sentence else ("The API token" not in seen)


def test_the_test_shows_proof(connection, admin):
    response = admin.post(url("test"), headers=HTMX)
    assert response.status_code == 200
    assert "as Larkspur OKR Bot. 2 projects visible. DEMO-" in words(response)


def test_a_failed_test_says_why_and_stops_the_sync(jira, connection, admin):
    jira.fault("captcha")
    response = admin.post(url("test"), headers=HTMX)
    assert "The test failed. Jira wants a CAPTCHA" in words(response)
    assert JiraConnection.objects.get().suspended


def test_a_passed_test_takes_a_failing_connection_up_again(connection, admin):
    connection.failed(WrongCredentials(host="jira", email="bot"), timezone.now())
    admin.post(url("test"))
    connection.refresh_from_db()
    assert (connection.suspended, connection.failure_code) == (False, "")
    assert SyncRun.objects.filter(trigger=Trigger.CONNECT).exists()


def test_a_token_that_cannot_be_opened_is_asked_for_again(jira, connection, admin):
    JiraConnection.objects.update(sealed_token="x")
    response = admin.post(url("test"))
    assert "The saved token can no longer be opened. Enter it again." in words(response)
    assert not jira.calls
