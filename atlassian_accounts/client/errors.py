"""What only the administration of Atlassian answers; the rest is in `atlassian.client.errors`.

├── NotAtlassian         something answered, and it is not Atlassian's administration
├── KeyTooNarrow         403: the API key lacks a scope, or its owner is no organization admin
├── UnknownOrganization  the key works, and is for another organization
├── KeyOnlyReads         403 to a deed: the API key, or the account of the token, may not change any
├── NotManaged           403 to a deed: the account is none that the organization manages
│   ├── SyncedAccount    it comes from an identity provider, and is changed there
│   └── OwnAccount       it is the account that made the API key
├── AccountGone          404 to a deed: no such account any more
└── DeedRefused          400 or 409 to a deed, in Atlassian's own words
"""

from dataclasses import dataclass

from atlassian.client import AtlassianError, Forbidden, NotFound, StrangeServer


@dataclass(eq=False, kw_only=True)
class NotAtlassian(StrangeServer):
    code = "not_atlassian"


@dataclass(eq=False, kw_only=True)
class KeyTooNarrow(Forbidden):
    code = "key_too_narrow"
    what: str


@dataclass(eq=False, kw_only=True)
class UnknownOrganization(NotFound):
    code = "unknown_organization"
    stops_connection = True
    others: str = ""
    """The names of those that the key is for."""


@dataclass(eq=False, kw_only=True)
class KeyOnlyReads(AtlassianError):
    code = "key_only_reads"
    host: str
    reason: str = ""
    """`site` where it is somebody's token at a single site."""


@dataclass(eq=False, kw_only=True)
class NotManaged(AtlassianError):
    code = "not_managed"
    host: str


class SyncedAccount(NotManaged):
    code = "synced_account"


class OwnAccount(NotManaged):
    code = "own_account"


@dataclass(eq=False, kw_only=True)
class AccountGone(AtlassianError):
    code = "account_gone"
    host: str


@dataclass(eq=False, kw_only=True)
class DeedRefused(AtlassianError):
    code = "deed_refused"
    messages: list[str]
