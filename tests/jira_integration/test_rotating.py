"""A new field key takes over: every secret is sealed by it, and the old key may go."""

import ast
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import TextField
from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from atlassian.client import SealError
from config import sealed
from config.sealed import Ring, name_of
from jira_integration.connecting import examine
from jira_integration.models import JiraConnection, Successor, WebhookReceiver
from okr.models import AuditEntry

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = [HOUSE / name for name in ("atlassian", "atlassian_accounts", "jira_integration")]
UNKEPT = {"decoy"}
"""Seals for nobody, and keeps it nowhere."""


@pytest.fixture
def secrets(jira, connection, olga):
    """A token, one that follows it, and the two of a webhook."""
    examined = examine(jira.url, jira.email, jira.token, policy_from_settings())
    Successor.objects.put(connection, examined, jira.token, by=olga, at=timezone.now())
    WebhookReceiver.objects.open_for(connection)
    return connection


@pytest.fixture
def new_key(settings):
    key = Fernet.generate_key().decode()
    settings.FIELD_KEYS = [key, *settings.FIELD_KEYS]
    return key


def test_every_column_that_holds_a_sealed_text_is_known(secrets):
    found = {
        (model, column.name)
        for model in apps.get_models(include_auto_created=True)
        for column in model._meta.local_concrete_fields
        if isinstance(column, TextField)
        for text in model._base_manager.values_list(column.name, flat=True)
        if Ring().opener(text or "")
    }

    assert found <= {(each.model, each.name) for each in sealed.columns()}
    assert len(found) == 4


def test_whatever_is_sealed_is_kept_in_a_column_that_says_so():
    """Each call of `seal` names where it goes, as `sealed_token=seal(…)`."""
    for path in [path for room in ROOMS for path in room.rglob("*.py")]:
        tree = ast.parse(path.read_text())
        told = {id(call) for call in named_calls(tree)}
        for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
            for call in (each for each in ast.walk(function) if is_sealing(each)):
                assert id(call) in told or function.name in UNKEPT, f"{path}: {function.name}"


def named_calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword):
            name = node.arg or ""
        elif isinstance(node, ast.Assign):
            name = getattr(node.targets[0], "attr", "")
        else:
            continue
        if name.startswith(sealed.PREFIX):
            yield node.value


def is_sealing(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "seal"


def test_everything_is_sealed_by_the_new_key_and_the_old_one_may_go(
    secrets, jira, new_key, settings, capsys
):
    call_command("rotate_keys")

    printed = capsys.readouterr().out
    assert f"Key 1, {name_of(new_key)}, opens 4.\n" in printed
    assert "opens 0. It may be removed.\nSealed anew: 4 of 4.\n" in printed
    logged = AuditEntry.objects.newest_first()[0]
    assert logged.sentence == f"sealed 4 secrets anew by the field key {name_of(new_key)}"
    settings.FIELD_KEYS = [new_key]
    secrets.refresh_from_db()
    assert secrets.token() == secrets.successor.token() == jira.token
    assert secrets.receiver.secret
    assert secrets.receiver.url


def test_the_second_time_there_is_nothing_to_do(secrets, new_key, capsys):
    call_command("rotate_keys")
    before = secrets.receiver.sealed_secret

    call_command("rotate_keys")

    assert "Sealed anew: 0 of 4." in capsys.readouterr().out
    assert AuditEntry.objects.filter(action="keeping.rotated").count() == 1
    assert secrets.receiver.sealed_secret == before


def test_a_check_changes_nothing_and_fails_while_an_old_key_is_needed(secrets, new_key, capsys):
    token = secrets.sealed_token

    with pytest.raises(CommandError, match="Older keys are still needed"):
        call_command("rotate_keys", check=True)

    assert "opens 4. It is needed." in capsys.readouterr().out
    secrets.refresh_from_db()
    assert secrets.sealed_token == token


def test_what_no_key_opens_is_named_and_the_rest_is_done(secrets, new_key, settings, capsys):
    JiraConnection.objects.update(sealed_token="nonsense")

    with pytest.raises(CommandError, match="1 cannot be opened"):
        call_command("rotate_keys")

    printed = capsys.readouterr()
    assert f"No key opens sealed_token of jira connection {secrets.pk}, {secrets}." in printed.err
    assert "Sealed anew: 3 of 3." in printed.out


def test_a_token_that_was_saved_meanwhile_stays(secrets, new_key):
    old = secrets.sealed_token
    JiraConnection.objects.update(sealed_token="another")

    column = next(each for each in sealed.columns() if each.model is JiraConnection)
    column.replace(secrets.pk, old, "the old one, sealed anew")

    secrets.refresh_from_db()
    assert secrets.sealed_token == "another"


def test_no_key_and_no_secret_is_printed(secrets, jira, new_key, settings, capsys):
    call_command("rotate_keys")

    printed = capsys.readouterr()
    for secret in (*settings.FIELD_KEYS, jira.token, secrets.sealed_token):
        assert secret not in printed.out + printed.err


def test_a_text_that_was_dropped_is_no_secret(secrets):
    JiraConnection.objects.update(sealed_token="")

    assert Ring().survey().number == 3
    secrets.refresh_from_db()
    with pytest.raises(SealError):
        secrets.token()
