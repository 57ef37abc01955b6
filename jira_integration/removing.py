"""Lets a whole Jira go: what that means for its key results, and doing it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from jira_integration import registering
from jira_integration.models import SOURCE, JiraConnection, JiraLink, SyncRun, Trigger
from okr.audit import noted
from okr.models import KeyResult, Person
from okr.models.feeding import KeyResultQuerySet

REMOVED = "{links} of {of} will be removed."
STAY = "{number:,} key results keep their progress, which is entered by hand from then on."
ONE_STAYS = "One key result keeps its progress, which is entered by hand from then on."
FOLLOW = "{number:,} key results follow another site too: their progress is recalculated from that."
ONE_FOLLOWS = "One key result follows another site too: its progress is recalculated from that."
NOTHING = "No key result is linked to it."
LEFT = (
    "{links} to key results stay on its issues. To take them out, first turn that off: Into Jira."
)


@dataclass(frozen=True, slots=True)
class Farewell:
    """What goes with a site: its links, and the key results that have them.

    Of those, `shared` have links to another site as well and go on following that.
    """

    links: int
    key_results: int
    shared: int
    shown: int = 0
    """Issues on which a line of ours stands in Jira."""

    @classmethod
    def of(cls, connection: JiraConnection) -> "Farewell":
        fed = _fed_by(connection)
        shared = fed.filter(_fed_elsewhere(connection)).count()
        shown = connection.shown.filter(sent_at__isnull=False).count()
        return cls(connection.links.count(), fed.count(), shared, shown)

    @property
    def sentences(self) -> list[str]:
        own = self.key_results - self.shared
        gone = REMOVED.format(links=counted(self.links, "link"), of=counted(self.key_results))
        told = [gone if self.links else NOTHING]
        if own:
            told.append((ONE_STAYS if own == 1 else STAY).format(number=own))
        if self.shared:
            told.append((ONE_FOLLOWS if self.shared == 1 else FOLLOW).format(number=self.shared))
        if self.shown:
            told.append(LEFT.format(links=counted(self.shown, "web link")))
        return told


def counted(number: int, noun: str = "key result") -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def remove_site(connection: JiraConnection, by: Person) -> None:
    """Forgets it with its links and its token. No number moves by that; the history stays.

    Key results that follow another site too are worked out anew from the links that stay.
    A reading of the site that is under way finds nothing to record to.
    """
    registering.remove(connection)
    with noted("jira.removed", connection) as note:
        note.tell("Links to key results", connection.links.count(), 0)
        JiraConnection.objects.select_for_update().get(pk=connection.pk)
        fed = _fed_by(connection)
        shared = list(fed.filter(_fed_elsewhere(connection)).values_list("pk", flat=True))
        fed.filter(tracked_by=SOURCE).exclude(pk__in=shared).untrack()
        connection.links.all().delete()
        connection.delete()
        for other in JiraConnection.objects.filter(links__key_result__in=shared).distinct():
            SyncRun.objects.ask(other, Trigger.UNLINK, by=by)


def _fed_by(connection: JiraConnection) -> KeyResultQuerySet:
    linked = JiraLink.objects.filter(connection=connection)
    return KeyResult.objects.filter(pk__in=linked.values("key_result"))


def _fed_elsewhere(connection: JiraConnection) -> Exists:
    elsewhere = JiraLink.objects.filter(key_result=OuterRef("pk"))
    return Exists(elsewhere.exclude(connection=connection))
