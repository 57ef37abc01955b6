"""Numbers for Prometheus: for whoever may read them, the same from every web process."""

import re
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.http import HttpResponse
from django.utils import timezone

from config.callers import Callers
from config.watch import gauges, health
from config.watch.counts import counted
from config.watch.door import Door
from config.watch.exposition import may_read
from config.watch.gauges import every_gauge, of_health, stored
from config.watch.health import Base, Health
from config.watch.models import Heartbeat, Kind
from config.watch.request_line import RequestLine
from okr import slots
from okr.slots import Series

MANUAL = Path(__file__).resolve().parent.parent.parent / "docs" / "operators.md"
TOKEN = "a-token-of-the-scraper"
NOW = timezone.now()


@pytest.fixture
def on(settings, tmp_path):
    settings.NUMBERS_ON, settings.NUMBERS_TOKEN = True, TOKEN
    settings.NUMBERS_FOLDER = tmp_path / "numbers" / "here"
    for probe in (health.DATABASE, health.QUEUE, gauges.STORED):
        probe.forget()
    return settings


def scraped(client, **headers):
    return client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}", **headers})


def test_without_a_choice_there_is_nothing(client):
    assert not configured.NUMBERS_ON
    answer = scraped(client)
    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize(
    "given", ["", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer ", f"Bearer {TOKEN[:-1]}"]
)
def test_without_the_token_there_is_nothing(on, client, given):
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_an_empty_token_lets_nobody_in(on, client):
    on.NUMBERS_TOKEN, on.NUMBERS_SOURCES = "", [ip_network("10.0.0.0/8")]
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize(
    ("caller", "through", "proxies", "let_in"),
    [
        ("10.1.2.3", {}, [], True),
        ("192.0.2.1", {}, [], False),
        ("", {}, [], False),
        ("10.1.2.3", {"X-Forwarded-For": "192.0.2.1"}, [], False),
        ("10.1.2.3", {"Forwarded": "for=192.0.2.1"}, [], False),
        ("10.1.2.3", {"X-Forwarded-For": "192.0.2.1"}, [ip_network("10.1.2.3")], False),
        ("10.1.2.3", {"X-Forwarded-For": "10.9.9.9"}, [ip_network("10.1.2.3")], True),
    ],
)
def test_a_network_lets_in_whoever_calls_from_it_and_no_proxy(
    on, rf, caller, through, proxies, let_in
):
    on.NUMBERS_TOKEN, on.NUMBERS_SOURCES, on.PROXIES = "", [ip_network("10.0.0.0/8")], proxies
    believing = Callers(lambda request: HttpResponse(status=200 if may_read(request) else 404))
    answer = believing(rf.get("/metrics", headers=through, REMOTE_ADDR=caller))
    assert (answer.status_code == 200) is let_in


@pytest.mark.django_db(transaction=True)
def test_the_text_is_what_prometheus_reads_and_the_manual_names_all_of_it(on, client, rf):
    RequestLine(lambda _: HttpResponse())(rf.get("/sign-in/"))
    answer = scraped(client)

    from prometheus_client.parser import text_string_to_metric_families as read

    families = {each.name: each for each in read(answer.content.decode())}
    written = {
        name + "_total" if each.type == "counter" else name for name, each in families.items()
    }
    rows = re.findall(r"^\| `(plumbline_\w+)` \|", MANUAL.read_text(), re.MULTILINE)
    assert written == set(rows)
    assert all(each.documentation for each in families.values())
    assert answer["Content-Type"].startswith("text/plain; version=")


def test_the_alerts_of_the_manual_ask_for_numbers_that_there_are():
    manual = MANUAL.read_text()
    rules = manual[manual.index("groups:\n") : manual.index("```", manual.index("groups:\n"))]
    known = set(re.findall(r"^\| `(plumbline_\w+)` \|", manual, re.MULTILINE))
    asked = {name.removesuffix("_bucket") for name in re.findall(r"plumbline_\w+", rules)}
    assert asked <= known
    assert rules.count("- alert:") == rules.count("expr:") == rules.count("annotations:")


def test_answers_are_counted_by_route_and_never_by_address(on, rf):
    line = RequestLine(lambda _: HttpResponse(status=404))
    line(rf.get("/welcome/a-secret-token/"))
    labels = [sample.labels for family in counted() for sample in family.samples]
    assert {"route": "none", "code": "404"} in labels
    assert "a-secret-token" not in str(labels)


def test_what_answers_machines_is_neither_counted_nor_logged(on, rf, lines):
    Door(RequestLine(lambda _: HttpResponse()))(rf.get("/health/live"))
    assert lines.parsed == []


def test_parts_that_are_well_are_one():
    seen = {Kind.WORKER.value: NOW - timedelta(seconds=90), Kind.SCHEDULE.value: NOW}
    numbers = {each.name: each.values for each in of_health(Health(Base(True, 0, seen), 7, NOW))}
    assert numbers["plumbline_part_up"] == {
        ("database",): 1.0,
        ("queue",): 1.0,
        ("worker",): 0.0,
        ("schedule",): 1.0,
    }
    assert numbers["plumbline_queue_length"] == {(): 7.0}
    assert numbers["plumbline_worker_heartbeat_age_seconds"] == {(): 90.0}
    assert numbers["plumbline_schedule_tick_age_seconds"] == {(): 0.0}


def test_what_is_not_known_is_no_number():
    numbers = {each.name: each.values for each in of_health(Health(Base(), None, NOW))}
    assert numbers["plumbline_queue_length"] == {}
    assert numbers["plumbline_worker_heartbeat_age_seconds"] == {}


def test_workers_that_were_seen_of_late_are_counted(db):
    for name, age in (("a", 5), ("b", 50), ("c", 500)):
        Heartbeat.objects.beat(Kind.WORKER, name, timezone.now() - timedelta(seconds=age))
    assert {each.name: each.values for each in stored()}["plumbline_workers"] == {(): 2.0}


def test_an_integration_adds_its_own(db):
    with slots.filled("watch.numbers", lambda _: [Series("plumbline_rain", "Rain.")]):
        assert "plumbline_rain" in [each.name for each in stored()]


def test_without_a_database_the_rest_is_told(on):
    health.DATABASE.ask()
    names = [each.name for each in every_gauge()]
    assert "plumbline_part_up" in names
    assert "plumbline_workers" not in names
