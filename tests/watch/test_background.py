"""OKR admins are told whether anything works in the background, where they look how the sync is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.watch.card import told
from config.watch.models import Heartbeat, Kind
from tests.cast import signed_in

NOW = timezone.now()
SEEN = "The worker was last seen 5 seconds ago"
MISSING = "Until one runs, nothing is read and no e-mail is sent. Ask whoever runs this"


def ago(**since: float) -> dict[str, object]:
    return {kind: NOW - timedelta(seconds=seconds) for kind, seconds in since.items()}


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        (ago(worker=10, schedule=40), "The worker was last seen 10 seconds ago."),
        (ago(worker=0, schedule=0), "The worker was last seen 1 second ago."),
        ({}, f"No worker has been seen so far. {MISSING}"),
        (ago(worker=61, schedule=1), f"No worker has been seen for 1 minute. {MISSING}"),
        (ago(worker=200_000), f"No worker has been seen for 2 days. {MISSING}"),
        (
            ago(worker=5, schedule=7300),
            f"{SEEN}, but nothing came from the schedule for 2 hours.",
        ),
        (
            ago(worker=5),
            f"{SEEN}, but nothing came from the schedule so far.",
        ),
    ],
)
def test_the_sentence_says_what_was_seen_of_late(seen, sentence):
    assert told(seen, NOW)[0].startswith(sentence)


def test_the_admin_reads_it_beside_the_integrations(olga):
    page = signed_in(olga).get("/okr-admin/integration/").content.decode()
    assert "No worker has been seen so far." in page
    for kind in (Kind.WORKER, Kind.SCHEDULE):
        Heartbeat.objects.beat(kind, "", timezone.now())
    page = signed_in(olga).get("/okr-admin/integration/").content.decode()
    assert "The worker was last seen 1 second ago." in page
