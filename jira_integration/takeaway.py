"""The lists of the Jira room as files: the syncs, and who may link."""

from collections.abc import Iterable
from decimal import Decimal

from jira_integration.activity import Line
from jira_integration.models import IntegrationSettings, SyncRun, WhoMayLink
from okr.exports import Sheet
from okr.models import Person

CHUNK = 500
RUNS = (
    "at", "trigger", "key_result", "asked_by", "result", "seconds", "issues", "calls", "changed",
    "error",
)  # fmt: skip
PEOPLE = ("name", "email", "designation", "unit", "may_link")


def runs_sheet(runs: Iterable[SyncRun], *, named: bool) -> Sheet:
    """With the name of the site in front where there are several."""
    rows = (
        (
            *([line.run.connection.name] if named else []),
            line.at,
            line.run.get_trigger_display(),
            line.run.key_result.title if line.run.key_result else "",
            line.run.by.name if line.run.by else "",
            line.run.get_state_display(),
            _seconds(line.run),
            line.run.read if line.run.reads_jira else None,
            line.run.calls,
            line.run.changed,
            line.error,
        )
        for line in map(Line, runs)
    )
    return Sheet("Sync activity", (*(["site"] if named else []), *RUNS), rows)


def _seconds(run: SyncRun) -> Decimal | None:
    if not (run.finished_at and run.started_at):
        return None
    return Decimal(str(round((run.finished_at - run.started_at).total_seconds(), 1)))


def people_sheet(settings: IntegrationSettings) -> Sheet:
    """Everybody who is active, and whether they may link as it is saved."""
    ticked = frozenset(settings.selected_people.values_list("pk", flat=True))
    everybody = settings.who_may_link == WhoMayLink.ALL
    people = Person.objects.active().matching("").select_related("unit")
    rows = (
        (
            person.name,
            person.email,
            person.designation,
            person.unit.name if person.unit else "",
            "yes" if everybody or person.pk in ticked else "no",
        )
        for person in people.iterator(CHUNK)
    )
    return Sheet("Jira users", PEOPLE, rows)
