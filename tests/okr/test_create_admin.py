"""create_admin makes the first OKR admin of a real installation, or says why not."""

import pytest
from django.core.management import CommandError, call_command

from okr.models import AuditEntry, Person

GOOD = "a-plumb-line-shows-what-is-true"


@pytest.fixture(autouse=True)
def password(monkeypatch, db):
    monkeypatch.setenv("PLUMBLINE_ADMIN_PASSWORD", GOOD)


def create(email="Olga@Larkspur.example", name=" Olga Petrenko "):
    call_command("create_admin", email=email, name=name)


def test_the_first_admin_can_sign_in(capsys):
    create()
    olga = Person.objects.get()
    assert (olga.email, olga.name, olga.is_okr_admin) == (
        "olga@larkspur.example",
        "Olga Petrenko",
        True,
    )
    assert olga.check_password(GOOD)
    assert olga.line == f"/{olga.pk}/"
    printed = capsys.readouterr().out
    assert printed == "Olga Petrenko can sign in as OKR admin with olga@larkspur.example.\n"
    logged = AuditEntry.objects.get()
    assert (logged.sentence, logged.via) == ("added Olga Petrenko", "command")
    assert GOOD not in str(logged.changes)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "olga"}, "email: Enter a valid email address."),
        ({"email": ""}, "email: This field cannot be blank."),
        ({"name": "  "}, "name: This field cannot be blank."),
        ({"name": "x" * 121}, "name: Ensure this value has at most 120 characters"),
    ],
)
def test_bad_input_gets_a_sentence(fields, sentence):
    with pytest.raises(CommandError) as refused:
        create(**fields)
    assert str(refused.value).startswith(sentence)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("weak", "sentence"),
    [("short1", "too short"), ("password123", "too common"), ("1" * 12, "numeric")],
)
def test_a_weak_password_is_refused(monkeypatch, weak, sentence):
    monkeypatch.setenv("PLUMBLINE_ADMIN_PASSWORD", weak)
    with pytest.raises(CommandError, match=sentence):
        create()
    assert not Person.objects.exists()


def test_an_email_is_used_once():
    create()
    with pytest.raises(CommandError, match=r"olga@larkspur\.example already"):
        create(email="OLGA@larkspur.example")


def test_without_a_terminal_and_a_variable_it_says_what_to_do(monkeypatch):
    monkeypatch.delenv("PLUMBLINE_ADMIN_PASSWORD")
    with pytest.raises(CommandError) as refused:
        create()
    sentence = "Run this on a terminal, or set PLUMBLINE_ADMIN_PASSWORD to the password."
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("typed", "made"), [((GOOD, GOOD), 1), ((GOOD, "a-typing-mistake"), 0)])
def test_on_a_terminal_the_password_is_asked_for_twice(monkeypatch, typed, made):
    answers = iter(typed)
    monkeypatch.delenv("PLUMBLINE_ADMIN_PASSWORD")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(
        "okr.management.commands.create_admin.getpass", lambda _prompt: next(answers)
    )
    if made:
        create()
    else:
        with pytest.raises(CommandError, match="The two passwords differ"):
            create()
    assert Person.objects.count() == made
