"""How the connection is doing, in one sentence and with the one thing to do about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from confluence.expiring import stage_of, warning
from confluence.models import ConfluenceConnection, ConfluencePage, ConfluenceSettings
from confluence.models.page import READ_EVERY

OVERDUE_AFTER = timedelta(minutes=5)
OFF, HEALTHY, DELAYED, FAILING = "Off", "Healthy", "Delayed", "Failing"
NOT_CONNECTED = "No Confluence is connected."
TURNED_OFF = "Confluence is turned off. What was attached shows its title as it was last read."
FIRST = "Confluence is connected. Attached pages are read in a moment."
LATE = "Attached pages should have been read by {due}. Ask whoever runs this application whether "
LATE += "its background worker is running."
STOPPED = "We have stopped trying. Enter the credentials again."
BY_ITSELF = "We go on trying by ourselves; titles stay as they were last read."


@dataclass(frozen=True, slots=True)
class Standing:
    settings: ConfluenceSettings
    connection: ConfluenceConnection | None
    now: datetime

    @classmethod
    def load(cls) -> "Standing":
        connection = ConfluenceConnection.objects.first()
        return cls(ConfluenceSettings.load(), connection, timezone.now())

    @property
    def is_on(self) -> bool:
        return self.settings.enabled and self.connection is not None

    @property
    def word(self) -> str:
        if self.connection is None or not self.settings.enabled:
            return OFF
        if self.connection.suspended:
            return FAILING
        return DELAYED if self.connection.failure_code or self.late else HEALTHY

    @property
    def late(self) -> bool:
        due = self.connection.next_read_at if self.connection else None
        return due is not None and due + OVERDUE_AFTER < self.now

    @property
    def sentence(self) -> str:
        connection = self.connection
        if connection is None:
            return NOT_CONNECTED
        if connection.failure:
            return connection.failure.sentence
        if not self.settings.enabled:
            return TURNED_OFF
        if self.late:
            return LATE.format(due=f"{timezone.localtime(connection.next_read_at):%H:%M}")
        if connection.read_at is None:
            return FIRST
        return f"{_pages(self.attached)} attached, read every {READ_EVERY.seconds // 60} minutes."

    @property
    def advice(self) -> str:
        if self.connection is None or not self.connection.failure_code:
            return ""
        return STOPPED if self.connection.suspended else BY_ITSELF

    @property
    def attached(self) -> int:
        return ConfluencePage.objects.attached().count()

    @property
    def absent(self) -> int:
        return ConfluencePage.objects.attached().exclude(absence="").count()

    @property
    def ending(self) -> str:
        """The warning where the end of the token is near."""
        ends_on = self.connection.token_expires_on if self.connection else None
        today = timezone.localdate(self.now)
        if self.connection is None or ends_on is None or stage_of(ends_on, today) is None:
            return ""
        return warning(self.connection.host, ends_on, today)


def _pages(number: int) -> str:
    return "1 page is" if number == 1 else f"{number:,} pages are"
