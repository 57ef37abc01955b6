"""How the administration of Atlassian refuses: reading has scopes, and a deed has an account."""

from atlassian.client import Asked, AtlassianError, Dialect, Head

from .errors import (
    AccountGone,
    DeedRefused,
    KeyOnlyReads,
    KeyTooNarrow,
    NotAtlassian,
    NotManaged,
    OwnAccount,
    SyncedAccount,
)

DEED = "the account"
"""What is asked for where something is done to one account, told from all that is read."""


def _refused(head: Head, asked: Asked, messages: list[str]) -> AtlassianError | None:
    if asked.what == DEED:
        return _deed_refused(head, asked, messages)
    if head.status == 403:
        told = " / ".join(messages)
        return KeyTooNarrow(host=asked.host, email=asked.email, what=asked.what, detail=told)
    return None


def _refused_by_site(head: Head, asked: Asked, messages: list[str]) -> AtlassianError | None:
    """A site takes its administrators' word for any account; 403 is about them."""
    if asked.what != DEED:
        return None
    if head.status == 403:
        return KeyOnlyReads(host=asked.host, reason="site", detail=" / ".join(messages))
    return _deed_refused(head, asked, messages)


def _deed_refused(head: Head, asked: Asked, messages: list[str]) -> AtlassianError | None:
    told = " / ".join(messages)
    match head.status:
        case 403:
            return _kept_from(told)(host=asked.host, detail=told)
        case 404 | 410:
            return AccountGone(host=asked.host, detail=told)
        case 400 | 409 | 412 | 422:
            return DeedRefused(messages=messages)
        case _:
            return None


def _kept_from(told: str) -> type[NotManaged] | type[KeyOnlyReads]:
    """Why an account may not be changed: Atlassian, user management REST API, "Manage".

    A key with scopes may never change one; the organizations API says so in words alone.
    """
    if "scope" in told.lower():
        return KeyOnlyReads
    if "externalDirectory" in told:
        return SyncedAccount
    return OwnAccount if "notMyself" in told else NotManaged


AGENT = "okr-atlassian-accounts"
ADMINISTRATION = Dialect(agent=AGENT, stranger=NotAtlassian, refused=_refused)
SITE = Dialect(agent=AGENT, stranger=NotAtlassian, refused=_refused_by_site)
