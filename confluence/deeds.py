"""What an OKR admin does with one press, logged: the same for pages and for scripts."""

from django.utils import timezone

from confluence.bell import ring
from confluence.forms.credentials import CredentialsForm
from confluence.models import ConfluenceConnection, ConfluenceSettings
from okr.audit import noted
from okr.models import Person

SWITCHES = ("enabled", "publishing")


def connect(form: CredentialsForm) -> ConfluenceConnection:
    """Saves what Confluence has just accepted; the switches stay as they are."""
    return form.accept(timezone.now())


def switch(name: str, *, on: bool) -> None:
    settings = ConfluenceSettings.load()
    with noted("confluence.switched", settings if settings.pk else None) as note:
        settings.switch(name, on=on)
        note.about = settings


def try_saved(connection: ConfluenceConnection) -> tuple[CredentialsForm, bool]:
    """Whether Confluence accepts what is saved; a success takes a failing connection up again."""
    form, now = CredentialsForm.of_saved(connection), timezone.now()
    passed = form.is_valid() and form.connects()
    if passed and connection.failure_code:
        form.accept(now)
    elif not passed:
        form.note_failure(now)
    return form, passed


def read_now(by: Person) -> bool:
    """Whether there is something to read through; a queue that is not there loses nothing."""
    connection = ConfluenceConnection.objects.filter(suspended=False).first()
    if connection is None or not ConfluenceSettings.load().enabled:
        return False
    with noted("confluence.read", connection, always=True):
        connection.ask_now()
    ring(connection.pk, by.pk)
    return True


def remove(connection: ConfluenceConnection) -> None:
    """Forgets it with its token and the pages that were attached; Confluence itself stays as it
    is."""
    attached = connection.pages.attached().count()
    with noted("confluence.removed", connection) as note:
        note.tell("Attached pages", attached, 0)
        connection.delete()
