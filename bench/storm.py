"""Ten thousand events at once, against a view that only stores a row; and pages meanwhile."""

import hmac
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from threading import Event
from urllib.parse import urlsplit
from uuid import uuid4

import requests
from django.db import connection as database

from bench import bare
from bench.house import Jira, serving
from bench.steady import COUNTS_AS, progress
from bench.volley import Volley, post, sent
from config.plan import HOST, Plan
from jira_integration.models import JiraIssue, WebhookDelivery, WebhookReceiver
from tests.servers import free_port

PATIENCE = 600.0
LOOKS_EVERY, OPENED_EVERY = 0.2, 0.25
ACCEPTED = 202
FIELDS_OF_A_COMPANY = 120
Cookies = dict[str, str]


@dataclass(slots=True)
class Storm:
    """`right` are the seconds until every number was the one that its issues make."""

    bare: Volley
    door: Volley
    stored: int = 0
    right: float = 0.0
    wrong: int = 0
    pages: list[float] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not self.wrong and set(self.door.answers) == {ACCEPTED}


def storm(
    jira: Jira,
    plan: Plan,
    many: Mapping[int, list[str]],
    issues: Mapping[str, JiraIssue],
    cookies: Cookies,
) -> Storm:
    receiver = WebhookReceiver.objects.select_related("connection").get()
    bodies = {key: body_of(issue) for key, issue in issues.items()}
    lower = against_bare(plan, list(bodies.values()))
    there: dict[str, str] = jira.ask(f"storm {len(issues)}")
    posts = [signed(receiver, body) for body in bodies.values()]
    before, begun = WebhookDelivery.objects.count(), time.monotonic()
    with opening(plan, list(many), cookies) as pages:
        door = sent(plan.port, posts)
    told = Storm(lower, door, WebhookDelivery.objects.count() - before, pages=pages)
    settle(told, expected(many, there), begun)
    return told


def settle(told: Storm, numbers: Mapping[int, Decimal], begun: float) -> None:
    while time.monotonic() < begun + PATIENCE:
        there = progress(numbers)
        told.right = time.monotonic() - begun
        told.wrong = sum(there.get(pk) != number for pk, number in numbers.items())
        if not told.wrong:
            return
        time.sleep(LOOKS_EVERY)


def expected(many: Mapping[int, list[str]], there: Mapping[str, str]) -> dict[int, Decimal]:
    """To the four places that are kept."""
    return {
        pk: round(Decimal(sum(COUNTS_AS[there[key]] for key in keys)) / len(keys), 4)
        for pk, keys in many.items()
    }


def against_bare(plan: Plan, bodies: Sequence[bytes]) -> Volley:
    """The same bodies by the same sender to the same programs, which only store them."""
    with database.cursor() as cursor:
        cursor.execute(bare.TABLE)
    elsewhere = replace(plan, port=free_port())
    with serving("bare", elsewhere, settings="bench.bare_settings"):
        return sent(elsewhere.port, [post(bare.PATH, body, {}) for body in bodies])


@contextmanager
def opening(
    plan: Plan, key_results: Sequence[int], cookies: dict[str, str]
) -> Iterator[list[float]]:
    """Somebody opens a page every quarter of a second; the seconds that each of them took."""
    over, took = Event(), list[float]()

    def look() -> None:
        with requests.Session() as session:
            while not over.wait(OPENED_EVERY):
                pk = key_results[len(took) % len(key_results)]
                address = f"http://{HOST}:{plan.port}/key-results/{pk}/"
                answer = session.get(address, cookies=cookies, timeout=PATIENCE)
                took.append(answer.elapsed.total_seconds())

    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(look)
        yield took
        over.set()
        looking.result()


def signed(receiver: WebhookReceiver, body: bytes) -> bytes:
    digest = hmac.new(receiver.secret.encode(), body, sha256).hexdigest()
    headers = {
        "X-Atlassian-Webhook-Identifier": str(uuid4()),
        "X-Hub-Signature": f"sha256={digest}",
    }
    return post(urlsplit(receiver.url).path, body, headers)


def body_of(issue: JiraIssue) -> bytes:
    """As long as that of a company whose Jira has some custom fields."""
    empty = {f"customfield_{10_000 + number}": None for number in range(FIELDS_OF_A_COMPANY)}
    fields = {"summary": issue.summary, "status": {"name": issue.status}, **empty}
    sent = {
        "timestamp": 1_772_000_000_000,
        "webhookEvent": "jira:issue_updated",
        "issue_event_type_name": "issue_generic",
        "issue": {"id": str(issue.jira_id), "key": issue.key, "fields": fields},
        "changelog": {"id": "1", "items": [{"field": "status", "toString": "Done"}]},
    }
    return json.dumps(sent).encode()
