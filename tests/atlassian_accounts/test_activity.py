"""Readings as they are told; and who is told, once, that an organization cannot be read."""

import csv
import io
from datetime import timedelta

from django.utils import timezone

from atlassian.client import TimedOut
from atlassian_accounts.alarm import tell_of_failing
from atlassian_accounts.models import AccountsRead, AccountsSettings, OrganizationConnection
from okr.models import Notification
from tests.atlassian_accounts.stage import read
from tests.cast import signed_in

PAGE = "/okr-admin/integration/accounts/"


def test_each_reading_is_told_with_what_it_brought(connection, organization, olga):
    read(connection)
    organization.revoke()
    read(connection)
    client = signed_in(olga)
    page = client.get(f"{PAGE}activity/").content.decode()
    assert "did not accept this API key" in page
    assert "did not accept" not in client.get(f"{PAGE}activity/?result=done").content.decode()
    answer = client.get(f"{PAGE}activity/?format=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [(row["result"], row["added"]) for row in rows] == [("Failed", "0"), ("Done", "12")]


def test_admins_are_told_at_once_of_a_refusal_and_only_once(connection, organization, olga, ada):
    organization.revoke()
    read(connection)
    for _ in range(2):
        tell_of_failing(timezone.now())
    told = Notification.objects.get()
    assert told.person == olga
    assert told.words == (
        "Atlassian refused Head office. Its accounts are not read until it is connected again."
    )


def test_what_may_mend_itself_is_told_after_an_hour_and_not_while_reading_is_off(connection, olga):
    now = timezone.now()
    connection.failed(TimedOut(host="x", seconds=3), now)
    tell_of_failing(now + timedelta(minutes=59))
    assert not Notification.objects.exists()
    AccountsSettings.load().turn_off()
    tell_of_failing(now + timedelta(minutes=61))
    assert not Notification.objects.exists()
    AccountsSettings.load().turn_on()
    tell_of_failing(now + timedelta(minutes=61))
    assert "for an hour" in Notification.objects.get().words


def test_a_paused_organization_is_read_only_by_hand(connection, olga):
    client, now = signed_in(olga), timezone.now()
    client.post(f"{PAGE}{connection.pk}/pause/")
    assert "Paused" in client.get(PAGE).content.decode()
    AccountsRead.objects.ask_due(now + timedelta(days=1))
    assert not AccountsRead.objects.exists()
    assert read(OrganizationConnection.objects.get()).state == "done"
    client.post(f"{PAGE}{connection.pk}/resume/")
    assert AccountsRead.objects.open().count() == 1
