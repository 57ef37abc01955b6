"""The addresses of the room of Atlassian accounts and who is let in, and the nouns they name."""

from atlassian_accounts.models import Account, OrganizationConnection
from tests.okr.matrix.declaring import ADMINS, route


def make_organization(_):
    return OrganizationConnection.objects.get().pk


def make_account(_):
    connection = OrganizationConnection.objects.get()
    found, _new = Account.objects.get_or_create(
        connection=connection, account_id="712020:made", defaults={"name": "Made", "seen_in": 0}
    )
    return found.pk


ROUTES = {
    "accounts:integration": route("GET", ADMINS),
    "accounts:switch": route("POST", ADMINS),
    "accounts:turn_off": route("GET POST", ADMINS),
    "accounts:connect": route("GET POST", ADMINS),
    "accounts:change": route("GET POST", ADMINS, pk="organization"),
    "accounts:disconnect": route("GET POST", ADMINS, pk="organization"),
    "accounts:refresh": route("POST", ADMINS, pk="organization"),
    "accounts:cancel": route("POST", ADMINS, pk="organization"),
    "accounts:list": route("GET", ADMINS),
    "accounts:one": route("GET", ADMINS, pk="account"),
    "accounts:people": route("GET", ADMINS),
}
NOUNS = {"organization": make_organization, "account": make_account}
