"""Accounts that something may be done to, with nothing of Atlassian to be asked."""

from typing import Any

from django.utils import timezone

from atlassian_accounts.models import Account, AccountsSettings, OrganizationConnection
from okr.sealing import seal

ADMIN = "ada@larkspur.example"


def quiet_connection(label: str = "Head office", **facts: Any) -> OrganizationConnection:
    """Connected long ago; removing is on."""
    usual = {
        "label": label,
        "organization_id": label.lower().replace(" ", "-"),
        "admin_email": ADMIN,
        "account_id": "5b10:ada",
        "api_base": "https://api.atlassian.com",
        "secret_saved_at": timezone.now(),
    }
    found = OrganizationConnection(**(usual | facts))
    found.sealed_secret = seal("a key", found.origin)
    found.save()
    AccountsSettings.load().allow_removing()
    return found


def quiet_site(label: str = "Support site") -> OrganizationConnection:
    server = "https://support.example"
    facts = {"source": "site", "organization_id": "", "server": server, "api_base": server}
    return quiet_connection(label, **facts)


def make_account(connection: OrganizationConnection, name: str, **facts: Any) -> Account:
    slug = name.lower().replace(" ", ".")
    usual = {
        "account_id": f"5b10:{slug}",
        "email": f"{slug}@larkspur.example",
        "status": "active",
        "is_managed": True,
        "seen_in": 0,
    }
    return Account.objects.create(connection=connection, name=name, **(usual | facts))
