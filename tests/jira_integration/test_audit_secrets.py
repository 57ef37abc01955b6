"""No secret stands in the audit log: neither in its rows, nor in its files, nor in the lines."""

import logging
import zipfile
from io import BytesIO

import pytest
from django import forms
from django.db import models
from django.urls import reverse

from atlassian_accounts.models import OrganizationConnection
from jira_integration.models import JiraConnection, Successor, WebhookReceiver
from okr.audit.areas import areas
from okr.audit.portraits import Noun, portrait
from okr.forms.factors import PasswordAgainForm
from okr.models import (
    ApiToken,
    AuditEntry,
    ChatRoom,
    DirectoryToken,
    Person,
    SignInProvider,
    Webhook,
)
from okr.sign_in import SignInForm
from tests.cast import signed_in
from tests.jira_integration.seen import url
from tests.jira_integration.tokens import grant

CANARY = "canary-that-nobody-may-read"
NOUNS = [noun for area in areas() for noun in area.nouns]
OURS = ("okr.", "jira_integration.")
TEXT = (models.CharField, models.TextField)


def secrets_of(noun: Noun) -> list[str]:
    """Columns with a text of their own that are named like a secret."""
    words = ("sealed", "secret", "token", "password", "digest")
    return [
        field.name
        for field in noun.model._meta.fields
        if isinstance(field, TEXT)
        and not field.choices
        and any(word in field.name for word in words)
    ]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.kind)
def test_no_column_tells_what_is_sealed(noun):
    related = {
        field.name: field.related_model()
        for field in noun.model._meta.fields
        if isinstance(field, models.ForeignKey) and not field.null
    }
    row = noun.model(**related, **dict.fromkeys(secrets_of(noun), CANARY))
    assert CANARY not in str(portrait(noun, row))


def test_the_columns_that_are_secret_are_known():
    named = {noun.model.__name__: secrets_of(noun) for noun in NOUNS if secrets_of(noun)}
    assert named == {
        Person.__name__: ["password"],
        ApiToken.__name__: ["digest"],
        DirectoryToken.__name__: ["digest"],
        SignInProvider.__name__: ["sealed_secret"],
        Webhook.__name__: ["sealed_secret", "sealed_former"],
        ChatRoom.__name__: ["sealed_address"],
        JiraConnection.__name__: ["sealed_token"],
        "ConfluenceConnection": ["sealed_token"],
        Successor.__name__: ["sealed_token"],
        OrganizationConnection.__name__: ["sealed_secret"],
        WebhookReceiver.__name__: ["digest", "sealed_token", "sealed_secret"],
    }


def boxes_for_secrets() -> set[str]:
    """The forms with a box whose content is hidden while it is typed."""
    known: list[type[forms.BaseForm]] = [forms.BaseForm]
    found: set[type[forms.BaseForm]] = set()
    for form in known:
        known += [each for each in form.__subclasses__() if each not in known]
        fields = getattr(form, "base_fields", {}).values()
        if any(isinstance(each.widget, forms.PasswordInput) for each in fields):
            found.add(form)
    return {form.__name__ for form in found if form.__module__.startswith(OURS)}


def keep_provider(admin):
    made = SignInProvider(name="Larkspur")
    made.keep()
    issuer = "https://login.larkspur.example"
    typed = {"version": 1, "name": "Larkspur", "issuer": issuer, "client_id": "plumbline"}
    where = reverse("okr:sign_in_provider", args=[made.pk])
    assert admin.post(where, typed | {"secret": CANARY}).status_code == 302


def everything_told(client, caplog) -> str:
    rows = str(list(AuditEntry.objects.values()))
    page = client.get("/okr-admin/audit/").content.decode()
    csv = client.get("/okr-admin/audit/?format=csv").getvalue().decode()
    with zipfile.ZipFile(BytesIO(client.get("/okr-admin/audit/?format=xlsx").getvalue())) as sheet:
        xlsx = " ".join(sheet.read(name).decode(errors="replace") for name in sheet.namelist())
    return f"{rows}{page}{csv}{xlsx}{caplog.text}"


def change_password(person):
    person.set_password("a-password-of-before")
    person.save()
    changed = {"current": "a-password-of-before", "password": CANARY}
    assert signed_in(person).post("/settings/password/", changed).status_code == 302


def confirm(person):
    person.set_password(CANARY)
    person.save()
    asked = signed_in(person).post(reverse("account_reauthenticate"), {"password": CANARY})
    assert asked.status_code == 302


def test_a_canary_in_each_box_for_a_secret_comes_out_nowhere(
    jira, connection, support_jira, olga, caplog, django_capture_on_commit_callbacks
):
    admin = signed_in(olga)
    token = grant(jira, CANARY)
    other = grant(support_jira, CANARY)
    mine = {"email": jira.email, "server": jira.url, "token": token}
    theirs = {"email": support_jira.email, "server": support_jira.url, "token": other}
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        for name, typed in (
            ("connect", mine),
            ("credentials", mine),
            ("successor", mine),
            ("use_successor", {}),
            ("connect_another", theirs | {"name": "Support"}),
            ("webhook_by_hand", {}),
        ):
            assert admin.post(url(name), typed).status_code in (200, 302), name
        keep_provider(admin)
        change_password(olga)
        confirm(olga)

    receiver = WebhookReceiver.objects.of(connection)
    assert AuditEntry.objects.filter(action="signing_in.password_changed").exists()
    assert AuditEntry.objects.filter(action="jira.connected").exists()
    assert AuditEntry.objects.filter(action="jira.successor_used").exists()
    seen = everything_told(signed_in(Person.objects.get(pk=olga.pk)), caplog)
    assert receiver
    for hidden in (CANARY, receiver.secret, receiver.url.rstrip("/").rpartition("/")[2]):
        assert hidden not in seen


def test_every_form_with_a_box_for_a_secret_is_among_them():
    assert boxes_for_secrets() == {
        "FirstPasswordForm", "PasswordForm", SignInForm.__name__, PasswordAgainForm.__name__,
        "CredentialsForm", "ManagedCredentialsForm", "AnotherSiteForm", "SuccessorForm",
        "OpenIDForm",
    }  # fmt: skip
