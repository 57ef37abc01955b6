"""manage.py okr_file, as whoever runs the product calls it."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from okr.models import AuditEntry, Objective
from tests.cast import make_objective


def called(*words):
    out = io.StringIO()
    call_command("okr_file", *words, stdout=out)
    return out.getvalue()


def test_a_file_is_exported_planned_and_applied(olga, ben, cycle, tmp_path):
    make_objective(ben, cycle, title="Calm releases")
    file = tmp_path / "okrs.yaml"
    file.write_text(called("export", "--as", olga.email))

    assert called("plan", str(file), "--as", olga.email) == "Nothing to change.\n"

    file.write_text(file.read_text().replace("title: Calm", "title: Calmer"))
    told = called("plan", str(file), "--as", olga.email)
    assert told.splitlines() == [
        "~ objective objectives.calm-releases “Calmer releases”",
        "    title: Calm releases → Calmer releases",
        "0 to add, 1 to change, 0 to remove.",
    ]
    planned = json.loads(called("plan", str(file), "--as", olga.email, "--json"))
    assert planned["steps"][0]["changes"] == [
        {"field": "title", "before": "Calm releases", "after": "Calmer releases"}
    ]
    called("apply", str(file), "--as", olga.email, "--plan", planned["digest"])

    assert Objective.objects.get().title == "Calmer releases"
    entry = AuditEntry.objects.get(action="as_code.applied")
    assert (entry.by_email, entry.via) == (olga.email, "command")


def test_the_command_refuses_with_sentences(olga, cycle, tmp_path):
    file = tmp_path / "okrs.yaml"
    file.write_text("version: 1\nobjectives:\n  a: {owner: x}\n")

    with pytest.raises(CommandError, match="Nobody who is active"):
        called("export", "--as", "nobody@larkspur.example")
    with pytest.raises(CommandError, match="No cycle has the key spring"):
        called("export", "--as", olga.email, "--cycle", "spring")
    with pytest.raises(CommandError, match=r"Line 3: objectives\.a\.title: Enter a title\."):
        called("apply", str(file), "--as", olga.email)
    with pytest.raises(CommandError, match="cannot be read"):
        called("plan", str(tmp_path / "none"), "--as", olga.email)
    file.write_text(called("export", "--as", olga.email).replace("Autumn", "Fall"))
    with pytest.raises(CommandError, match="Plan it again"):
        called("apply", str(file), "--as", olga.email, "--plan", "0" * 32)
