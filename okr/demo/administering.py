"""What the two OKR admins of the demo company did, as its audit log tells it."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils import timezone

from okr.audit import in_short
from okr.audit.areas import template_of
from okr.audit.portraits import Row
from okr.models import AuditEntry, Cycle, Objective, Person
from okr.models.audit import Via

OLGA, HENRIK = "olga.petrenko", "henrik.dahl"
OFFICE, HOME, TRAIN = "198.51.100.24", "203.0.113.77", "2001:db8:41::9"


@dataclass(frozen=True, slots=True)
class Done:
    """So many days ago, at that hour; {past} and {running} are cycles, {carried} went on."""

    days: int
    at: str
    by: str
    action: str
    label: str = ""
    changes: tuple[Row, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    address: str = OFFICE


DEEDS = (
    Done(68, "09:12", OLGA, "people.changed", "Henrik Dahl", (["Role", "Employee", "OKR Admin"],)),
    Done(65, "10:02", OLGA, "cycles.added", "{running}", (["Kind", "", "Custom"],)),
    Done(
        63,
        "16:20",
        HENRIK,
        "people.deactivated",
        "Oliver Byrne",
        (["Active", "Yes", "No"], ["New owner", "", "Fatima El Amrani"]),
    ),
    Done(55, "16:30", OLGA, "cycles.closed", "{past}"),
    Done(
        55,
        "16:41",
        OLGA,
        "cycles.carried",
        "{past}",
        words={"objectives": "{carried}", "into": "{running}"},
    ),
    Done(41, "08:55", HENRIK, "policies.changed", "Policies", (["Reminders", "No", "Yes"],)),
    Done(
        27,
        "11:30",
        OLGA,
        "units.changed",
        "Success",
        (["Name", "Success", "Customer Success"],),
        address=HOME,
    ),
    Done(
        26,
        "09:48",
        HENRIK,
        "imports.confirmed",
        "Import people",
        words={"rows": "12 rows"},
    ),
    Done(
        13,
        "14:05",
        OLGA,
        "tags.merged",
        "Recruiting",
        (["Name", "Recruiting", ""],),
        words={"into": "Hiring"},
    ),
    Done(9, "17:10", HENRIK, "exports.taken", "people", words={"format": "a spreadsheet"}),
    Done(6, "07:58", OLGA, "signing_in.failed", "Olga Petrenko", address=TRAIN),
    Done(6, "07:59", OLGA, "signing_in.succeeded", "Olga Petrenko", address=TRAIN),
    Done(2, "10:15", OLGA, "people.added", "Leonie Hartl", (["Role", "", "Employee"],)),
    Done(2, "10:15", OLGA, "people.invited", "Leonie Hartl"),
)


def administer(people: dict[str, Person], past: Cycle, running: Cycle, now: datetime) -> None:
    carried = Objective.objects.filter(cycle=running).exclude(carried_from=None).count()
    known = {"past": str(past), "running": str(running), "carried": f"{carried} objectives"}
    AuditEntry.objects.bulk_create(_entry(done, people[done.by], known, now) for done in DEEDS)


def _entry(done: Done, by: Person, known: dict[str, str], now: datetime) -> AuditEntry:
    words = {"label": done.label, "changes": in_short(list(done.changes)), **done.words}
    told = {name: word.format(**known) for name, word in words.items()}
    unknown = done.action == "signing_in.failed"
    return AuditEntry(
        at=_moment(now, done),
        by=None if unknown else by,
        by_name="Somebody" if unknown else by.name,
        by_email="" if unknown else by.email,
        via=Via.BROWSER,
        address=done.address,
        area=done.action.partition(".")[0],
        action=done.action,
        sentence=template_of(done.action).format(**told),
        about_label=told["label"],
        changes=list(done.changes),
    )


def _moment(now: datetime, done: Done) -> datetime:
    day = timezone.localdate(now) - timedelta(days=done.days)
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(done.at)))
