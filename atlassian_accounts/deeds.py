"""What an OKR admin does with one press, logged: the same for pages and for scripts."""

from atlassian_accounts.models import (
    AccountsRead,
    AccountsSettings,
    OrganizationConnection,
    Trigger,
)
from atlassian_accounts.removal.asking import withdraw_all
from okr.audit import noted
from okr.models import Person


def turn_on(by: Person) -> None:
    """From now on accounts are read by the clock, and once at once."""
    settings = AccountsSettings.load()
    with noted("accounts.turned_on", settings):
        settings.turn_on()
        for connection in OrganizationConnection.objects.filter(suspended=False):
            AccountsRead.objects.ask(connection, Trigger.CONNECT, by)


def turn_off() -> None:
    settings = AccountsSettings.load()
    with noted("accounts.turned_off", settings):
        withdraw_all()
        settings.turn_off()


def refresh(connection: OrganizationConnection, by: Person) -> AccountsRead:
    with noted("accounts.refreshed", connection, always=True):
        return AccountsRead.objects.ask(connection, Trigger.HAND, by)


def cancel(run: AccountsRead) -> None:
    with noted("accounts.cancelled", run.connection, always=True):
        run.cancel()


def pause(connection: OrganizationConnection) -> None:
    """From now on it is read only when somebody asks for it."""
    with noted("accounts.paused", connection):
        connection.pause(paused=True)


def go_on(connection: OrganizationConnection, by: Person) -> None:
    with noted("accounts.resumed", connection):
        connection.pause(paused=False)
        if AccountsSettings.load().enabled and not connection.suspended:
            AccountsRead.objects.ask(connection, Trigger.HAND, by)


def disconnect(connection: OrganizationConnection) -> None:
    """Forgets it with all that was read of it; in Atlassian nothing changes."""
    with noted("accounts.disconnected", connection) as note:
        note.tell("Accounts", connection.accounts.count(), 0)
        connection.delete()
