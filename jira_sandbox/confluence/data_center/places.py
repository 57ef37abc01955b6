"""Who the caller is, who somebody is, which spaces are there, and what the server is."""

from jira_sandbox.confluence import bodies
from jira_sandbox.confluence.data_center.content import listed, space_body
from jira_sandbox.confluence.visit import Visit
from jira_sandbox.messages import RefusedError, Response, json_response


def current_user(visit: Visit) -> Response:
    """Whoever comes without credentials is told as nobody, and answered 200."""
    account = visit.reader.account
    if account is None:
        return json_response(bodies.nobody(visit.base))
    if not visit.reader.may_enter:
        raise RefusedError(403, "Current user not permitted to use Confluence")
    return json_response(bodies.person(visit.base, account))


def one_user(visit: Visit) -> Response:
    if not visit.reader.may_enter:
        raise RefusedError(403, "Current user not permitted to use Confluence")
    name, key = visit.request.argument("username"), visit.request.argument("key")
    for account in visit.site.accounts.values():
        if name == account.name or key == bodies.user_key(account):
            return json_response(bodies.person(visit.base, account))
    raise RefusedError(404, f"No user found with {'username' if name else 'key'} : {name or key}")


def spaces(visit: Visit) -> Response:
    keys = {key.casefold() for key in visit.request.query.get("spaceKey", [])}
    rows = [
        space_body(visit, space)
        for space in visit.reader.spaces()
        if not keys or space.key.casefold() in keys
    ]
    return json_response(listed(visit, "space", rows))


def one_space(visit: Visit) -> Response:
    space = visit.reader.space(visit.named["key"])
    if space is None:
        raise RefusedError(404, f"No space found with key: {visit.named['key']}")
    return json_response(space_body(visit, space))
