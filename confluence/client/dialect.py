"""How Confluence refuses, and as what we introduce ourselves to it."""

from dataclasses import replace

from atlassian.client import Asked, AtlassianError, Dialect, Head

from .errors import NotConfluence, PageTooLarge, VersionConflict

STALE = "version must be incremented"


def _refused(head: Head, _asked: Asked, messages: list[str]) -> AtlassianError | None:
    """Atlassian, Confluence REST API v2, PUT /pages/{id}: 409 for a wrong number of the version.

    Data Center, REST API, PUT /rest/api/content/{id}, tells the same with 409, or with 400 and this
    sentence.
    """
    told = " / ".join(messages)
    if head.status == 413:
        return PageTooLarge(detail=told)
    stale = head.status == 400 and STALE in told.lower()
    return VersionConflict(detail=told) if head.status == 409 or stale else None


CONFLUENCE = Dialect(agent="okr-confluence", stranger=NotConfluence, refused=_refused)
CLOUD = replace(CONFLUENCE, names_everywhere=False)
"""Versions 1 and 2 of its API are different services, and nobody promises that both name whom they
answer."""
