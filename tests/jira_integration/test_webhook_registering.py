"""The webhook is entered in Jira by itself where the account may; else a person is told how."""

import re
import time

import pytest

from atlassian.allowed_calls import policy_from_settings
from jira_integration import registering, sync
from jira_integration.client import CloudClient, Credentials, Hook
from jira_integration.models import Hosting, JiraConnection, WebhookReceiver
from jira_integration.webhooks import ISSUE_EVENTS
from okr.models import Role
from tests.cast import signed_in
from tests.jira_integration.events import body_of, send
from tests.jira_integration.seen import HTMX
from tests.jira_integration.stage import connect

MANAGE = "/okr-admin/integration/jira/manage/"
ADMIN = ("ada@larkspur.example", "sandbox-admin-token")


@pytest.fixture
def by_admin(jira, db) -> JiraConnection:
    """Connected as an account that administers Jira."""
    jira.email, jira.token = ADMIN
    return connect(jira)


def test_an_account_that_may_registers_the_webhook(jira, by_admin):
    receiver = registering.register(by_admin)

    (hook,) = jira.site.hooks.values()
    assert (hook.url, hook.secret, hook.events) == (receiver.url, receiver.secret, ISSUE_EVENTS)
    assert (receiver.number_in_jira, receiver.failure_code) == ("1", "")


def test_registering_again_leaves_one_behind(jira, by_admin):
    before = registering.register(by_admin)
    after = registering.register(by_admin)

    assert [hook.url for hook in jira.site.hooks.values()] == [after.url] != [before.url]


def test_removing_takes_it_out_of_jira(jira, by_admin):
    registering.register(by_admin)

    registering.remove(by_admin)

    assert not jira.site.hooks
    assert not WebhookReceiver.objects.exists()


def test_it_is_removed_here_even_if_jira_is_away(jira, by_admin):
    registering.register(by_admin)
    jira.fault("500")

    registering.remove(by_admin)

    assert not WebhookReceiver.objects.exists()


def test_an_account_that_may_not_is_told_apart(jira, connection):
    receiver = registering.register(connection)

    assert not jira.site.hooks
    assert (receiver.number_in_jira, receiver.failure_code) == ("", "forbidden")


def test_connecting_registers_and_replacing_the_jira_removes(jira, by_admin, settings):
    registering.on_connecting(by_admin)
    first = WebhookReceiver.objects.get()
    registering.on_connecting(by_admin)

    assert WebhookReceiver.objects.get() == first
    registering.remove(by_admin)
    assert not jira.site.hooks


@pytest.mark.parametrize(
    ("address", "from_the_internet", "from_within"),
    [
        ("https://okr.example.com", True, True),
        ("http://127.0.0.1:8000", False, False),
        ("http://localhost:8000", False, False),
        ("http://[::1]:8000", False, False),
        ("http://10.1.2.3", False, True),
        ("https://okr.intern.local", False, True),
        ("https://okr", False, True),
    ],
)
def test_a_jira_on_the_internet_does_not_reach_a_private_address(
    settings, address, from_the_internet, from_within
):
    settings.PUBLIC_ADDRESS, settings.JIRA_ALLOWED_HOSTS = address, []

    cloud = JiraConnection(server="https://larkspur.atlassian.net")
    beside_us = JiraConnection(server="https://jira.intern", hosting=Hosting.DATA_CENTER)

    assert registering.can_be_reached(cloud) is from_the_internet
    assert registering.can_be_reached(beside_us) is from_within


def test_the_page_says_that_jira_cannot_reach_us(settings, connection, olga):
    settings.PUBLIC_ADDRESS, settings.JIRA_ALLOWED_HOSTS = "http://127.0.0.1:8000", []

    page = signed_in(olga).get(MANAGE).content.decode()

    assert "Jira cannot reach http://127.0.0.1:8000" in page
    assert "Register in Jira" not in page


def test_what_to_enter_is_shown_once_and_may_be_asked_for_again_without_harm(connection, olga):
    client = signed_in(olga)

    answer = client.post(f"{MANAGE}events/register/")

    assert (answer.status_code, answer["Location"]) == (302, f"{MANAGE}#events")
    receiver = WebhookReceiver.objects.get()
    shown = client.get(MANAGE).content.decode()
    assert receiver.url in shown
    assert receiver.secret in shown
    assert "may not register webhooks" in shown
    again = client.get(MANAGE).content.decode()
    assert receiver.url not in again
    assert receiver.secret not in again
    assert WebhookReceiver.objects.get() == receiver


def test_it_is_shown_to_nobody_but_who_asked(connection, olga, ada):
    client = signed_in(olga)
    client.post(f"{MANAGE}events/by-hand/")
    ada.role = Role.OKR_ADMIN
    ada.save()

    seen = signed_in(ada).get(MANAGE).content.decode()

    assert WebhookReceiver.objects.get().secret not in seen


def test_by_hand_makes_a_new_address_and_the_first_event_confirms_it(connection, olga):
    client = signed_in(olga)
    client.post(f"{MANAGE}events/by-hand/")
    assert "No events yet" in client.get(MANAGE).content.decode()
    waiting = client.get(f"{MANAGE}events/", headers=HTMX).content.decode()
    assert 'hx-trigger="every 3s"' in waiting

    send(WebhookReceiver.objects.get(), body_of(1))

    part = client.get(f"{MANAGE}events/", headers=HTMX).content.decode()
    assert re.search(r"First event received \d\d:\d\d", part)
    assert "hx-trigger" not in part
    assert "It works: Jira tells us of changes." in part
    assert (
        "Events arrive; last"
        in client.get("/okr-admin/integration/jira/activity/").content.decode()
    )


@pytest.mark.parametrize("name", ["register", "by-hand", "remove"])
def test_a_change_is_asked_about_first_and_a_reload_changes_nothing(connection, olga, name):
    receiver = WebhookReceiver.objects.open_for(connection)

    page = signed_in(olga).get(f"{MANAGE}events/{name}/")

    assert (page.status_code, WebhookReceiver.objects.get()) == (200, receiver)
    assert re.search(r"<h1>(Register|Enter|Remove) the webhook", page.content.decode())


def test_without_htmx_the_state_of_events_is_on_its_page(connection, olga):
    assert signed_in(olga).get(f"{MANAGE}events/")["Location"] == f"{MANAGE}#events"


@pytest.mark.parametrize("name", ["", "register/", "by-hand/", "remove/"])
def test_somebody_else_sees_and_changes_nothing(connection, ben, name):
    client = signed_in(ben)

    assert client.get(f"{MANAGE}events/{name}").status_code == 403
    assert not name or client.post(f"{MANAGE}events/{name}").status_code == 403
    assert not WebhookReceiver.objects.exists()


def test_a_removed_webhook_is_gone_from_the_page(connection, olga):
    client = signed_in(olga)
    client.post(f"{MANAGE}events/by-hand/")

    page = client.post(f"{MANAGE}events/remove/", follow=True).content.decode()

    assert "Jira does not tell us of changes." in page


def test_a_move_in_jira_moves_the_number_without_a_poll(jira, linked, live_server, settings):
    settings.PUBLIC_ADDRESS = live_server.url
    receiver = WebhookReceiver.objects.open_for(JiraConnection.objects.get())
    site = JiraConnection.objects.get().site
    with CloudClient(site, Credentials(*ADMIN), policy_from_settings()) as admin:
        admin.register_webhook(Hook("Us", receiver.url, receiver.secret, ISSUE_EVENTS))

    jira.move("DEMO-10", "Done")

    wait_for_event(receiver)
    sync.run_waiting(receiver.connection_id)
    linked.refresh_from_db()
    assert linked.progress == 75


def wait_for_event(receiver: WebhookReceiver) -> None:

    patience = time.monotonic() + 10
    while not receiver.deliveries.exists() and time.monotonic() < patience:
        time.sleep(0.02)
    time.sleep(0.1)
