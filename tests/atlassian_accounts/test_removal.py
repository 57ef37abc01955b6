"""What was asked of one account is done once, told in full, and never repeated in the dark."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.utils import timezone

from atlassian_accounts.models import Account, AccountsSettings, Outcome, Removal, Verb
from atlassian_accounts.removal import asking, outcomes
from atlassian_accounts.removal.carrying import carry_out
from atlassian_accounts.tasks import tick
from jira_sandbox.admin.testing import above
from okr.models import AuditEntry
from tests.atlassian_accounts.stage import account, connect, connect_site, read

BEA, CARL, EMIL = "bea@larkspur.example", "carl@larkspur.example", "emil@elsewhere.example"
DELETES = "/manage/lifecycle/delete"


@pytest.fixture
def allowed(connection, jira):
    """Accounts are read, and removing them is on."""
    read(connection)
    AccountsSettings.load().allow_removing()
    jira.forget_calls()
    return connection


def ask(email: str, verb: Verb, by) -> Removal:
    found = Account.objects.select_related("connection").get(email=email)
    return asking.ask([found], verb, by)[0]


def carried(row: Removal) -> Removal:
    carry_out(row.pk)
    row.refresh_from_db()
    return row


def again(row: Removal) -> Removal:
    """As if the time of its next try had come."""
    Removal.objects.filter(pk=row.pk).update(next_at=None)
    return carried(row)


def sentence(row: Removal) -> str:
    assert row.failure
    return row.failure.sentence


def sent(jira, ending: str) -> int:
    return len([call for call in jira.calls if call.path.endswith(ending)])


def logged() -> list[str]:
    rows = AuditEntry.objects.filter(action__startswith="accounts.removal_").order_by("pk")
    return [each.action.rpartition("_")[2] for each in rows]


def test_a_managed_account_is_deleted_and_had_back_and_each_step_is_logged(
    allowed, organization, olga
):
    row = carried(ask(BEA, Verb.DELETE, olga))
    assert (row.outcome, row.failure) == (Outcome.DONE, None)
    assert organization.status(BEA) == "for_deletion"
    assert account(BEA).status == "for_deletion"
    assert logged() == ["asked", "done"]
    assert carried(ask(BEA, Verb.CANCEL, olga)).outcome == Outcome.DONE
    assert (organization.status(BEA), account(BEA).status) == ("active", "active")
    told = AuditEntry.objects.filter(action="accounts.removal_done").earliest("pk")
    assert told.sentence == (
        "deleted Bea Brandt (bea@larkspur.example) at Head office, as Olga Petrenko had asked"
    )
    assert AuditEntry.objects.filter(about_kind="atlassian organization").exists()


def test_an_account_is_suspended_and_restored(allowed, organization, olga):
    assert carried(ask(EMIL, Verb.SUSPEND, olga)).outcome == Outcome.DONE
    assert (organization.status(EMIL), account(EMIL).status) == ("suspended", "suspended")
    assert carried(ask(EMIL, Verb.RESTORE, olga)).outcome == Outcome.DONE
    assert (organization.status(EMIL), account(EMIL).status) == ("active", "active")


def test_a_deactivated_account_is_activated_again(allowed, organization, olga):
    organization.deactivate(BEA)
    read(allowed)
    assert carried(ask(BEA, Verb.RESTORE, olga)).outcome == Outcome.DONE
    assert organization.status(BEA) == "active"


def test_with_the_token_of_a_site_an_account_is_removed_from_that_site_alone(
    jira, organization, db, olga
):
    connection = connect_site(jira, "sandbox-admin-token")
    AccountsSettings.load().allow_removing()
    read(connection)
    visitor = Account.objects.get(name="Visiting Auditor")
    [row] = asking.ask([visitor], Verb.REMOVE, olga)
    assert carried(row).outcome == Outcome.DONE, row.failure
    visitor.refresh_from_db()
    assert visitor.gone_at
    with connection.site_client() as client:
        assert client.account(visitor.account_id) is None
    assert not [call for call in jira.calls if "lifecycle" in call.path]


@pytest.mark.parametrize("kind", ["reset", "502", "html"])
def test_a_lost_answer_is_looked_into_and_never_sent_again(allowed, jira, organization, olga, kind):
    row = ask(BEA, Verb.DELETE, olga)
    jira.fault(kind, path=f"*{DELETES}", times=1)
    carried(row)
    assert (row.outcome, row.looks, sent(jira, DELETES)) == (Outcome.SENT, 1, 1)
    assert logged() == ["asked", "doubted"]
    for _ in range(3):
        again(row)
    assert (row.outcome, row.failure_code) == (Outcome.FAILED, "not_heeded")
    assert sent(jira, DELETES) == 1
    assert "ask once more" in sentence(row)


def test_a_garbled_answer_to_what_was_done_is_found_to_be_done(allowed, jira, organization, olga):
    row = ask(BEA, Verb.DELETE, olga)
    jira.fault("truncated", path=f"*{DELETES}", times=1)
    assert carried(row).outcome == Outcome.DONE
    assert logged() == ["asked", "doubted", "done"]
    assert sent(jira, DELETES) == 1


def test_lists_that_lag_behind_are_asked_again_before_anything_is_said(
    allowed, jira, organization, olga
):
    row = ask(BEA, Verb.DELETE, olga)
    with allowed.organization_client() as client:
        client.delete(account(BEA).account_id)
    jira.fault("reset", path=f"*{DELETES}", times=1)
    jira.fault("lagging", path="*/users/search", times=1)
    assert carried(row).outcome == Outcome.SENT
    assert again(row).outcome == Outcome.DONE


def test_a_worker_that_died_in_mid_call_leaves_it_to_be_looked_into(allowed, jira, olga):
    row = ask(BEA, Verb.DELETE, olga)
    gone = timezone.now() - timedelta(minutes=1)
    Removal.objects.filter(pk=row.pk).update(
        outcome=Outcome.SENT, sent_at=gone, starts=1, lease_number=4, leased_until=gone
    )
    tick()
    assert carried(row).outcome == Outcome.SENT
    assert sent(jira, DELETES) == 0


def test_a_worker_that_died_before_it_sent_anything_is_replaced(allowed, organization, olga):
    row = ask(BEA, Verb.DELETE, olga)
    gone = timezone.now() - timedelta(minutes=1)
    Removal.objects.filter(pk=row.pk).update(starts=1, lease_number=4, leased_until=gone)
    assert carried(row).outcome == Outcome.DONE
    assert organization.status(BEA) == "for_deletion"


def test_what_another_worker_holds_is_left_to_it(allowed, jira, olga):
    row = ask(BEA, Verb.DELETE, olga)
    assert Removal.objects.claim(row.pk, timezone.now())
    carried(row)
    assert (row.outcome, jira.calls) == (Outcome.WAITING, ())
    assert not asking.cancel(row)


def test_told_to_slow_down_everything_waits_and_goes_on(allowed, jira, organization, olga):
    row, other = ask(BEA, Verb.DELETE, olga), ask(CARL, Verb.SUSPEND, olga)
    jira.fault("429", path=f"*{DELETES}", times=1, retry_after="60")
    carried(row)
    assert (row.outcome, row.failure_code, row.starts) == (Outcome.WAITING, "rate_limited", 0)
    assert "slow down" in sentence(row)
    jira.forget_calls()
    carried(other)
    assert (other.outcome, jira.calls) == (Outcome.WAITING, ())
    assert again(row).outcome == Outcome.DONE
    assert sent(jira, DELETES) == 1


def test_before_anything_is_sent_it_is_tried_again_three_times(allowed, jira, olga):
    row = ask(BEA, Verb.DELETE, olga)
    jira.fault("503", path="/admin/v1/orgs")
    for _ in range(2):
        assert again(row).outcome == Outcome.WAITING
    assert again(row).outcome == Outcome.FAILED
    assert (row.failure_code, sent(jira, DELETES)) == ("unavailable", 0)
    assert "Ask for it once more" in sentence(row)


def test_a_key_with_scopes_changes_nothing_and_its_readings_go_on(organization, jira, db, olga):
    connection = connect(above(jira, organization.reading_key))
    read(connection)
    AccountsSettings.load().allow_removing()
    for email, verb in ((BEA, Verb.DELETE), (CARL, Verb.SUSPEND)):
        row = carried(ask(email, verb, olga))
        assert (row.outcome, row.failure_code) == (Outcome.FAILED, "key_only_reads")
        assert "without scopes" in sentence(row)
    connection.refresh_from_db()
    assert not connection.suspended


def test_an_account_that_nobody_manages_any_more_is_explained(allowed, organization, olga):
    row = ask(BEA, Verb.DELETE, olga)
    organization.organization.profiles[account(BEA).account_id].managed = False
    assert carried(row).failure_code == "not_managed"
    assert "can be suspended" in sentence(row)
    assert logged() == ["asked", "failed"]


def test_an_account_that_is_gone_already_is_told_and_leaves_the_list(allowed, organization, olga):
    row = ask(BEA, Verb.DELETE, olga)
    organization.forget(BEA)
    assert carried(row).failure_code == "account_gone"
    assert account(BEA).gone_at


def test_a_revoked_key_stops_the_connection_and_all_that_waits(allowed, organization, jira, olga):
    row, other = ask(BEA, Verb.DELETE, olga), ask(CARL, Verb.SUSPEND, olga)
    organization.revoke()
    assert carried(row).failure_code == "wrong_credentials"
    jira.forget_calls()
    assert (carried(other).failure_code, jira.calls) == ("wrong_credentials", ())
    allowed.refresh_from_db()
    assert allowed.suspended


def test_what_was_asked_before_something_changed_is_not_done(allowed, jira, olga):
    rows = [ask(email, Verb.SUSPEND, olga) for email in (BEA, CARL, EMIL)]
    Removal.objects.filter(pk=rows[0].pk).update(place="another")
    assert carried(rows[0]).failure_code == "reconnected"
    allowed.admin_email = CARL
    allowed.save()
    assert carried(rows[1]).failure_code == "guarded"
    olga.role = "employee"
    olga.save()
    assert carried(rows[2]).failure_code == "asker_left"
    assert jira.calls == ()


def test_turning_it_off_takes_back_what_waits(allowed, jira, olga):
    row = ask(BEA, Verb.DELETE, olga)
    asking.forbid()
    carried(row)
    assert (row.outcome, jira.calls) == (Outcome.CANCELLED, ())
    assert logged() == ["asked", "withdrawn"]


def test_after_a_restored_backup_nothing_old_is_done(allowed, jira, olga):
    row, sent_row = ask(BEA, Verb.DELETE, olga), ask(CARL, Verb.SUSPEND, olga)
    Removal.objects.filter(pk=sent_row.pk).update(outcome=Outcome.SENT, sent_at=timezone.now())
    Removal.objects.restored(timezone.now())
    assert carried(row).outcome == Outcome.CANCELLED
    assert carried(sent_row).outcome == Outcome.SENT
    assert not [call for call in jira.calls if call.method == "DELETE" or "lifecycle" in call.path]


def test_disconnecting_in_mid_call_leaves_it_in_the_log(allowed, olga):
    row = ask(BEA, Verb.DELETE, olga)
    number = Removal.objects.claim(row.pk, timezone.now())
    assert number
    held = Removal.objects.select_related("connection", "account", "by").get(pk=row.pk)
    allowed.delete()
    outcomes.done(held, number)
    assert logged() == ["asked", "done"]


def test_two_who_ask_at_once_are_one(allowed, olga):
    ask(BEA, Verb.DELETE, olga)
    with pytest.raises(asking.UnderWayError):
        asking.ask([account(CARL), account(BEA)], Verb.SUSPEND, olga)
    assert Removal.objects.count() == 1
    assert logged() == ["asked"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_call(jira, organization, olga):
    connection = connect(organization)
    read(connection)
    AccountsSettings.load().allow_removing()
    row = ask(BEA, Verb.DELETE, olga)
    jira.forget_calls()
    start = Barrier(2)

    def work() -> None:
        start.wait()
        try:
            carry_out(row.pk)
        finally:
            connections.close_all()

    workers = [Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    row.refresh_from_db()
    assert (row.outcome, sent(jira, DELETES)) == (Outcome.DONE, 1)
