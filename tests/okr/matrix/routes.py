"""The addresses that the URL configuration really has."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

SPOKEN = ("api", "scim", "jira_api", "accounts_api", "confluence_api")
"""Spoken in JSON: nothing to look at."""
CORE = ("", "okr", "api", "scim")
ROOMS = ("jira", "accounts", "confluence")
"""Each has a matrix of its own."""


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


def of_a_room(space: str) -> list[str]:
    """Its pages, and its addresses in the API."""
    return [name for name in every_route() if _space(name) in (space, f"{space}_api")]


def of_nobody() -> list[str]:
    """Of which nobody says who is let in."""
    known = {*CORE, *ROOMS, *(f"{room}_api" for room in ROOMS)}
    return [name for name in every_route() if _space(name) not in known]


def of_pages() -> list[str]:
    return [name for name in every_route() if _space(name) not in SPOKEN]


def _space(name: str) -> str:
    return name.rpartition(":")[0]
