"""Secrets are taken and never told: a canary token stands in no answer of the room, nor at rest."""

from django.urls import reverse

from jira_integration.models import JiraConnection, SyncRun, Trigger
from okr.models import ApiAnswer, AuditEntry
from tests.jira_integration.api.test_deeds import UNSAFE
from tests.jira_integration.matrix.routes import ROUTES
from tests.jira_integration.tokens import grant
from tests.okr.api.script import client_of, send

CANARY = "canary-4b1d0e-of-the-sandbox"
SPOKEN = {name: each for name, each in ROUTES.items() if each.spoken}
ENDINGS = ("switch", "site", "links", "link")
"""What takes the connection or the links away is asked last."""


def in_order():
    return sorted(SPOKEN, key=lambda name: name.partition(":")[2] in ENDINGS)


def bodies(jira):
    """For whatever takes a token, one with the canary; everything else gets an empty object."""
    site = {"email": jira.email, "server": jira.url, "token": CANARY}
    return {
        "jira_api:sites": [site, site | {"name": "Other"}, site | {"email": 3}],
        "jira_api:site": [{"token": CANARY}, {"token": CANARY, "email": "x:y"}],
        "jira_api:successor": [
            {"email": jira.email, "token": CANARY},
            {"email": "x", "token": CANARY},
        ],
    }


def test_no_answer_tells_a_token(linked, connection, jira, olga):
    grant(jira, CANARY)
    grant(jira, CANARY + "-other")
    client = client_of(olga, "read", "write", "admin")
    headers = {"If-Match": "*", "Idempotency-Key": "once"}
    numbers = {
        "site": connection.pk,
        "key_result": linked.pk,
        "creating": linked.pk,
        "link": linked.jira_links.first().pk,
        "run": SyncRun.objects.ask(connection, Trigger.HAND).pk,
    }
    taken = 0
    for name in in_order():
        declared = SPOKEN[name]
        place = reverse(name, kwargs={arg: numbers[of] for arg, of in declared.args.items()})
        for method in ("GET", *UNSAFE):
            if method not in declared.methods:
                continue
            for at, body in enumerate(bodies(jira).get(name, [{}])):
                told = headers | {"Idempotency-Key": f"{name} {method} {at}"}
                sent = None if method in ("GET", "DELETE") else body
                response = send(client, method.lower(), place, sent, **told)
                taken += response.status_code < 300 and "token" in body
                assert response.status_code < 500, (name, method)
                assert CANARY not in response.content.decode(), (name, method)
                assert CANARY not in str(response.headers), (name, method)
    assert taken, "the canary was never taken"
    for rows in (ApiAnswer.objects, AuditEntry.objects, JiraConnection.objects):
        assert CANARY not in str(list(rows.values()))
