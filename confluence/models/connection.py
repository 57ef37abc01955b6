"""The connected Confluence: where it is, as whom it is read, the sealed token and its health."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from atlassian.allowed_calls import policy_from_settings
from atlassian.connection import SiteConnection
from atlassian.health import to_be_read
from atlassian.lease import LeasedQuerySet
from confluence.client import ConfluenceClient, driver_for
from confluence.explain import WORDS
from okr.outgoing import Patience

KNOWN_BY = 50
CLOUD_CONTEXT = "/wiki"
PATIENCE = Patience(connect=10.0, total=30.0)


class ConfluenceConnectionQuerySet(LeasedQuerySet["ConfluenceConnection"]):
    def due(self, now: datetime) -> Self:
        """Those to be read now, by the schedule; a suspended one waits for a person."""
        return self.filter(to_be_read(now, settings.CONFLUENCE_TICK_SECONDS))


class ConfluenceConnection(SiteConnection):
    words = WORDS

    objects = ConfluenceConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["server"], name="a_confluence_is_connected_once"),
        ]

    def __str__(self) -> str:
        return self.host

    def client(self, patience: Patience = PATIENCE) -> ConfluenceClient:
        """Raises SealError where the token belongs to another address."""
        driver = driver_for(cloud=self.is_cloud)
        policy, credentials = policy_from_settings(), self.credentials()
        return driver(self.site, credentials, policy, self.api_base, patience=patience)

    @property
    def home_url(self) -> str:
        return f"{self.server}{CLOUD_CONTEXT if self.is_cloud else ''}/"

    def page_url(self, number: int, path: str = "") -> str:
        told = path.removeprefix("/") or f"pages/viewpage.action?pageId={number}"
        return f"{self.home_url}{told}"

    def ask_now(self) -> None:
        """Due at once: whatever becomes of the ring, the schedule finds it."""
        self.next_read_at = None
        self.save(update_fields=["next_read_at"])

    def known_titles(self) -> dict[int, str]:
        """Of some pages that could be read last or were published, by their numbers."""
        present = self.pages.filter(absence="").order_by("-read_at")
        published = self.published.exclude(number=None).order_by("-at")
        titles = dict(present.values_list("number", "title")[:KNOWN_BY])
        for number, title in published.values_list("number", "title")[:KNOWN_BY]:
            titles[number or 0] = title
        return titles
