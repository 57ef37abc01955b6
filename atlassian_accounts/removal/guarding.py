"""Accounts that nothing is done to from here: one's own, and those that organizations are read as.

An account id is the same in every organization, so that an account whose address is hidden in one
of them is known by its id from another.
"""

from dataclasses import dataclass

from django.db.models.functions import Lower

from atlassian_accounts.models import Account, OrganizationConnection
from okr.models import Person

OWN = "This is your own account. Ask another OKR admin, or Atlassian's administration."
CONNECTED = "An organization is connected with this account. Connect it with another one first."


@dataclass(frozen=True, slots=True)
class Guarded:
    own: frozenset[str]
    connected: frozenset[str]
    """E-mail addresses and account ids alike."""

    @classmethod
    def from_(cls, by: Person) -> "Guarded":
        rows = OrganizationConnection.objects.order_by().annotate(admin=Lower("admin_email"))
        admins = {told for row in rows.values_list("admin", "account_id") for told in row if told}
        return cls(_with_ids({by.email.lower()}), _with_ids(admins))

    def why_not(self, account: Account) -> str:
        told = {account.email.lower(), account.account_id}
        if told & self.own:
            return OWN
        return CONNECTED if told & self.connected else ""


def _with_ids(told: set[str]) -> frozenset[str]:
    rows = Account.objects.order_by().filter(email__in=told)
    return frozenset(told | set(rows.values_list("account_id", flat=True))) - {""}
