"""The accounts of an organization: all, by filters, one by one, and how they were used.

Lists hold every account of the directories and every managed one besides; `GET …/users` ends in
June 2027, and `POST …/users/search` with `expand` stands in its place (Atlassian, organizations
REST API). What an account has to be asked for is all there in the first and in `users/{id}`.
"""

from collections.abc import Iterator
from typing import Any

from jira_sandbox.admin import bodies
from jira_sandbox.admin.asking import Ask, Filters, Listing, asked_in_query, limit_of, listing
from jira_sandbox.admin.filters import TESTS, Candidate, check, fits
from jira_sandbox.admin.refusals import declined
from jira_sandbox.gateway import CLOUD_ID
from jira_sandbox.messages import Json, Response, json_response
from jira_sandbox.model.profile import Profile

EXPAND = "expand"
ALWAYS = (bodies.ROLES, bodies.RESOURCES)
MANAGED_PAGE = 100


def listed(ask: Ask) -> Response:
    request = ask.request
    filters = dict(asked_in_query(request, TESTS)) | {EXPAND: list(ALWAYS)}
    return _page(ask, request.argument("cursor"), filters, request.argument("limit"))


def search(ask: Ask) -> Response:
    body = ask.request.json()
    filters = {name: _strings(name, body[name]) for name in (*TESTS, EXPAND) if body.get(name)}
    if not set(filters.get(EXPAND, ())) <= set(bodies.EXPANSIONS):
        raise declined("ADMIN-400-24", f"'expand' is of {', '.join(bodies.EXPANSIONS)}.")
    return _page(ask, str(body.get("cursor") or ""), filters, body.get("limit"))


def count(ask: Ask) -> Response:
    filters = asked_in_query(ask.request, TESTS)
    check(filters)
    return json_response({"count": sum(1 for _ in _found(ask, filters))})


def one(ask: Ask) -> Response:
    ask.directory()
    body = _body(ask, ask.profile(), ALWAYS)
    del body["links"]
    return json_response({"data": body})


def role_assignments(ask: Ask) -> Response:
    ask.directory()
    profile = ask.profile()
    rows = bodies.assignments(profile, ask.organization, CLOUD_ID)
    asked = _asked(ask, f"roles/{profile.id}")
    numbered = [(f"{place:05}", row) for place, row in enumerate(rows)]
    page, links = asked.cut(numbered, lambda each: each[0])
    return json_response({"data": [row for _, row in page], "links": links})


def last_active(ask: Ask) -> Response:
    known = bodies.last_active(ask.profile(), CLOUD_ID)
    return json_response({"data": known, "links": {"next": None}})


def managed(ask: Ask) -> Response:
    """The older list: managed accounts alone, and addresses where the others have cursors."""
    here = f"{ask.address}/users"
    every = [profile for profile in ask.profiles() if profile.managed]
    asked = listing("managed", ask.request.argument("cursor"), {}, MANAGED_PAGE)
    page, links = asked.cut(every, lambda each: each.id)
    addresses = {name: cursor and f"{here}?cursor={cursor}" for name, cursor in links.items()}
    found = [bodies.managed(each, ask.address, ask.root, ask.now) for each in page]
    return json_response({"data": found, "meta": {"total": len(every)}, "links": addresses})


def _page(ask: Ask, cursor: str, filters: Filters, limit: object) -> Response:
    asked = listing(f"users/{ask.named['directory']}", cursor, filters, limit_of(limit))
    check(asked.filters)
    page, links = asked.cut(_found(ask, asked.filters), lambda each: each.id)
    wanted = asked.filters.get(EXPAND, ())
    return json_response({"data": [_body(ask, each, wanted) for each in page], "links": links})


def _found(ask: Ask, filters: Filters) -> Iterator[Profile]:
    directory, now = ask.directory(), ask.now
    for profile in ask.profiles():
        if directory and directory.id not in profile.directories:
            continue
        if fits(Candidate(profile, ask.organization, now), filters):
            yield profile


def _body(ask: Ask, profile: Profile, wanted: "list[str] | tuple[str, ...]") -> Json:
    found = bodies.expansions(profile, ask.organization, CLOUD_ID)
    chosen = {name.partition(".")[0]: found[name] for name in bodies.EXPANSIONS if name in wanted}
    return bodies.user(profile, ask.now) | chosen


def _asked(ask: Ask, name: str) -> Listing:
    request = ask.request
    return listing(name, request.argument("cursor"), {}, limit_of(request.argument("limit")))


def _strings(name: str, value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) for each in values):
        raise declined("ADMIN-400-24", f"'{name}' has to be text.")
    return values
