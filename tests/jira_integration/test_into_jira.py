"""The page `Into Jira`: both switches are off until an admin turns on what Jira lets us do."""

import pytest
from django.utils import timezone

from jira_integration import sync
from jira_integration.into_jira import outbox
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraWriting,
    ShownKeyResult,
)
from tests.cast import signed_in
from tests.jira_integration.seen import HTMX, tag, url, words
from tests.jira_integration.stage import connect, link, read

BOTH = pytest.mark.editions("cloud", "data center")
SHOWS, CREATES = "shows_key_results", "creates_issues"
SWITCHES = pytest.mark.parametrize("name", [SHOWS, CREATES])


@pytest.fixture
def admin(olga):
    return signed_in(olga)


def press(client, name, **more):
    pk = JiraConnection.objects.get().pk
    return client.post(url("into_switch", pk, name), **more)


def read_and_write() -> None:
    """Until the next tick: two comparisons of everything are not made at once."""
    read()
    outbox.tick(timezone.now())
    sync.run_waiting(JiraConnection.objects.get().pk)


def is_on(name: str) -> bool:
    found = JiraWriting.objects.filter(connection=JiraConnection.objects.get()).first()
    return found is not None and getattr(found, name)


def test_both_switches_are_off_and_reached_from_manage_integration(connection, admin):
    assert url("into") in admin.get(url("manage")).content.decode()

    page = admin.get(url("into"))

    for name in (SHOWS, CREATES):
        assert 'aria-checked="false"' in tag(page, f'id="{name}-{connection.pk}"')
    assert "Written as Larkspur OKR Bot" in words(page)


def test_before_anything_is_connected_it_says_so(admin):
    assert "No Jira is connected yet." in words(admin.get(url("into")))


@BOTH
@SWITCHES
def test_a_switch_is_turned_on_once_jira_lets_us(jira, connection, admin, name):
    press(admin, name)

    assert is_on(name)
    assert any("mypermissions" in call.path for call in jira.calls)


@BOTH
@pytest.mark.parametrize(
    ("name", "permission", "sentence"),
    [
        (SHOWS, "LINK_ISSUES", "may link issues in no project"),
        (CREATES, "CREATE_ISSUES", "may create issues in no project"),
    ],
)
def test_a_missing_permission_is_named_and_the_switch_stays_off(
    jira, connection, admin, name, permission, sentence
):
    for project in ("DEMO", "OPS"):
        jira.withhold(permission, project)

    answer = press(admin, name)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not is_on(name)


@SWITCHES
def test_a_token_that_may_only_read_is_found_out_without_a_trace(
    jira, db, admin, settings, name, cycle
):
    settings.JIRA_GATEWAY = jira.url
    connect(jira, jira.scoped_token)
    issues = len(jira.issues())

    answer = press(admin, name)

    assert "write:jira-work" in words(answer)
    assert not is_on(name)
    connect_anew(jira, jira.write_token)
    press(admin, name)
    assert is_on(name)
    assert len(jira.issues()) == issues
    assert not any(jira.remote_links(issue.key) for issue in jira.issues())


def connect_anew(jira, token):
    JiraConnection.objects.all().delete()
    connect(jira, token)


@SWITCHES
def test_while_jira_is_away_the_switch_stays_off_and_says_why(jira, connection, admin, name):
    jira.fault("503")
    assert "out of order" in words(press(admin, name))
    assert not is_on(name)


def test_turning_off_asks_first_and_then_takes_out_what_was_written(
    jira, connection, admin, key_result
):
    press(admin, SHOWS)
    link(key_result, "DEMO-8")
    read_and_write()
    assert jira.remote_links("DEMO-8")
    assert "1 web link in Jira." in words(admin.get(url("into")))

    asked = press(admin, SHOWS, follow=True)
    assert is_on(SHOWS)
    assert "1 web link on issues" in words(asked)

    done = admin.post(url("into_hide", connection.pk), follow=True)
    assert not is_on(SHOWS)
    assert "Taking 1 web link out of Jira." in words(done)
    assert 'hx-trigger="every 2s"' in done.content.decode()
    sync.run_waiting(connection.pk)
    assert jira.remote_links("DEMO-8") == []
    assert "Taking" not in words(admin.get(url("into")))
    key_result.refresh_from_db()
    assert key_result.progress == 50


def test_what_was_already_linked_is_shown_after_turning_on(jira, connection, admin, key_result):
    link(key_result, "DEMO-8")
    read()

    press(admin, SHOWS)
    sync.run_waiting(connection.pk)

    assert [each.title for each in jira.remote_links("DEMO-8")] == [
        "Key result: Clinics set up by themselves – 50%"
    ]


def test_what_jira_refuses_is_listed_and_tried_again_on_request(
    jira, connection, admin, key_result
):
    press(admin, SHOWS)
    jira.withhold("LINK_ISSUES", "DEMO")
    link(key_result, "DEMO-8")
    read_and_write()
    page = words(admin.get(url("into")))
    assert "Could not be written Clinics set up by themselves" in page
    assert "may not link issues in the project of DEMO-8" in page

    jira.site.outside.withheld.clear()
    admin.post(url("into_again", connection.pk))
    sync.run_waiting(connection.pk)

    assert jira.remote_links("DEMO-8")
    assert "Could not be written" not in words(admin.get(url("into")))


def test_a_refused_account_is_told_and_nobody_waits_for_it(jira, connection, admin, key_result):
    press(admin, SHOWS)
    link(key_result, "DEMO-8")
    JiraConnection.objects.update(suspended=True, failure_code="captcha")
    JiraWriting.objects.update(is_stale=True)
    outbox.line_up(JiraWriting.objects.get(), timezone.now())

    page = admin.get(url("into"))

    assert "Jira wants a CAPTCHA" in words(page)
    assert "1 to be written" in words(page)
    assert "every 2s" not in page.content.decode()


def test_htmx_gets_the_cards_alone(jira, connection, admin):
    page = admin.get(url("into"), headers=HTMX).content.decode()
    assert 'id="into-cards"' in page
    assert "<html" not in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_admins_come_here(connection, ben, method):
    client = signed_in(ben)
    pk = connection.pk
    for address in (url("into_hide", pk), url("into_again", pk), url("into_switch", pk, SHOWS)):
        answer = getattr(client, method)(address)
        assert answer.status_code in (403, 405)
    assert signed_in(ben).get(url("into")).status_code == 403
    assert not is_on(SHOWS)


@pytest.mark.parametrize("name", ["version", "shows", "pk"])
def test_there_are_no_other_switches(connection, admin, name):
    assert press(admin, name).status_code == 404
    assert admin.post(url("into_switch", 99_999, SHOWS)).status_code == 404


def test_a_halted_writing_says_so_and_goes_on_after_connecting_again(
    jira, db, admin, settings, key_result
):
    settings.JIRA_GATEWAY = jira.url
    connection = connect(jira, jira.scoped_token)
    IntegrationSettings.load().turn_on()
    JiraWriting.objects.of(connection).switch(SHOWS, on=True)
    link(key_result, "DEMO-8")
    read()
    assert "write:jira-work" in words(admin.get(url("into")))
    assert ShownKeyResult.objects.get().is_due
