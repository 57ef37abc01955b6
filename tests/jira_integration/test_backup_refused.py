"""Nothing at all changes by a spoilt or unfit file, and what is refused is said in a sentence."""

import json
import stat
from hashlib import sha256
from zipfile import ZipFile

import pytest
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.backup import BackupError
from config.backup.manifest import NAME, Manifest
from config.backup.reading import opened
from config.sealed import name_of
from jira_integration.models import JiraConnection
from okr.models import Objective, Person
from okr.sealing import seal
from tests.cast import make_cycle, make_key_result, make_objective, make_person, make_unit

DAMAGED = "This file is damaged, cut short or no backup"
SITE, TOKEN = "https://larkspur.atlassian.net", "canary-9f3b-token"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company(db):
    """A person, a unit, an objective and a sealed token."""
    site = JiraConnection(server=SITE, api_base=SITE, token_saved_at=timezone.now())
    site.sealed_token = seal(TOKEN, [SITE, SITE])
    site.save()
    ada = make_person("Ada Lindqvist", unit=make_unit("Platform"))
    make_key_result(make_objective(ada, make_cycle()), at="40")
    return ada


@pytest.fixture
def file(tmp_path):
    return tmp_path / "company.backup"


def manifest_of(path):
    with ZipFile(path) as archive:
        return Manifest.from_json(archive.read(NAME))


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_file_that_was_cut_short_changes_nothing(company, file, part):
    call_command("backup", file, verbosity=0)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * part)])

    refused(file, "damaged, cut short or no backup")


def test_a_damaged_file_is_refused_or_is_the_same_for_us(company, file):
    """Some bytes of an archive, as the hour of a member, mean nothing."""
    call_command("backup", file, verbosity=0)
    content, written = file.read_bytes(), manifest_of(file)
    answers = []
    for place in range(0, len(content), max(1, len(content) // 200)):
        spoilt = bytearray(content)
        spoilt[place] ^= 0xFF
        file.write_bytes(spoilt)
        answers.append(answer_of(file))
    others = [each for each in answers if each != written]
    assert len(others) > 100
    assert {str(each).split(":")[0] for each in others} == {DAMAGED}


def answer_of(file):
    try:
        with opened(file) as backup:
            return backup.manifest
    except BackupError as error:
        return error


def test_rows_that_were_changed_by_hand_are_noticed(company, file, tmp_path):
    call_command("backup", file, verbosity=0)
    rewrite(file, "tables/okr.person.jsonl", lambda lines: lines.replace(b"Ada", b"Eva"))

    refused(file, "okr.person is not what was written")


def test_no_backup_is_no_backup(company, file):
    file.write_text("Dear diary")
    refused(file, "no backup")
    refused(file.with_name("nowhere"), "no backup")


def test_a_file_of_a_newer_version_is_refused(company, file):
    call_command("backup", file, verbosity=0)
    changed_manifest(file, lambda told: told["migrations"].append(["okr", "9999_later"]))
    refused(file, "tables of okr, which this version of the product does not have")

    changed_manifest(file, lambda told: told.update(format=2))
    refused(file, "A newer version of the product wrote this file")


def test_a_table_that_is_left_out_by_now_is_passed_over(company, file):
    call_command("backup", file, verbosity=0)
    seat = {"model": "sessions.session", "columns": ["session_key"], "rows": 1}
    line = b'["an old one"]\n'
    told = seat | {"checksum": sha256(line).hexdigest()}
    changed_manifest(file, lambda manifest: manifest["tables"].append(told))
    rewrite(file, "tables/sessions.session.jsonl", lambda _none: line)

    call_command("restore", file, replace=True, yes=True)

    assert not Session.objects.exists()
    assert Person.objects.filter(pk=company.pk).exists()


def test_a_database_with_people_is_not_replaced_by_mistake(company, file, monkeypatch):
    call_command("backup", file, verbosity=0)

    refused(file, "There are people in this database already", replace=False)

    monkeypatch.setattr("builtins.input", lambda _question: "yes")
    refused(file, "Nothing was changed", yes=False)
    monkeypatch.setattr("builtins.input", lambda _question: "replace")
    call_command("restore", file, replace=True)


def test_a_missing_field_key_is_named(company, file, settings):
    call_command("backup", file, verbosity=0)
    needed = name_of(settings.FIELD_KEYS[0])
    assert manifest_of(file).keys == {needed: 1}
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]

    refused(file, f"the field key {needed}, which is not among")


def test_rows_that_do_not_fit_each_other_change_nothing(company, file):
    call_command("backup", file, verbosity=0)
    without_units(file)

    refused(file, "do not fit each other")


def test_numbers_that_differed_before_are_told(company, file):
    Objective.objects.filter(progress__isnull=False).update(progress=99)
    call_command("backup", file, verbosity=0)

    with pytest.raises(CommandError, match=r"numbers differ, as they did when the backup was made"):
        call_command("restore", file, replace=True, yes=True)


def test_only_its_owner_may_read_it_and_no_secret_stands_in_it(company, file, settings):
    call_command("backup", file, verbosity=0)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    with ZipFile(file) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for secret in (*settings.FIELD_KEYS, settings.SECRET_KEY, TOKEN):
        assert secret not in whole


def test_a_backup_that_cannot_be_written_leaves_the_one_of_before(company, file, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", tmp_path / "nowhere" / "company.backup")


def refused(file, words, **options):
    """With this sentence, and nobody is gone."""
    people = set(Person.objects.values_list("email", "password"))
    with pytest.raises(CommandError, match=words):
        call_command("restore", file, **({"replace": True, "yes": True} | options))
    assert set(Person.objects.values_list("email", "password")) == people


def rewrite(path, member, change):
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[member] = change(members.get(member, b""))
    with ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def changed_manifest(path, change):
    def changed(text):
        told = json.loads(text)
        change(told)
        return json.dumps(told).encode()

    rewrite(path, NAME, changed)


def without_units(path):
    def emptied(told):
        units = next(each for each in told["tables"] if each["model"] == "okr.unit")
        units.update(rows=0, checksum=sha256().hexdigest())

    rewrite(path, "tables/okr.unit.jsonl", lambda _lines: b"")
    changed_manifest(path, emptied)
