"""What goes wrong on the way of an event from Jira to whoever waits for it."""

from dataclasses import replace

from jira_sandbox.faults import Answer, Trouble
from jira_sandbox.messages import Request, Response


def duplicate(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    answer(request)
    return answer(request)


def dropped(_trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    return Response(200)


def delayed(trouble: Trouble, answer: Answer, request: Request) -> Response:
    trouble.stopping.wait(trouble.fault.seconds)
    return answer(request)


def disorder(trouble: Trouble, answer: Answer, request: Request) -> Response:
    """Every other event is overtaken by those that come within `seconds`."""
    if trouble.fault.used % 2:
        trouble.stopping.wait(trouble.fault.seconds)
    return answer(request)


def forged(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    return answer(
        replace(request, headers={**request.headers, "X-Hub-Signature": "sha256=" + "0" * 64})
    )
