"""A foreign client with its own checks of the standard finds nothing to complain about."""

from typing import Any

import pytest
from django.test.client import ClientHandler
from django.utils import timezone
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from okr.models.provisioning import DirectoryToken


def application(environ, start_response):
    """Django as a WSGI application that leaves the connection of the test open."""
    response: Any = ClientHandler()(environ)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.content]


@pytest.fixture
def outside(olga):
    told = DirectoryToken.objects.issue("Entra", by=olga, at=timezone.now())[1]
    return WSGISCIMClient(
        application,
        base_url="http://localhost/scim/v2",
        headers={"Authorization": f"Bearer {told}"},
    )


# Why, is told in docs/decisions.md: a directory cannot take away what everybody has.
OTHERWISE = (
    "did not remove attribute 'displayName'",  # everybody has a name
    "did not remove attribute 'active'",  # everybody is here, or is not
    "unexpected value for 'emails'",  # one address is kept, so it is the primary one
)


def test_every_check_of_the_standard_passes(outside, settings):
    settings.API_REQUESTS_A_MINUTE = 100_000

    results = check_server(outside)

    assert len(results) > 40
    wrong = [
        f"{each.title}: {each.reason}"
        for each in results
        if each.status not in (Status.SUCCESS, Status.SKIPPED)
        and not any(known in str(each.reason) for known in OTHERWISE)
    ]
    assert not wrong, "\n".join(wrong)
