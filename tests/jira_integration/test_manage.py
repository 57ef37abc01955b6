"""`Manage Integration`: three sections, and credentials that never leave their address."""

from datetime import date

import pytest

from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    SyncRun,
    Trigger,
    WhoMayLink,
)
from jira_sandbox.testing import running_sandbox
from tests.cast import signed_in
from tests.jira_integration.seen import HTMX, headings, labels, tag, url, value, words
from tests.jira_integration.stage import host_of, read

TOKEN_AGAIN = "Enter the token again. A saved token is never sent to a new address."


@pytest.fixture
def admin(olga):
    return signed_in(olga)


def sent(jira, **boxes):
    return {"email": jira.email, "server": jira.url, "token": "", "expires_on": "", **boxes}


def test_three_sections_in_order(connection, admin):
    response = admin.get(url("manage"))
    sections = ["Jira Credentials", "Progress Calculation Settings", "User Access Control"]
    assert [each for each in headings(response) if each in sections] == sections
    assert labels(response) == [
        "Email Address (In Jira)",
        "Server",
        "API Token",
        "Token expires on optional",
        "To Do",
        "In Progress",
        "Done",
        "Allow all users",
        "Allow selected users",
    ]


def test_before_anything_is_connected_there_is_nothing_to_manage(admin):
    assert admin.get(url("manage")).url == url("integration")
    assert admin.post(url("credentials")).url == url("manage")


@pytest.mark.parametrize("name", ["credentials", "percentages", "access"])
def test_the_address_of_a_section_leads_to_the_page(connection, admin, name):
    assert admin.get(url(name)).url == url("manage")


def test_the_boxes_show_what_is_saved_except_the_token(jira, connection, admin):
    response = admin.get(url("manage"))
    assert (value(response, "email"), value(response, "server")) == (jira.email, jira.url)
    assert "value=" not in tag(response, 'name="token"')
    assert "Leave empty to keep it." in words(response)


def test_an_empty_box_keeps_the_token_and_its_date(jira, connection, admin):
    saved_at = connection.token_saved_at
    response = admin.post(url("credentials"), sent(jira), follow=True)
    assert "Connected to" in words(response)
    connection.refresh_from_db()
    assert connection.token() == jira.token
    assert connection.token_saved_at == saved_at


def test_the_day_on_which_the_token_ends_can_be_told(jira, connection, admin):
    admin.post(url("credentials"), sent(jira, expires_on="2027-03-31"))
    assert JiraConnection.objects.get().token_expires_on == date(2027, 3, 31)
    response = admin.post(url("credentials"), sent(jira, expires_on="soon"), headers=HTMX)
    assert response.status_code == 422
    assert "Enter a date, as 2027-03-31." in words(response)


@pytest.mark.parametrize(
    "change",
    [
        lambda address: address.replace("127.0.0.1", "localhost"),
        lambda address: address.replace("http:", "https:"),
        lambda address: f"{address}/jira",
        lambda address: address[:-1],
        lambda _: "https://elsewhere.atlassian.net",
    ],
)
def test_a_changed_server_asks_for_the_token_before_anything_is_sent(
    jira, connection, admin, change
):
    before = JiraConnection.objects.values().get()
    response = admin.post(url("credentials"), sent(jira, server=change(jira.url)))
    assert response.status_code == 422
    assert TOKEN_AGAIN in words(response)
    assert not jira.calls
    assert JiraConnection.objects.values().get() == before


def test_another_spelling_of_the_same_server_keeps_the_token(jira, connection, admin):
    spelled = f"{jira.url.replace('http', 'HTTP')}/browse/DEMO-1"
    assert admin.post(url("credentials"), sent(jira, server=spelled)).status_code == 302
    assert jira.calls


@pytest.mark.parametrize("kind", ["401", "403", "captcha", "html", "redirect", "429", "500"])
def test_credentials_that_fail_never_replace_those_that_work(jira, connection, admin, kind):
    before = JiraConnection.objects.values().get()
    jira.fault(kind, path="*/myself")
    response = admin.post(url("credentials"), sent(jira, token="another"), headers=HTMX)
    assert response.status_code == 422
    assert "The saved credentials have not been changed." in words(response)
    assert "another" not in response.content.decode()
    assert JiraConnection.objects.values().get() == before
    assert IntegrationSettings.load().enabled


@pytest.mark.parametrize(("seed", "status"), [("small", 302), ("company", 422)])
def test_links_move_to_another_address_only_if_the_same_jira_is_there(
    jira, followed, admin, settings, seed, status
):
    before = JiraConnection.objects.values().get()
    with running_sandbox(seed) as other:
        settings.JIRA_ALLOWED_HOSTS = [*settings.JIRA_ALLOWED_HOSTS, host_of(other)]
        response = admin.post(url("credentials"), sent(other, token=other.token))
        assert response.status_code == status
        saved = JiraConnection.objects.get().server
        assert saved == (other.url if status == 302 else jira.url)
    if status == 422:
        assert "This is another Jira: none of the linked issues is there." in words(response)
        assert JiraConnection.objects.values().get() == before


def test_without_links_any_jira_may_take_the_place(jira, connection, admin, settings):
    with running_sandbox("company") as other:
        settings.JIRA_ALLOWED_HOSTS = [*settings.JIRA_ALLOWED_HOSTS, host_of(other)]
        response = admin.post(url("credentials"), sent(other, token=other.token))
        assert response.status_code == 302


def test_only_its_own_section_is_answered_to_htmx(jira, connection, admin):
    response = admin.post(url("credentials"), sent(jira), headers=HTMX)
    assert headings(response) == ["Jira Credentials"]
    assert "Connected to" in words(response)


def test_new_credentials_wake_a_suspended_connection(jira, connection, admin):
    jira.fault("401", times=1)
    read()
    assert "We have stopped trying" in words(admin.get(url("manage")))
    admin.post(url("credentials"), sent(jira, token=jira.token))
    connection.refresh_from_db()
    assert not connection.suspended
    assert SyncRun.objects.filter(trigger=Trigger.CONNECT).exists()


def test_while_updates_are_off_nothing_is_read(jira, connection, admin):
    IntegrationSettings.load().turn_off()
    response = admin.post(url("credentials"), sent(jira), headers=HTMX)
    assert "Next sync" not in words(response)
    assert not SyncRun.objects.exists()


def test_at_first_everybody_may_link(connection, admin, ben):
    page = admin.get(url("manage"))
    assert "checked" in tag(page, 'name="who_may_link" value="all"')
    assert "All 3 people may link Jira issues." in words(page)
    assert "hidden" in tag(page, 'id="edit-jira-users"')


def test_selected_users_are_chosen_by_name_before_it_is_saved(connection, admin):
    response = admin.post(url("access"), {"who_may_link": "selected"})
    assert response.url == url("users")
    assert IntegrationSettings.load().who_may_link == WhoMayLink.ALL


def test_once_selected_their_number_is_shown_and_the_list_opens_again(connection, admin, ben):
    admin.post(url("users"), {"save": "1", "person": [ben.pk]})
    page = admin.get(url("manage"))
    assert "1 of 3 people may link Jira issues." in words(page)
    assert "hidden" not in tag(page, 'id="edit-jira-users"')
    settings = IntegrationSettings.load()
    assert settings.may_link(ben)
    assert not settings.may_link(ben.manager)


def test_everybody_may_link_again(connection, admin, ben):
    admin.post(url("users"), {"save": "1", "person": [ben.pk]})
    response = admin.post(url("access"), {"who_may_link": "all"}, follow=True)
    assert "Saved. All 3 people may link Jira issues." in words(response)
    assert IntegrationSettings.load().may_link(ben.manager)


def test_a_choice_that_there_is_not_changes_nothing(connection, admin):
    response = admin.post(url("access"), {"who_may_link": "nobody"})
    assert response.status_code == 422
    assert IntegrationSettings.load().who_may_link == WhoMayLink.ALL
