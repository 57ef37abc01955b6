"""What can be done to an account as it was read last, and why something else cannot."""

from atlassian_accounts.models import Account, AccountStatus, Verb
from atlassian_accounts.models.account import PERSON, USABLE

GONE = "Atlassian lists it no longer."
NO_PERSON = "It belongs to an app or to a customer of a service desk, not to a person."
ON_SITE = "With the token of a single site an account can only be removed from that site."
NO_SITE = "Accounts of an organization are suspended or deleted."
NOT_MANAGED = (
    "Your organization does not manage it, so only its owner can delete it."
    " Suspend it to take away its access."
)
LEAVING = "It is to be deleted already."
CLOSED = "It is closed for good."
STAYS = "Nobody has asked Atlassian to delete it."
SHUT_OUT = "It is not active."
ACTIVE = "It is active."
STILL = "It is neither suspended nor deactivated."
ELSEWHERE = "It was deactivated, and your organization does not manage it."


def obstacle(account: Account, verb: str) -> str:
    """Empty where nothing stands in the way."""
    if account.gone_at:
        return GONE
    if account.kind != PERSON:
        return NO_PERSON
    if not account.connection.is_organization:
        return "" if verb == Verb.REMOVE else ON_SITE
    return _of_organization(account, verb)


def verbs_for(account: Account) -> list[Verb]:
    return [verb for verb in Verb if not obstacle(account, verb)]


def _of_organization(account: Account, verb: str) -> str:
    match verb:
        case Verb.DELETE:
            return _deleting(account)
        case Verb.CANCEL:
            return "" if account.status == AccountStatus.FOR_DELETION else STAYS
        case Verb.SUSPEND:
            return "" if account.status in USABLE else SHUT_OUT
        case Verb.RESTORE:
            return _restoring(account)
        case _:
            return NO_SITE


def _deleting(account: Account) -> str:
    if account.status == AccountStatus.FOR_DELETION:
        return LEAVING
    if account.status == AccountStatus.CLOSED:
        return CLOSED
    return NOT_MANAGED if account.is_managed is False else ""


def _restoring(account: Account) -> str:
    """Whoever was deactivated as a whole is activated by whom the account is managed."""
    if account.status == AccountStatus.SUSPENDED:
        return ""
    if account.status == AccountStatus.INACTIVE:
        return "" if account.is_managed else ELSEWHERE
    return ACTIVE if account.status in USABLE else STILL
