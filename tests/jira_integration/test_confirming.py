"""Whoever gives or sees credentials of Jira and signed in long ago proves that it is still they."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from okr.api.confirmed import UNCONFIRMED
from okr.models import Role
from tests.cast import make_person

PASSWORD, JIRA = "a plumb line", "/okr-admin/integration/jira/"


@pytest.fixture
def window(db):
    dana = make_person("Dana Holt", password=PASSWORD, role=Role.OKR_ADMIN)
    client = Client()
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        client.post("/sign-in/", {"login": dana.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    "below",
    [
        "connect/", "sites/new/", "manage/credentials/", "manage/credentials/successor/",
        "manage/events/register/", "manage/events/by-hand/",
    ],
)  # fmt: skip
def test_every_page_that_takes_or_shows_a_secret_asks(window, below):
    assert window.post(f"{JIRA}{below}")["Location"].startswith("/confirm/?next=")


@pytest.mark.parametrize(
    ("method", "below"),
    [("post", ""), ("patch", "1/"), ("post", "1/successor/"), ("post", "1/events/by-hand/")],
)
def test_the_api_asks_a_session(window, method, below):
    answer = getattr(window, method)(f"/api/v1/jira/sites/{below}", {}, "application/json")

    assert (answer.status_code, answer.json()["detail"]) == (403, UNCONFIRMED)
