"""Registering webhooks, for administrators of Jira alone."""

from urllib.parse import urlsplit

from jira_sandbox.cloud.exchange import HOOKS, Exchange
from jira_sandbox.cloud.searches import texts
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.hook import EVENTS, Hook

OWN_MACHINE = ("127.0.0.1", "localhost", "::1")


def register(exchange: Exchange) -> Response:
    hook = keep(exchange, str(exchange.request.json().get("secret", "")))
    return json_response(_body(exchange, hook), 201)


def keep(exchange: Exchange, secret: str, *, on_premise: bool = False) -> Hook:
    """This sandbox calls addresses of its own machine only."""
    _require_admin(exchange)
    body = exchange.request.json()
    events, url = texts(body, "events"), str(body.get("url", ""))
    if not body.get("name") or not events:
        raise RefusedError(400, "A webhook needs a name, an address and events.")
    if unknown := set(events) - set(EVENTS):
        raise RefusedError(400, f"This sandbox has no event {min(unknown)!r}.")
    if urlsplit(url).scheme != "http" or urlsplit(url).hostname not in OWN_MACHINE:
        raise RefusedError(400, f"This sandbox cannot call {url!r}.")
    site = exchange.site
    number = max(site.hooks, default=0) + 1
    site.keep_hook(Hook(number, str(body["name"]), url, secret, tuple(events), on_premise))
    return site.hooks[number]


def every(exchange: Exchange) -> Response:
    return json_response([_body(exchange, hook) for hook in kept(exchange)])


def kept(exchange: Exchange, *, on_premise: bool = False) -> list[Hook]:
    _require_admin(exchange)
    return [hook for hook in exchange.site.hooks.values() if hook.on_premise == on_premise]


def remove(exchange: Exchange) -> Response:
    _require_admin(exchange)
    number = exchange.named["number"]
    if not number.isdecimal() or int(number) not in exchange.site.hooks:
        raise RefusedError(404, f"There is no webhook {number}.")
    exchange.site.drop_hook(int(number))
    return Response(204)


def _require_admin(exchange: Exchange) -> None:
    if exchange.viewer.account is None:
        raise RefusedError(401, "Sign in to read this.")
    if not exchange.viewer.is_admin:
        raise RefusedError(403, "Only administrators of Jira manage webhooks.")


def _body(exchange: Exchange, hook: Hook) -> Json:
    return {
        "name": hook.name,
        "url": hook.url,
        "events": list(hook.events),
        "filters": {},
        "excludeBody": False,
        "enabled": True,
        "isSigned": bool(hook.secret),
        "self": f"{exchange.root}{HOOKS}/webhook/{hook.number}",
    }
