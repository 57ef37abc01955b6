"""What an OKR admin does with one press, logged: the same for pages and for scripts."""

from collections.abc import Iterable

from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from atlassian.client import SealError
from jira_integration import registering
from jira_integration.client import WrongCredentials
from jira_integration.connecting import examine
from jira_integration.explain import explain_to_asker
from jira_integration.forms.credentials import CredentialsForm
from jira_integration.forms.successor import SuccessorForm
from jira_integration.into_jira import outbox
from jira_integration.into_jira.rights import SHOWS
from jira_integration.models import (
    Cause,
    IntegrationSettings,
    JiraConnection,
    JiraWriting,
    ShownKeyResult,
    Successor,
    SyncRun,
    Trigger,
)
from okr.audit import noted
from okr.models import Person


def sync_now(connections: Iterable[JiraConnection], by: Person) -> list[SyncRun]:
    asked = []
    for connection in connections:
        with noted("jira.sync", connection, always=True):
            asked.append(SyncRun.objects.ask(connection, Trigger.HAND, by=by))
    return asked


def cancel(run: SyncRun) -> None:
    with noted("jira.cancelled", run.connection, always=True):
        run.cancel()


def turn_off(settings: IntegrationSettings) -> None:
    with noted("jira.turned_off", settings):
        settings.turn_off()


def connect(form: CredentialsForm, by: Person) -> JiraConnection:
    """Turns the switch on with what Jira has just accepted."""
    connection = form.connect(by, timezone.now())
    registering.on_connecting(connection)
    return connection


def accept(form: CredentialsForm, by: Person) -> JiraConnection:
    """Saves what Jira has just accepted; the switch stays as it is."""
    connection = form.accept(by, timezone.now())
    registering.on_connecting(connection)
    return connection


def try_every_site() -> tuple[list[CredentialsForm], list[CredentialsForm]]:
    """What is saved: the forms that Jira accepts, and those that it refuses."""
    forms = [CredentialsForm.of_saved(each) for each in JiraConnection.objects.all()]
    accepted = [form for form in forms if form.is_valid() and form.connects()]
    return accepted, [form for form in forms if form not in accepted]


def try_saved(connection: JiraConnection, by: Person) -> tuple[CredentialsForm, bool]:
    """Whether Jira accepts what is saved; a success takes a failing connection up again."""
    form, now = CredentialsForm.of_saved(connection), timezone.now()
    passed = form.is_valid() and form.connects()
    if passed and connection.failure_code:
        form.accept(by, now)
    elif IntegrationSettings.load().enabled:
        form.note_failure(now)
    return form, passed


def allow_everybody(settings: IntegrationSettings) -> None:
    with noted("jira.everybody", settings):
        settings.allow_all()


def refusal_of(successor: Successor) -> str:
    """What Jira says against it now; empty where it accepts it."""
    try:
        token = successor.token()
    except SealError as error:
        return explain_to_asker(error).sentence
    server = successor.connection.server
    examined = examine(server, successor.email, token, policy_from_settings())
    return explain_to_asker(examined.failure).sentence if examined.failure else ""


def use(successor: Successor, by: Person) -> bool:
    """Reads Jira with it from now on; False where somebody else has taken it meanwhile."""
    connection = successor.connection
    with noted("jira.successor_used", connection):
        taken = successor.take_over(Cause.BY_HAND, timezone.now(), by=by)
    if taken and IntegrationSettings.load().enabled:
        fresh = JiraConnection.objects.get(pk=connection.pk)
        SyncRun.objects.ask(fresh, Trigger.CONNECT, by=by)
    return taken


def put(form: SuccessorForm, by: Person) -> tuple[Successor, bool]:
    """Where Jira has refused what is in use already, the successor takes over at once: True."""
    successor = form.keep(by, timezone.now())
    refused = form.connection.failure_code == WrongCredentials.code
    return successor, refused and use(successor, by)


def take_away(successor: Successor, by: Person) -> None:
    with noted("jira.successor_removed", successor, label=str(successor.connection)):
        successor.take_away(by, timezone.now())


def switch_writing(writing: JiraWriting, name: str, *, on: bool) -> bool:
    """Whether it was the other way; what is to be written, or taken out, is asked for at once."""
    writing.begin()
    changed: bool = getattr(writing, name) != on
    if changed:
        with noted("jira.into", writing, label=str(writing.connection)):
            writing.switch(name, on=on)
    if name == SHOWS:
        outbox.line_up(writing, timezone.now())
        outbox.ask(writing, timezone.now())
    return changed


def write_again(writing: JiraWriting) -> None:
    """What Jira refused is tried once more, without waiting for a day."""
    writing.begin()
    with noted("jira.into_again", writing, label=str(writing.connection), always=True):
        writing.recover()
        ShownKeyResult.objects.try_again(writing.connection_id)
    outbox.ask(writing, timezone.now())
