"""What has the shape of a secret or of an address in it never reaches a log."""

import pytest

from config.watch.redaction import LONGEST, MASK, redact, redacted

CANARY = "Zq8canary7vNxW31"


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Basic {CANARY}=",
        f"sent Bearer {CANARY}.{CANARY}",
        f"'Authorization': 'Basic {CANARY}'",
        f"ATATT3xFfGF0{CANARY}_x=1A2B3C4D",
        f"token={CANARY}&x=1",
        f'{{"api_token": "{CANARY}"}}',
        f"password: {CANARY}",
        f"Cookie: sessionid={CANARY}",
        f"connect to postgresql://okr:{CANARY}@db.internal:5432/okr",
        f"redis://:{CANARY}@cache:6379/0",
        f"mail to {CANARY}@larkspur.example failed",
        f"GET /search/?q={CANARY}&page=2",
        f"https://jira.example/rest/api?jql=summary~{CANARY}",
        f'null value violates\nDETAIL:  Failing row contains (1, "{CANARY}").\nCONTEXT: x',
        f"session_id={CANARY}",
    ],
)
def test_a_secret_is_masked_wherever_it_stands(text):
    assert CANARY not in redact(text)
    assert MASK in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "The queue cannot be reached (Connection refused); the schedule will catch up.",
        "GET /rest/api/3/search/jql: timed_out: 30 seconds",
        "run site=1 outcome=done milliseconds=312",
        "Is the worker running? Nobody knows.",
        "https://jira.example/browse/OPS-1",
        "Basic setup is done at 20:15:00",
    ],
)
def test_plain_words_stay(text):
    assert redact(text) == text


def test_what_is_named_like_a_secret_is_masked_whatever_it_is():
    line = {"sealed_token": CANARY, "inner": [{"Set-Cookie": CANARY}], "calls": 3, "done": True}
    assert redacted("", line) == {
        "sealed_token": MASK,
        "inner": [{"Set-Cookie": MASK}],
        "calls": 3,
        "done": True,
    }


def test_an_object_is_redacted_as_it_shows_itself():
    assert CANARY not in redacted("error", ValueError(f"password={CANARY}"))


def test_what_is_endless_is_clipped():
    assert len(redact("a" * 1_000_000)) < LONGEST + 10
