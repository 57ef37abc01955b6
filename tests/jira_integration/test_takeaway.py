"""The syncs and the people who may link, as files for OKR admins."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration.models import IntegrationSettings, State, SyncRun, Trigger
from okr.models import Person
from tests.cast import make_key_result, make_objective, signed_in
from tests.jira_integration.seen import url

NOW = timezone.now()


def taken(person, address):
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("page", ["activity", "users"])
def test_only_okr_admins_take_them_away(connection, cleo, olga, page):
    assert signed_in(cleo).get(f"{url(page)}?format=csv").status_code == 403
    assert signed_in(olga).get(f"{url(page)}?format=xlsx").status_code == 200


def test_every_run_is_told_as_far_as_the_result_is_asked_for(connection, ben, olga, cycle):
    key_result = make_key_result(make_objective(ben, cycle), title="=Linked")
    ran = {"connection": connection, "started_at": NOW, "finished_at": NOW + timedelta(seconds=2)}
    SyncRun.objects.bulk_create(
        SyncRun(trigger=Trigger.SCHEDULE, state=State.DONE, **ran) for _ in range(30)
    )
    failed = {"trigger": Trigger.HAND, "state": State.FAILED, "failure_code": "given_up"}
    SyncRun.objects.create(key_result=key_result, by=olga, read=3, **failed, **ran)
    assert len(taken(olga, f"{url('activity')}?format=csv&page=2")) == 31
    [row] = taken(olga, f"{url('activity')}?format=csv&result=failed")
    assert row.pop("error")
    assert row == {
        "at": timezone.localtime(NOW).isoformat(timespec="seconds"),
        "trigger": "Sync now",
        "key_result": "'=Linked",
        "asked_by": "Olga Petrenko",
        "result": "Failed",
        "seconds": "2",
        "issues": "3",
        "calls": "0",
        "changed": "0",
    }


def test_the_people_are_told_with_who_may_link(connection, ben, cleo, olga):
    cleo.is_active = False
    cleo.save()
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=ben.pk))
    rows = {row["name"]: row for row in taken(olga, f"{url('users')}?format=csv")}
    assert rows["Ben Okafor"] == {
        "name": "Ben Okafor",
        "email": "ben.okafor@larkspur.example",
        "designation": "Platform Engineer",
        "unit": "Platform",
        "may_link": "yes",
    }
    assert rows["Ada Lindqvist"]["may_link"] == "no"
    assert "Cleo Marchetti" not in rows


def test_the_dialog_leads_to_the_files_from_whatever_page_it_is_open_on(connection, olga):
    page = signed_in(olga).get(url("users")).content.decode()
    assert f'href="{url("users")}?format=csv"' in page
