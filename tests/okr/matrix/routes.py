"""The addresses that the URL configuration really has."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

SPOKEN = ("api", "scim", "jira_api", "accounts_api")
"""Spoken in JSON: nothing to look at."""
CORE = ("", "okr", "api", "scim")
ROOMS = {
    "jira_integration": ("jira", "jira_api"),
    "atlassian_accounts": ("accounts", "accounts_api"),
}
"""The beginnings of the names in each room, which has a matrix of its own."""


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from names(each.url_patterns, each.namespace or space)
        else:
            yield f"{space}:{each.name}" if space else str(each.name)


def every_route() -> list[str]:
    return sorted(names(get_resolver().url_patterns))


def of_the_core() -> list[str]:
    return [name for name in every_route() if _space(name) in CORE]


def of_the_room(room: str) -> list[str]:
    return [name for name in every_route() if _space(name) in ROOMS[room]]


def of_nobody() -> list[str]:
    """Of which nobody says who is let in."""
    known = {*CORE, *(space for spaces in ROOMS.values() for space in spaces)}
    return [name for name in every_route() if _space(name) not in known]


def of_pages() -> list[str]:
    return [name for name in every_route() if _space(name) not in SPOKEN]


def _space(name: str) -> str:
    return name.rpartition(":")[0]
