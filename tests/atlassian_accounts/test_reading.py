"""Accounts are read page by page; what is cut short goes on, and what is refused spoils nothing."""

from django.utils import timezone

from atlassian_accounts import reading
from atlassian_accounts.models import (
    Account,
    AccountsRead,
    AccountsSettings,
    OrganizationConnection,
    Stage,
    State,
    Trigger,
)
from atlassian_accounts.reading.leases import give_back, lease
from tests.atlassian_accounts.stage import account, connect_site, read


def test_a_reading_mirrors_every_account_with_status_roles_groups_and_products(connection):
    run = read(connection)
    assert (run.state, run.read, run.added, run.gone) == (State.DONE, 12, 12, 0)
    ada = account("ada@larkspur.example")
    assert (ada.role_names, ada.status, ada.is_managed) == (["org-admin"], "active", True)
    assert sorted(ada.groups.values_list("name", flat=True)) == ["admins", "users"]
    assert {use.name for use in ada.products.all()} == {"Jira", "Confluence"}
    assert ada.last_active == max(use.last_active for use in ada.products.all() if use.last_active)
    assert account("dora@larkspur.example").status == "suspended"
    assert account("ivo@larkspur.example").status == "for_deletion"
    assert not Account.objects.exclude(email="").filter(name="Fay Fontaine").exists()
    assert connection.read_at
    assert not connection.failure_code


def test_a_second_reading_changes_only_what_is_news(connection, organization):
    read(connection)
    organization.deactivate("bea@larkspur.example")
    organization.forget("carl@larkspur.example")
    organization.enrol("New Colleague", "new@larkspur.example")
    run = read(connection)
    assert (run.added, run.changed, run.gone) == (1, 1, 1)
    assert account("bea@larkspur.example").status == "deactivated"
    assert account("carl@larkspur.example").gone_at
    assert read(connection).changed == 0


def test_many_accounts_come_in_pages_and_each_counts_once(connection, organization, jira):
    organization.enrol_many(205)
    run = read(connection)
    assert run.read == 217 == Account.objects.there().count()
    assert len([call for call in jira.calls if call.path.endswith("/users/search")]) == 3


def test_a_reading_that_is_cut_off_goes_on_where_it_stood(connection, organization, jira):
    organization.enrol_many(205)
    jira.fault("reset", path="*/users/search", after=1, times=1)
    run = read(connection)
    assert run.state == State.FAILED
    assert Account.objects.count() == 100
    assert not Account.objects.exclude(gone_at=None).exists()
    assert connection.failure_code == "unavailable"


def test_what_a_dead_worker_left_is_taken_over_with_its_cursor(connection, organization, jira):
    organization.enrol_many(205)
    run = AccountsRead.objects.ask(connection, Trigger.HAND)
    with connection.organization_client() as client:
        cursor = client.profiles().next_token
    AccountsRead.objects.filter(pk=run.pk).update(
        state=State.RUNNING, started_at=timezone.now(), starts=1, cursor=cursor
    )
    jira.forget_calls()
    reading.read_waiting(connection.pk)
    run.refresh_from_db()
    assert (run.state, run.stage, run.read) == (State.DONE, Stage.END, 117)


def test_what_three_workers_died_of_is_given_up(connection):
    run = AccountsRead.objects.ask(connection, Trigger.HAND)
    AccountsRead.objects.filter(pk=run.pk).update(state=State.RUNNING, starts=3)
    reading.read_waiting(connection.pk)
    run.refresh_from_db()
    assert (run.state, run.failure_code) == (State.FAILED, "given_up")


def test_whoever_lost_the_lease_writes_nothing_more(connection):
    number = OrganizationConnection.objects.claim(connection.pk, timezone.now())
    run = AccountsRead.objects.ask(connection, Trigger.HAND)
    assert number
    assert run.start(number, timezone.now())
    connection.end_lease()
    reading.read(AccountsRead.objects.select_related("connection").get(pk=run.pk))
    run.refresh_from_db()
    assert run.state == State.WAITING
    assert not Account.objects.exists()


def test_a_soft_stop_gives_the_lease_back_and_the_reading_waits(connection):
    with lease(connection.pk, timezone.now()) as number:
        assert number
        run = AccountsRead.objects.ask(connection, Trigger.HAND)
        assert run.start(number, timezone.now())
        give_back()
    run.refresh_from_db()
    assert (run.state, run.starts) == (State.WAITING, 0)
    assert OrganizationConnection.objects.claim(connection.pk, timezone.now())


def test_a_list_without_end_takes_nobody_for_gone(connection, organization, jira):
    organization.enrol_many(205)
    read(connection)
    jira.fault("repeated-token", path="*/users/search")
    run = read(connection)
    assert (run.state, run.failure_code) == (State.FAILED, "broken_answer")
    assert Account.objects.there().count() == 217


def test_a_revoked_key_stops_the_connection_and_what_was_read_stays(connection, organization):
    read(connection)
    organization.revoke()
    run = read(connection)
    assert run.failure_code == "wrong_credentials"
    assert "API key" in connection.failure.sentence
    assert connection.suspended
    assert Account.objects.there().count() == 12
    assert read(connection).calls == 0


def test_a_person_can_stop_a_reading(connection):
    run = AccountsRead.objects.ask(connection, Trigger.HAND)
    run.cancel()
    reading.read_waiting(connection.pk)
    run.refresh_from_db()
    assert run.state == State.CANCELLED
    assert not Account.objects.exists()


def test_nothing_is_read_while_reading_is_off(connection, jira):
    run = AccountsRead.objects.ask(connection, Trigger.HAND)
    AccountsSettings.load().turn_off()
    assert reading.read_waiting(connection.pk) == 0
    run.refresh_from_db()
    assert run.state == State.WAITING
    assert not jira.calls


def test_a_single_site_tells_accounts_and_the_members_of_its_groups(jira, organization, db):
    connection = connect_site(jira, "sandbox-admin-token")
    run = read(connection)
    assert run.state == State.DONE, run.failure
    assert run.left_out == []
    ada = account("ada@larkspur.example")
    assert sorted(ada.groups.values_list("name", flat=True)) == ["admins", "users"]
    assert ada.is_managed is None
    assert ada.is_connected
