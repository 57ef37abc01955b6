"""Each generation of Data Center has its own place for webhooks, and signs or does not."""

import json
from typing import Any

import pytest
import requests

from jira_sandbox.testing import SandboxDataCenter, running_data_center
from tests.sandbox.test_webhooks import EVENTS, SECRET, Listener, listener  # noqa: F401

FIRST, SINCE_10 = "/rest/webhooks/1.0/webhook", "/rest/jira-webhook/1.0/webhooks"


class Here:
    """Calls below the site's address, with an access token."""

    def __init__(self, jira: SandboxDataCenter, token: str) -> None:
        self.jira, self.headers = jira, {"Authorization": f"Bearer {token}"}

    def post(self, path: str, body: Any) -> requests.Response:
        return requests.post(self.jira.url + path, json=body, headers=self.headers, timeout=20)

    def get(self, path: str) -> requests.Response:
        return requests.get(self.jira.url + path, headers=self.headers, timeout=20)


def asked(listener: Listener, **more: Any) -> dict[str, Any]:  # noqa: F811
    return {"name": "Us", "url": listener.server.address, "events": EVENTS, **more}


@pytest.mark.parametrize(
    ("version", "here", "elsewhere"),
    [((9, 12, 0), FIRST, SINCE_10), ((10, 0, 0), SINCE_10, FIRST)],
)
def test_the_other_generations_place_is_not_there(version, here, elsewhere, listener):  # noqa: F811
    with running_data_center("small", version=version) as jira:
        admin = Here(jira, jira.admin_token)
        assert admin.post(elsewhere, asked(listener)).status_code == 404
        assert admin.post(here, asked(listener)).status_code == 201
        assert [each["name"] for each in admin.get(here).json()] == ["Us"]
        assert Here(jira, jira.token).post(here, asked(listener)).status_code == 403


def test_before_ten_an_event_bears_no_signature_and_no_identifier(listener):  # noqa: F811
    with running_data_center("small", version=(9, 12, 0)) as jira:
        Here(jira, jira.admin_token).post(FIRST, asked(listener, secret=SECRET))
        jira.move("DEMO-10", "Done")
        [heard] = listener.wait_for(1)
    assert not {"x-hub-signature", "x-atlassian-webhook-identifier"} & set(heard.headers)
    sent = json.loads(heard.body)
    assert sent["issue"]["key"] == "DEMO-10"
    assert "accountId" not in sent["user"]


@pytest.mark.parametrize("place", [{"secret": SECRET}, {"configuration": {"SECRET": SECRET}}])
def test_from_ten_on_the_secret_is_one_of_the_configuration(listener, place):  # noqa: F811
    with running_data_center("small", version=(10, 3, 0)) as jira:
        Here(jira, jira.admin_token).post(SINCE_10, asked(listener, **place))
        jira.move("DEMO-10", "Done")
        [heard] = listener.wait_for(1)
    assert ("x-hub-signature" in heard.headers) is ("configuration" in place)


def test_an_event_that_failed_is_not_sent_again(listener):  # noqa: F811
    listener.answers = [503]
    with running_data_center("small", version=(10, 3, 0)) as jira:
        jira.sandbox.sender.pause = 0.01
        Here(jira, jira.admin_token).post(SINCE_10, asked(listener))
        jira.move("DEMO-10", "Done")
        jira.move("DEMO-11", "Done")
        listener.wait_for(2)
