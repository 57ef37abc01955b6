"""Which calls each verb is for Atlassian, and how an account reads once they were heeded."""

from collections.abc import Callable
from functools import partial

from atlassian_accounts.client import Profile, SiteClient
from atlassian_accounts.models import AccountStatus, Removal, Verb
from atlassian_accounts.proving import Client

LEAVING = (AccountStatus.FOR_DELETION, AccountStatus.CLOSED)
ENDS_AS = {
    Verb.DELETE: AccountStatus.FOR_DELETION,
    Verb.CANCEL: AccountStatus.ACTIVE,
    Verb.SUSPEND: AccountStatus.SUSPENDED,
    Verb.RESTORE: AccountStatus.ACTIVE,
}


def planned(client: Client, row: Removal) -> list[Callable[[], None]]:
    """Asks what has to be known for it; nothing changes before one of these is called."""
    number = row.account.account_id
    if isinstance(client, SiteClient):
        return [partial(client.remove, number)]
    match row.verb:
        case Verb.DELETE:
            return [partial(client.delete, number)]
        case Verb.CANCEL:
            return [partial(client.cancel_deletion, number)]
        case Verb.RESTORE if row.before == AccountStatus.INACTIVE:
            return [partial(client.enable, number)]
        case Verb.RESTORE:
            return [partial(client.restore, number, each) for each in client.directories_of(number)]
        case _:
            return [partial(client.suspend, number, each) for each in client.directories_of(number)]


def is_heeded(row: Removal, profile: Profile | None) -> bool:
    """Whether the account reads as it would afterwards. A deleted one may read as deactivated:
    Atlassian, "Delete a managed account"."""
    if profile is None:
        return row.verb in (Verb.DELETE, Verb.REMOVE)
    status = AccountStatus(profile.status)
    match row.verb:
        case Verb.DELETE:
            fresh = status == AccountStatus.INACTIVE != row.before
            return fresh or status in LEAVING
        case Verb.REMOVE:
            return False
        case _:
            return status == ENDS_AS[Verb(row.verb)]
