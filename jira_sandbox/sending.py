"""Tells the registered webhooks what happened, signed, and again where that failed."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit
from uuid import uuid4

from jira_sandbox.cloud import bodies
from jira_sandbox.cloud.fields import chosen, issue_body
from jira_sandbox.data_center.bodies import translated
from jira_sandbox.faults import OUTGOING, FaultBoard
from jira_sandbox.messages import Json, Request, Response
from jira_sandbox.model.hook import CHANGED, Hook
from jira_sandbox.model.issue import Difference, Issue
from jira_sandbox.model.site import Site
from jira_sandbox.model.viewer import Viewer

AT_ONCE = 20  # enough for a hundred events a second
MOST_RETRIES = 5
PATIENCE = 10.0
REPEATED = {408, 409, 425, 429}
FIELDS = ["summary", "status", "issuetype", "project", "updated"]


class Sender:
    """`pause` is the time before a repetition; Jira itself takes minutes. A Data Center, below its
    `context`, gives its events no identifier and never repeats them."""

    def __init__(self, site: Site, faults: FaultBoard, context: str, pause: float = 2.0) -> None:
        self.site, self.faults, self.context, self.pause = site, faults, context, pause
        self.root = ""
        self._pool = ThreadPoolExecutor(AT_ONCE)
        site.heard.append(self.hear)

    def hear(self, event: str, issue: Issue, differences: tuple[Difference, ...]) -> None:
        told = [hook for hook in self.site.hooks.values() if event in hook.events]
        bodies = {each: self._body(each, event, issue, differences) for each in _editions(told)}
        for hook in told:
            self._pool.submit(self._deliver, hook, bodies[hook.on_premise])

    def stop(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _body(
        self, on_premise: bool, event: str, issue: Issue, differences: tuple[Difference, ...]
    ) -> bytes:
        root, admin = self.root + (self.context if on_premise else ""), self.site.admin
        api, viewer = f"{root}/rest/api/2", Viewer(self.site, admin, on_premise=on_premise)
        body: Json = {
            "timestamp": int(self.site.clock().timestamp() * 1000),
            "webhookEvent": event,
            "user": bodies.account(api, admin),
            "issue": issue_body(issue, viewer, api, chosen(FIELDS)),
        }
        if event == CHANGED:
            body["issue_event_type_name"] = "issue_generic"
            body["changelog"] = {
                "id": str(issue.id),
                "items": [bodies.difference(each) for each in differences],
            }
        people = {account.id: account for account in self.site.accounts.values()}
        return json.dumps(translated(body, root, people) if on_premise else body).encode()

    def _deliver(self, hook: Hook, body: bytes) -> None:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Atlassian Webhook HTTP Client",
        }
        if not hook.on_premise:
            headers["X-Atlassian-Webhook-Identifier"] = str(uuid4())
            headers["X-Atlassian-Webhook-Flow"] = "Primary"
        if hook.secret:
            headers["X-Hub-Signature"] = hook.signature(body)
        for attempt in range(MOST_RETRIES + 1):
            more = {"X-Atlassian-Webhook-Retry": str(attempt)} if attempt else {}
            request = Request(OUTGOING, hook.url, headers | more, body)
            send: Callable[[Request], Response] = partial(_send, hook)
            status = self.faults.answer(request, send).status
            if hook.on_premise or (status < 500 and status not in REPEATED):
                return
            if self.faults.stopping.wait(self.pause):
                return


def _editions(hooks: list[Hook]) -> set[bool]:
    return {hook.on_premise for hook in hooks}


def _send(hook: Hook, request: Request) -> Response:
    """504 stands for everything that is no answer."""
    there = urlsplit(hook.url)
    connection = HTTPConnection(there.hostname or "", there.port or 80, timeout=PATIENCE)
    try:
        connection.request("POST", there.path, request.body, dict(request.headers))
        return Response(connection.getresponse().status)
    except (OSError, HTTPException):
        return Response(504)
    finally:
        connection.close()
