"""What the room keeps: connections, the mirror of their accounts, and the readings of it."""

from .account import Account, AccountStatus, without_account
from .accounts_read import AccountsRead, Stage, State, Trigger
from .connection import Accepted, OrganizationConnection, Source
from .groups import AccountGroup, Membership, ProductUse
from .removal import Outcome, Removal, Verb
from .switches import AccountsSettings

__all__ = [
    "Accepted",
    "Account",
    "AccountGroup",
    "AccountStatus",
    "AccountsRead",
    "AccountsSettings",
    "Membership",
    "OrganizationConnection",
    "Outcome",
    "ProductUse",
    "Removal",
    "Source",
    "Stage",
    "State",
    "Trigger",
    "Verb",
    "without_account",
]
