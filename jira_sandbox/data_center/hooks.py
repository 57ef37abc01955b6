"""Registering webhooks as Data Center has it before 10 and from 10 on, for administrators."""

from jira_sandbox.cloud import hooks
from jira_sandbox.cloud.exchange import HOOKS, Exchange, Route
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.hook import Hook

SINCE_10 = "/rest/jira-webhook/1.0"
FIRST_OWN = (10,)


def routes(version: tuple[int, ...]) -> tuple[Route[Exchange], ...]:
    """The other generation's addresses are not there at all."""
    if version >= FIRST_OWN:
        return (
            Route("GET", "webhooks", every, api=SINCE_10),
            Route("POST", "webhooks", register, api=SINCE_10),
            Route("DELETE", "webhooks/{number}", hooks.remove, api=SINCE_10),
        )
    return (
        Route("GET", "webhook", every_unsigned, api=HOOKS),
        Route("POST", "webhook", register_unsigned, api=HOOKS),
        Route("DELETE", "webhook/{number}", hooks.remove, api=HOOKS),
    )


def register(exchange: Exchange) -> Response:
    """The secret is one of the configuration; anywhere else it is ignored."""
    configuration = exchange.request.json().get("configuration") or {}
    if not isinstance(configuration, dict):
        raise RefusedError(400, "The configuration has to be an object.")
    hook = hooks.keep(exchange, str(configuration.get("SECRET", "")), on_premise=True)
    return json_response(_body(hook), 201)


def every(exchange: Exchange) -> Response:
    return json_response([_body(hook) for hook in hooks.kept(exchange, on_premise=True)])


def register_unsigned(exchange: Exchange) -> Response:
    hook = hooks.keep(exchange, "", on_premise=True)
    return json_response(_unsigned(exchange, hook), 201)


def every_unsigned(exchange: Exchange) -> Response:
    found = hooks.kept(exchange, on_premise=True)
    return json_response([_unsigned(exchange, hook) for hook in found])


def _body(hook: Hook) -> Json:
    return {
        "id": hook.number,
        "name": hook.name,
        "url": hook.url,
        "events": list(hook.events),
        "active": True,
        "scopeType": "global",
        "configuration": {"EXCLUDE_BODY": "false"},
        "sslVerificationRequired": True,
    }


def _unsigned(exchange: Exchange, hook: Hook) -> Json:
    return {
        "name": hook.name,
        "url": hook.url,
        "events": list(hook.events),
        "filters": {},
        "excludeBody": False,
        "enabled": True,
        "self": f"{exchange.root}{HOOKS}/webhook/{hook.number}",
    }
