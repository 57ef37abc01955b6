"""Changelogs are read whole or not at all: damage spoils one issue, never the picture of all."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from jira_integration.client import BrokenAnswer, Change, QueryRefused
from tests.jira_integration.client.test_data_center import client_of as data_center_of
from tests.jira_integration.client.wire import client_of
from tests.stations import Heard, Said, station

CREATED = "2026-09-01T08:00:00.000+0200"
STATUS = {"field": "status", "fieldId": "status", "from": "1", "fromString": "To Do"}
STATUS |= {"to": "3", "toString": "Doing"}


def entry(number: int, *items: dict[str, Any], at: Any = "2026-10-01T10:00:00.000+0000") -> Any:
    return {"id": str(number), "created": at, "items": list(items)}


def cloud(pages: list[Any], created: Any = CREATED, one_by_one: dict[str, Any] | None = None):
    """A site whose bulk changelogs come in these pages; without pages it offers none."""

    def answer(heard: Heard) -> Said:
        if heard.path.endswith("/issue/bulkfetch"):
            names = heard.body["issueIdsOrKeys"]
            rows = [{"id": name, "fields": {"created": created}} for name in names]
            return Said({"issues": rows})
        if heard.path.endswith("/changelog/bulkfetch"):
            page = int(heard.body.get("nextPageToken", 0))
            return Said(pages[page]) if pages else Said({}, 404)
        number = heard.path.split("/")[-2]
        bodies = (one_by_one or {}).get(number)
        if bodies is None:
            return Said({}, 404)
        start = int(heard.query["startAt"])
        values = bodies[start : start + 1]
        return Said({"startAt": start, "total": len(bodies), "values": values})

    return answer


def page(*logs: tuple[int, list[Any]], next_token: str = "") -> dict[str, Any]:
    rows = [{"issueId": str(number), "changeHistories": each} for number, each in logs]
    return {"issueChangeLogs": rows, "nextPageToken": next_token or None}


def told(client: Any, numbers: list[int], fields: tuple[str, ...] = ("status",)) -> dict[int, Any]:
    batches = client.changelogs(numbers, fields)
    return {each.issue_id: each for batch in batches for each in batch}


def test_a_history_is_put_together_from_all_pages_oldest_first():
    later = entry(8, STATUS, at="2026-10-05T10:00:00.000+0000")
    pages = [page((1, [later]), next_token="1"), page((1, [entry(7, STATUS)]))]
    with station(cloud(pages)) as server, client_of(server) as client:
        found = told(client, [1])[1]
    assert found.created == datetime(2026, 9, 1, 6, tzinfo=UTC)
    assert [each.number for each in found.changes] == [7, 8]
    at = datetime(2026, 10, 1, 10, tzinfo=UTC)
    assert found.changes[0] == Change(at, 7, "status", "1", "To Do", "3", "Doing")


def test_only_the_fields_asked_for_are_told_whatever_else_happened():
    other = {"field": "labels", "fieldId": "labels", "from": None, "toString": {"odd": True}}
    pages = [page((1, [entry(7, other, STATUS), entry(8, other)]))]
    with station(cloud(pages)) as server, client_of(server) as client:
        assert [each.field for each in told(client, [1])[1].changes] == ["status"]
        assert server.heard[-1].body["fieldIds"] == ["status"]


def test_an_issue_without_changes_has_an_empty_history():
    with station(cloud([page()])) as server, client_of(server) as client:
        assert told(client, [1])[1].changes == ()


def test_moments_may_be_numbers_of_milliseconds_or_seconds():
    logs = [entry(1, STATUS, at=1_790_000_000_000), entry(2, STATUS, at=1_790_000_001)]
    with station(cloud([page((1, logs))])) as server, client_of(server) as client:
        first, second = told(client, [1])[1].changes
    assert (second.at - first.at).total_seconds() == 1


@pytest.mark.parametrize(
    "damaged",
    [
        entry(7, STATUS, at="yesterday"),
        entry(7, STATUS, at=None),
        entry(7, STATUS, at=True),
        {"id": "7", "created": CREATED},
        {"id": "7", "created": CREATED, "items": "none"},
        entry(7, {**STATUS, "from": {"id": 1}}),
        "not an entry",
    ],
)
def test_a_damaged_history_spoils_its_issue_alone(damaged: Any):
    pages = [page((1, [entry(6, STATUS), damaged]), (2, [entry(8, STATUS)]))]
    with station(cloud(pages)) as server, client_of(server) as client:
        assert told(client, [1, 2]).keys() == {2}
        assert [each.id for each in client.poisoned] == [1]


def test_an_issue_that_does_not_say_when_it_was_created_has_no_history():
    with station(cloud([page()], created=None)) as server, client_of(server) as client:
        assert told(client, [1]) == {}
        assert [each.id for each in client.poisoned] == [1]


@pytest.mark.parametrize("body", [{}, {"issueChangeLogs": {}}, {"issueChangeLogs": [{}]}])
def test_an_answer_that_is_no_list_of_changelogs_is_broken(body: Any):
    with station(cloud([body])) as server, client_of(server) as client, pytest.raises(BrokenAnswer):
        told(client, [1])


def test_without_bulk_the_changelogs_are_read_one_by_one_page_by_page():
    bodies = {"1": [entry(1, STATUS), entry(2, STATUS, at="2026-10-05T10:00:00.000+0000")]}
    with station(cloud([], one_by_one=bodies)) as server, client_of(server) as client:
        found = told(client, [1, 2])
        assert [each.number for each in found[1].changes] == [1, 2]
        assert [each.id for each in client.poisoned] == [2]
        told(client, [1])
        asked = [heard.path for heard in server.heard if "changelog/bulkfetch" in heard.path]
    assert len(asked) == 1


def on_premise(logs: dict[int, Any], alone: dict[int, Any] | None = None):
    def answer(heard: Heard) -> Said:
        if heard.path.endswith("/field"):
            return Said([{"id": "customfield_10026", "name": "Story Points", "custom": True}])
        if heard.method == "GET":
            return Said((alone or logs)[int(heard.path.rpartition("/")[2])])
        names = heard.body["jql"].partition("(")[2].partition(")")[0].split(", ")
        rows = [logs[int(name)] for name in names if int(name) in logs]
        if any(row == "refused" for row in rows):
            return Said({"errorMessages": ["Not this one."]}, 400)
        return Said({"startAt": 0, "maxResults": 50, "total": len(rows), "issues": rows})

    return answer


def issue(number: int, *entries: Any, total: int | None = None) -> dict[str, Any]:
    log = {"histories": list(entries), "total": len(entries) if total is None else total}
    return {"id": str(number), "fields": {"created": CREATED}, "changelog": log}


def test_data_center_tells_fields_by_name():
    points = {"field": "Story Points", "fieldtype": "custom", "fromString": "3", "toString": "5"}
    status = {name: value for name, value in STATUS.items() if name != "fieldId"}
    logs = {1: issue(1, entry(7, points, status))}
    with station(on_premise(logs)) as server, data_center_of(server) as client:
        found = told(client, [1], ("status", "customfield_10026"))[1].changes
        assert {each.field for each in found} == {"status", "customfield_10026"}
        assert server.heard[-1].body["expand"] == ["changelog"]


def test_data_center_reads_alone_what_a_search_cut_short():
    whole = issue(1, entry(6, STATUS), entry(7, STATUS))
    logs = {1: issue(1, entry(7, STATUS), total=2), 2: issue(2, total=1)}
    alone = {1: whole, 2: logs[2]}
    with station(on_premise(logs, alone)) as server, data_center_of(server) as client:
        found = told(client, [1, 2])
        assert [each.number for each in found[1].changes] == [6, 7]
        assert [each.id for each in client.poisoned] == [2]


def test_data_center_finds_the_issue_that_spoils_the_question():
    logs = {1: issue(1), 2: "refused", 3: issue(3)}
    with station(on_premise(logs)) as server, data_center_of(server) as client:
        assert told(client, [1, 2, 3]).keys() == {1, 3}
        assert [each.id for each in client.poisoned] == [2]


@pytest.mark.parametrize(
    ("field", "was", "text", "amount"),
    [
        ("customfield_1", "", "5.0", Decimal(5)),
        ("customfield_1", "", "0.5", Decimal("0.5")),
        ("customfield_1", "", "", None),
        ("customfield_1", "", "five", None),
        ("customfield_1", "", "nan", None),
        ("timeoriginalestimate", "5400", "1h 30m", Decimal("1.5")),
        ("timeoriginalestimate", "", "", None),
    ],
)
def test_a_number_is_told_as_text_and_a_time_in_seconds(field, was, text, amount):
    at = datetime(2026, 10, 1, tzinfo=UTC)
    assert Change(at, 1, field, was, text, "", "").amount_was == amount


@pytest.mark.editions("cloud", "data center")
def test_what_happened_to_an_issue_is_told_by_both_kinds_of_jira(jira, connection):
    issue = jira.create("DEMO", "Sized twice", points=3)
    jira.resize(issue.key, points=8, estimate=7200)
    jira.resize(issue.key, points=None, estimate=3600)
    jira.move(issue.key, "Done")
    points, time = "customfield_10026", "timeoriginalestimate"
    with connection.client() as client:
        found = told(client, [issue.id], ("status", "resolution", points, time))[issue.id].changes
    assert [each.amount_was for each in found if each.field == points] == [3, 8]
    assert [each.amount_was for each in found if each.field == time] == [None, 2]
    assert [each.now_text for each in found if each.field == "resolution"] == ["Done"]


def test_a_refused_field_is_said():
    def answer(heard: Heard) -> Said:
        if heard.path.endswith("/issue/bulkfetch"):
            return Said({"issues": [{"id": "1", "fields": {"created": CREATED}}]})
        return Said({"errorMessages": ["No such field."]}, 400)

    with station(answer) as server, client_of(server) as client, pytest.raises(QueryRefused):
        told(client, [1], ("nonsense",))
