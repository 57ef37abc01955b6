"""Logs what an admin does, in the transaction that does it.

    with noted("units.deleted", unit):
        unit.remove()

The block and its entry are one transaction: both are there, or neither. What the row was before and
is after is read from the database; where nothing changed, nothing is logged, unless `always` says
that the deed counts and not the row. Who acts, and from where, is known from `okr.acting`.
"""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field

import structlog
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from okr.acting import Actor, who_acts
from okr.audit.areas import noun_of, template_of
from okr.audit.portraits import Row, differences, in_words, portrait, shortened, stored
from okr.models import Person
from okr.models.audit import AuditEntry

logger = structlog.get_logger(__name__)
logging.getLogger(__name__).setLevel(logging.INFO)  # however little is logged otherwise

MOST_TOLD, LONGEST_VALUE = 2, 60
NOTHING = "nothing"


@dataclass
class Note:
    """What the block adds to its entry: what was made, words of the sentence, further rows."""

    about: Model | None
    label: str = ""
    number: int | None = None
    words: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def say(self, **words: object) -> None:
        """Words that the sentence of this deed has a place for; without one nothing was done."""
        self.words |= {name: str(word) for name, word in words.items()}

    def tell(self, column: str, before: object, after: object) -> None:
        """A change that no column of the row shows."""
        if before != after:
            self.rows.append([column, in_words(before), in_words(after)])


@contextmanager
def noted(
    action: str, about: Model | None = None, *, label: str = "", always: bool = False
) -> Iterator[Note]:
    with transaction.atomic():
        row = stored(about)
        before = portrait(noun_of(row), row)
        note = Note(about, label or str(row or ""), row.pk if row else None)
        yield note
        row = stored(note.about)
        after = portrait(noun_of(row), row)
        note.rows = [*differences(before, after), *note.rows]
        if (note.rows or always) and all(note.words.values()):
            _append(action, note, who_acts())


def noted_saving(area: str, about: Model) -> AbstractContextManager[Note]:
    """Of a form that makes or changes something."""
    return noted(f"{area}.{'changed' if about.pk else 'added'}", about)


def noted_of_others(
    action: str, about: Model, owner: Person
) -> AbstractContextManager[Note | None]:
    """An admin's hand in what is somebody else's: that it was there, and nothing of what it said.

    What whoever else may do it does is told on the page of the thing.
    """
    actor = who_acts()
    if not actor.is_okr_admin or actor.person_id == owner.pk:
        return nullcontext()
    return noted(action, about, label=str(owner), always=True)


def note_if_admin(action: str, person: object) -> None:
    """What an OKR admin does for themselves, whether or not they are signed in already."""
    if isinstance(person, Person) and person.is_okr_admin:
        with transaction.atomic():
            _append(action, Note(person), who_acts().known_as(person))


def _append(action: str, note: Note, actor: Actor) -> None:
    noun, about = noun_of(note.about), note.about
    label = note.label or (str(about) if about else "")
    words = {"label": label, "changes": in_short(note.rows)} | note.words
    entry = AuditEntry.objects.create(
        at=timezone.now(),
        by_id=actor.person_id,
        by_name=actor.name,
        by_email=actor.email,
        via=actor.via,
        token=actor.token,
        address=actor.address,
        request_id=actor.request_id,
        area=action.partition(".")[0],
        action=action,
        sentence=template_of(action).format(**words),
        about_kind=noun.kind if noun else "",
        about_id=note.number or (about.pk if about else None),
        about_label=shortened(label, 200),
        changes=note.rows,
    )
    transaction.on_commit(lambda: _log(entry))


def in_short(rows: list[Row]) -> str:
    """Few short changes with their values, else only what it was that changed."""
    short = all(len(side) <= LONGEST_VALUE for row in rows for side in row[1:])
    if short and len(rows) <= MOST_TOLD:
        told = (f"{name} {old or NOTHING} → {new or NOTHING}" for name, old, new in rows)
        return ", ".join(told)
    names = [row[0] for row in rows]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _log(entry: AuditEntry) -> None:
    """One line without what was before and after, for whoever collects the logs."""
    logger.info(
        "audit",
        entry=entry.pk,
        action=entry.action,
        person=entry.by_id,
        via=entry.via,
        address=entry.address,
        about=entry.about_kind,
        number=entry.about_id,
    )
