"""Files through the API: the rows of the pages, for the same reader, and logged."""

import csv
import io

import openpyxl
import pytest

from okr.models import AuditEntry
from tests.cast import make_key_result, make_objective
from tests.okr.api.script import client_of, faults

CSV = "text/csv; charset=utf-8"


def rows(answer):
    assert (answer.status_code, answer["Content-Type"]) == (200, CSV)
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


@pytest.fixture
def key_result(ben, cycle):
    make_objective(ben, cycle, title="Hidden", visibility="confidential")
    return make_key_result(make_objective(ben, cycle, title="Seen"), at="40")


@pytest.fixture
def urls(ben, cycle, key_result):
    """Of each file, with the first column of what Cleo finds in it."""
    of_cycle = f"/api/v1/cycles/{cycle.pk}"
    return {
        f"{of_cycle}/objectives/file/": "Seen",
        f"{of_cycle}/mine/file/": None,
        f"{of_cycle}/teams/file/": "Customer Success",
        f"{of_cycle}/reviews/{ben.unit_id}/file/": "Seen",
        f"{of_cycle}/dashboard/file/?unit={ben.unit_id}": "Platform",
        f"/api/v1/key-results/{key_result.pk}/history/file/": "",
    }


def test_each_holds_what_its_page_gives_away(cleo, urls):
    for url, first in urls.items():
        found = rows(client_of(cleo).get(url))
        told: dict[str, str] = next(iter(found), {})
        assert "Hidden" not in str(found), url
        assert first in ("", next(iter(told.values()), None)), url


def test_what_narrows_the_list_narrows_its_file(ben, urls):
    client, url = client_of(ben), next(iter(urls))

    assert [each["objective"] for each in rows(client.get(url))] == ["Hidden", "Seen"]
    for asked in ({"q": "seen"}, {"confidence": "on_track"}, {"visibility": "public"}):
        assert [each["objective"] for each in rows(client.get(url, asked))] == ["Seen"]
    assert rows(client.get(url, {"owner": 99_999})) == []
    assert faults(client.get(url, {"limit": 5})) == ["limit"]


def test_a_spreadsheet_is_asked_for_by_its_format(ben, urls):
    answer = client_of(ben).get(next(iter(urls)), {"format": "xlsx"})

    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert [row[0] for row in sheet.values] == ["objective", "Hidden", "Seen"]


def test_what_is_not_there_and_what_cannot_be_asked_is_refused(ben, cleo, cycle, urls):
    hidden = make_key_result(make_objective(ben, cycle, title="H", visibility="confidential"))
    client, url = client_of(cleo), next(iter(urls))

    for missing in (
        f"/api/v1/key-results/{hidden.pk}/history/file/",
        "/api/v1/cycles/99999/objectives/file/",
        f"/api/v1/cycles/{cycle.pk}/dashboard/file/?unit=99999",
    ):
        assert client.get(missing).status_code == 404, missing
    assert faults(client.get(url, {"format": "pdf"})) == ["format"]
    assert faults(client.get(url, {"fields": "objective"})) == ["fields"]


def test_whoever_accepts_only_the_file_gets_it_or_is_told_the_problem(ben, urls):
    client, url = client_of(ben), next(iter(urls))
    only = {"Accept": "text/csv"}

    assert client.get(url, headers=only)["Content-Type"] == CSV
    refused = client.get("/api/v1/cycles/99999/objectives/file/", headers=only)
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["status"] == 404


def test_what_an_okr_admin_takes_away_is_logged_with_the_token(olga, cleo, urls):
    url = next(iter(urls))
    client_of(cleo).get(url)
    client_of(olga).head(url)
    assert not AuditEntry.objects.filter(action="exports.taken").exists()

    client_of(olga).get(url)

    entry = AuditEntry.objects.get(action="exports.taken")
    assert entry.token == "A script"
    assert "exported the list “Objectives Autumn” as CSV" in entry.sentence
