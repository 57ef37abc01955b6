"""The error tree: every class has its verdict, its own code, and survives being carried around."""

import copy
import pickle
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pytest

from atlassian.client import AtlassianError, errors
from atlassian.client.errors import DETAIL_LENGTH, RateLimited, ServerNotFound
from okr.outgoing import TlsReason

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type)]
TREE = [kind for kind in KINDS if issubclass(kind, AtlassianError)]
SAMPLES: dict[str, Any] = {
    "host": "acme.example",
    "kind": "password",
    "email": "bot@acme.example",
    "reason": "empty",
    "seconds": 10,
    "other_host": "evil.example",
    "until": datetime(2026, 11, 3, 10, 0, tzinfo=UTC),
    "scope": "connection",
    "messages": ["No."],
    "what": "issues",
    "account": "Acme Bot",
    "status": 503,
    "connected": True,
    "login_url": "",
    "detail": "told",
}


def sample(kind: type[AtlassianError]) -> AtlassianError:
    return kind(**{part.name: SAMPLES[part.name] for part in fields(kind)})


def test_every_error_has_a_code_of_its_own():
    codes = [kind.code for kind in TREE]
    assert len(set(codes)) == len(codes)
    assert all(code.replace("_", "").isalpha() and code.islower() for code in codes)


def test_no_error_is_a_value_error_which_requests_would_rewrap():
    assert not any(issubclass(kind, ValueError | OSError) for kind in TREE)


@pytest.mark.parametrize("kind", TREE, ids=lambda kind: kind.__name__)
def test_a_verdict_is_one_thing(kind):
    """What mends itself does not wait for a person."""
    assert not (kind.retry and kind.stops_connection)


@pytest.mark.parametrize("kind", TREE, ids=lambda kind: kind.__name__)
def test_an_error_survives_pickling_and_copying(kind):
    error = sample(kind)
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301
        assert type(twin) is kind
        assert vars(twin) == vars(error)


def test_the_tree_in_the_docstring_is_the_tree_in_the_code():
    drawn = errors.__doc__ or ""
    for kind in TREE:
        assert kind.__name__ in drawn


def test_bad_credentials_stop_and_bad_luck_does_not():
    assert errors.WrongCredentials.stops_connection
    assert errors.Captcha.stops_connection
    assert not errors.Unavailable.stops_connection
    assert RateLimited.retry
    assert not errors.QueryRefused.retry
    assert not errors.QueryRefused.stops_connection


def test_the_detail_is_clipped_and_shown_after_the_code():
    error = ServerNotFound(host="acme.example", detail="x" * 1_000)
    assert len(error.detail) == DETAIL_LENGTH
    assert str(error).startswith("server_not_found: xxx")
    assert str(AtlassianError()) == "atlassian_error"
    assert str(TlsReason.EXPIRED) == "certificate expired"
