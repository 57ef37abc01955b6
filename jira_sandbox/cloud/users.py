"""`users/search`: every account, for whoever may browse users; some hide their e-mail address."""

from jira_sandbox.cloud import bodies
from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.messages import RefusedError, Response, json_response
from jira_sandbox.model.nouns import Account, Role

LARGEST_PAGE = 1000


def search(exchange: Exchange) -> Response:
    start = exchange.number("startAt", 0, 0, 100_000_000)
    size = min(exchange.number("maxResults", 50, 1, 100_000_000), LARGEST_PAGE)
    found = everybody(exchange)[start : start + size]
    return json_response([bodies.account(exchange.api, account) for account in found])


def everybody(exchange: Exchange) -> list[Account]:
    """In the order of their ids. Refused without Browse users and groups."""
    account = exchange.viewer.account
    if account is None or account.role is Role.NONE:
        raise RefusedError(403, "You are not allowed to browse users and groups.")
    return sorted(exchange.site.accounts.values(), key=lambda each: each.id)
