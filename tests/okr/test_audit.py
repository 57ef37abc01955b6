"""The log of what admins do: who, from where, before and after; and that it cannot be changed."""

import logging
import sys
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import RequestFactory
from django.utils import timezone

from okr.acting import Actor, acting, address_of
from okr.audit import in_short, noted
from okr.models import AuditEntry, Person, Role
from okr.models.audit import AppendedOnlyError
from tests.cast import make_person, make_unit, signed_in


def change_role(person, role):
    with noted("people.changed", person):
        person.take_role(role)


def test_an_entry_tells_who_when_from_where_before_and_after(olga, ben):
    answer = signed_in(olga).post(
        f"/okr-admin/people/{ben.pk}/edit/",
        {"name": "Ben Okafor", "email": ben.email, "role": "okr_admin", "unit": ben.unit_id},
        REMOTE_ADDR="198.51.100.7",
    )

    entry = AuditEntry.objects.get()
    assert answer.status_code == 302
    assert (entry.by, entry.by_name, entry.by_email) == (olga, "Olga Petrenko", olga.email)
    assert (entry.action, entry.area, entry.via) == ("people.changed", "people", "browser")
    assert (entry.address, entry.about_kind, entry.about_id) == ("198.51.100.7", "person", ben.pk)
    assert ["Role", "Employee", "OKR Admin"] in entry.changes
    assert ["Manager", "Ada Lindqvist", ""] in entry.changes
    assert entry.request_id == answer["X-Request-ID"]
    assert timezone.now() - entry.at < timedelta(minutes=1)


def test_a_short_change_stands_in_the_sentence(olga):
    change_role(make_person("Dana Holt"), Role.OKR_ADMIN)

    assert AuditEntry.objects.get().sentence == "changed Dana Holt: Role Employee → OKR Admin"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], ""),
        ([["Role", "", "Admin"]], "Role nothing → Admin"),
        ([["A", "1", "2"], ["B", "3", ""]], "A 1 → 2, B 3 → nothing"),
        ([["A", "1", "2"], ["B", "3", "4"], ["C", "5", "6"]], "A, B and C"),
        ([["About", "x" * 61, "y"]], "About"),
    ],
)
def test_many_or_long_changes_are_only_named(rows, words):
    assert in_short(rows) == words


def test_what_changes_nothing_is_not_logged(olga):
    change_role(olga, Role.OKR_ADMIN)

    assert not AuditEntry.objects.exists()


def test_what_fails_leaves_neither_a_change_nor_an_entry(olga):
    def fail():
        with noted("people.changed", olga):
            Person.objects.filter(pk=olga.pk).update(name="Somebody else")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    olga.refresh_from_db()
    assert olga.name == "Olga Petrenko"
    assert not AuditEntry.objects.exists()


def test_a_new_name_is_told_beside_the_one_that_everybody_knew(olga):
    unit = make_unit("Platform")
    unit.name = "Foundations"
    with noted("units.changed", unit):
        unit.keep()

    entry = AuditEntry.objects.get()
    assert entry.about_label == "Platform"
    assert entry.sentence == "changed the unit Platform: Name Platform → Foundations"


def test_of_a_secret_only_that_it_changed_is_told(olga):
    with noted("people.changed", olga):
        olga.set_password("a-canary-in-a-password")
        olga.save()

    entry = AuditEntry.objects.get()
    assert entry.changes == [["Password", "not shown", "changed, not shown"]]


def test_an_entry_outlives_the_name_it_was_written_under(olga):
    with acting(lambda: Actor("x").known_as(olga)):
        change_role(make_person("Dana Holt"), Role.OKR_ADMIN)
    Person.objects.filter(pk=olga.pk).update(name="O. P.", is_active=False)

    entry = AuditEntry.objects.get()
    assert (entry.by_name, entry.by_email) == ("Olga Petrenko", olga.email)


def test_a_command_is_named_as_who_acted(db, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["/srv/okr/manage.py", "create_admin", "--name", "Dana"])
    change_role(make_person("Dana Holt"), Role.OKR_ADMIN)

    entry = AuditEntry.objects.get()
    assert (entry.by_id, entry.by_name, entry.via) == (None, "The command create_admin", "command")


def test_an_entry_cannot_be_changed_or_deleted(olga):
    change_role(make_person("Dana Holt"), Role.OKR_ADMIN)
    entry = AuditEntry.objects.get()
    entry.sentence = "did nothing"

    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(sentence="did nothing"),
        lambda: AuditEntry.objects.bulk_update([entry], ["sentence"]),
    ):
        with pytest.raises(AppendedOnlyError):
            attempt()
    assert AuditEntry.objects.get().sentence.startswith("changed")


def test_the_database_refuses_a_change_too(olga):
    change_role(make_person("Dana Holt"), Role.OKR_ADMIN)

    rows = AuditEntry.objects.older_than(timezone.now() + timedelta(days=1))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(sentence="did nothing")


def test_what_was_kept_long_enough_may_go(olga):
    change_role(make_person("Dana Holt"), Role.OKR_ADMIN)
    moment = AuditEntry.objects.get().at

    AuditEntry.objects.older_than(moment).delete()
    assert AuditEntry.objects.count() == 1
    AuditEntry.objects.older_than(moment + timedelta(seconds=1)).delete()
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("caller", "address"),
    [("192.0.2.1", "192.0.2.1"), ("2001:DB8::1", "2001:db8::1"), ("", ""), ("<script>", "")],
)
def test_the_address_is_that_of_the_caller_whatever_a_header_says(caller, address):
    headers = {"X-Forwarded-For": "203.0.113.9"}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=caller)

    assert address_of(request) == address


def test_each_entry_is_a_line_in_the_logs_without_what_changed(
    olga, caplog, django_capture_on_commit_callbacks
):
    dana = make_person("Dana Holt")
    with (
        caplog.at_level(logging.INFO, "okr.audit"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        change_role(dana, Role.OKR_ADMIN)

    entry = AuditEntry.objects.get()
    for told in (f"'entry': {entry.pk}", "'people.changed'", "'person'", f"'number': {dana.pk}"):
        assert told in caplog.text
    assert "Employee" not in caplog.text
