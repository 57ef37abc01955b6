"""What an OKR admin does with one press, logged: the same for pages and for scripts."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from atlassian_accounts.forms.connect import ConnectForm
from atlassian_accounts.models import (
    AccountsRead,
    AccountsSettings,
    OrganizationConnection,
    Trigger,
)
from atlassian_accounts.removal.asking import withdraw_all
from okr.audit import noted
from okr.models import Person

CONNECTED_MEANWHILE = "Somebody has connected it meanwhile, or taken its label."


def connect(form: ConnectForm, by: Person) -> OrganizationConnection | None:
    """Saves what was just accepted; a first organization turns reading on, a further one leaves the
    switch as it is. None, with an error of the form, where somebody else was faster."""
    is_first = not OrganizationConnection.objects.exists()
    try:
        with transaction.atomic():
            connection = form.accept(by, timezone.now())
    except IntegrityError:
        form.add_error(None, CONNECTED_MEANWHILE)
        return None
    if is_first and not AccountsSettings.load().enabled:
        turn_on(by)
    return connection


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
