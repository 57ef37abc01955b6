"""How the integration is doing, in one sentence and with the one thing to do about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from jira_integration.expiring import NAMES, last_of, stage_of
from jira_integration.models import (
    SOURCE,
    IntegrationSettings,
    JiraConnection,
    JiraLink,
    SyncRun,
)
from jira_integration.models.sync_run import OF_NO_NUMBER
from okr.slots import Link

OVERDUE_AFTER = timedelta(minutes=2)
PATIENCE = timedelta(hours=1)

OFF = "Progress updates are off. Key results are updated by hand."
FIRST = "{site} is connected. The first sync is on its way."
NOTHING_LINKED = "{site} is connected. No key result is linked to an issue yet."
OVERDUE = "A sync was due at {due} and has not started yet. Progress stays as it is until then."
CHECK_WORKER = "Ask whoever runs this application whether its background worker is running."
BY_ITSELF = "The sync goes on by itself; every key result keeps its last progress until then."
AGAIN = "We try again at {at}. If this stays, ask whoever runs Jira."
STOPPED = "We have stopped trying, and every key result keeps its last progress."
EXPIRES = "The {secret} expires on {day}. Put a new one in place before then."
EXPIRED = "The {secret} was to expire on {day}. Put a new one in place."


class Standing(StrEnum):
    HEALTHY = "Healthy"
    DELAYED = "Delayed"
    FAILING = "Failing"
    OFF = "Off"


@dataclass(frozen=True, slots=True)
class Advice:
    sentence: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """Of one site. `run` is its open sync of everything, a running one before a waiting one.

    `named` where there are others, so that it is called by its name.
    """

    settings: IntegrationSettings
    connection: JiraConnection | None
    run: SyncRun | None
    following: int
    now: datetime
    named: bool = False

    @classmethod
    def load(cls, pk: int | None = None) -> "Health":
        """Of the site with this number, or of the first; as of none where there is none."""
        every = cls.of_every_site()
        chosen = [each for each in every if pk in (None, each.number)]
        nowhere = IntegrationSettings.load(), None, None, 0, timezone.now()
        return chosen[0] if chosen else cls(*nowhere)

    @classmethod
    def of_every_site(cls) -> list["Health"]:
        """In the order in which they were connected; as many queries for ten as for one."""
        connections = list(JiraConnection.objects.select_related("successor"))
        settings, now = IntegrationSettings.load(), timezone.now()
        runs, following = _open_runs(), _following()
        return [
            cls(
                settings,
                each,
                runs.get(each.pk),
                following.get(each.pk, 0),
                now,
                len(connections) > 1,
            )
            for each in connections
        ]

    @property
    def number(self) -> int | None:
        return self.connection.pk if self.connection else None

    @property
    def card(self) -> str:
        """The id of what shows it."""
        return f"site-{self.number}" if self.named else "health"

    @property
    def title(self) -> str:
        return self.called if self.named else "Sync"

    @property
    def called(self) -> str:
        return self.connection.name if self.named and self.connection else "Jira"

    @property
    def standing(self) -> Standing:
        if not self.settings.enabled or self.connection is None:
            return Standing.OFF
        if self.connection.suspended or self._fails_for_long:
            return Standing.FAILING
        return Standing.DELAYED if self.connection.failure_code or self.late else Standing.HEALTHY

    @property
    def _fails_for_long(self) -> bool:
        since = self.connection.failing_since if self.connection else None
        return since is not None and since + PATIENCE < self.now

    @property
    def late(self) -> bool:
        """Nobody has read although it is time: no worker, or a very long queue."""
        return self.due is not None and self.due + OVERDUE_AFTER < self.now and not self.running

    @property
    def due(self) -> datetime | None:
        if self.connection and self.connection.next_read_at:
            return self.connection.next_read_at
        return self.run.asked_at if self.run else None

    @property
    def running(self) -> bool:
        return self.run is not None and self.run.started_at is not None

    @property
    def suspended(self) -> bool:
        """Jira refused the credentials; nothing is tried until a person acts."""
        return self.settings.enabled and self.connection is not None and self.connection.suspended

    @property
    def last(self) -> str:
        """When Jira was read last, completely and proven."""
        read_at = self.connection.read_at if self.connection else None
        return _moment(read_at, self.now) if read_at else "Not yet"

    @property
    def next(self) -> str:
        """When Jira is read again."""
        if self.standing is Standing.OFF:
            return "None while updates are off"
        if self.suspended:
            return f"None until {self.called} is connected again"
        if self.running:
            return "Running now"
        due = self.due or self.now
        return _moment(due, self.now) if due > self.now else "In a moment"

    @property
    def cannot_sync(self) -> str:
        """Why Sync now is of no use at present; empty where it is."""
        if self.standing is Standing.OFF:
            return "Turn on progress update using Jira first."
        if self.suspended:
            return "Jira refused the saved credentials. Connect again first."
        return "A sync is already under way." if self.run else ""

    @property
    def pause(self) -> int:
        """Seconds until a page asks again: less often when it takes long."""
        asked = self.run.asked_at if self.run else self.now
        return 2 if self.now - asked < timedelta(minutes=1) else 5

    @property
    def sentence(self) -> str:
        connection = self.connection
        if self.standing is Standing.OFF or connection is None:
            return OFF
        if connection.failure:
            return connection.failure.sentence
        if self.late:
            return OVERDUE.format(due=_clock(self.due))
        if connection.read_at is None:
            return FIRST.format(site=self.called)
        if not self.following:
            return NOTHING_LINKED.format(site=self.called)
        return f"{_follow(self.following)} {self.called}."

    @property
    def advice(self) -> Advice | None:
        """The one recommended action; None where all is well or a person chose Off."""
        if self.standing is Standing.OFF or self.connection is None:
            return None
        if self.connection.suspended:
            return Advice(STOPPED, self._credentials("Review Jira Credentials"))
        if self.connection.failure:
            words = AGAIN if self.standing is Standing.FAILING else BY_ITSELF
            return Advice(words.format(at=_clock(self.due)))
        return Advice(CHECK_WORKER) if self.late else self._token_advice()

    @property
    def ending(self) -> str:
        """The warning where the end of the last token that we have is near."""
        last = last_of(self.connection) if self.connection else None
        ends_on, today = last.ends_on if last else None, timezone.localdate(self.now)
        if last is None or ends_on is None or stage_of(ends_on, today) is None:
            return ""
        words = EXPIRES if ends_on >= today else EXPIRED
        return words.format(secret=NAMES[last.kind], day=f"{ends_on:%-d %B %Y}")

    @property
    def manage_url(self) -> str:
        """Where this site's credentials are."""
        return (
            reverse("jira:site_manage", args=[self.number])
            if self.named
            else reverse("jira:manage")
        )

    def _credentials(self, label: str) -> Link:
        return Link(label, f"{self.manage_url}#credentials")

    def _token_advice(self) -> Advice | None:
        return Advice(self.ending, self._credentials("Enter a new token")) if self.ending else None


def _open_runs() -> dict[int, SyncRun]:
    rows = SyncRun.objects.open().filter(key_result=None).exclude(trigger__in=OF_NO_NUMBER)
    found: dict[int, SyncRun] = {}
    for run in rows.order_by("state", "id"):
        found.setdefault(run.connection_id, run)
    return found


def _following() -> dict[int, int]:
    """How many key results follow a site, by the number of the site."""
    links = JiraLink.objects.filter(key_result__tracked_by=SOURCE).order_by()
    rows = links.values_list("connection").annotate(Count("key_result", distinct=True))
    return dict(rows)


def _follow(number: int) -> str:
    return f"{number:,} key result{' follows' if number == 1 else 's follow'}"


def _moment(moment: datetime, now: datetime) -> str:
    here = timezone.localtime(moment)
    if here.date() == timezone.localdate(now):
        return f"Today at {here:%H:%M:%S}"
    return f"{here:%-d %B %Y, %H:%M}"


def _clock(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else "once there is time"
