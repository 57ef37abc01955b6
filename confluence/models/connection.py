"""The connected Confluence: where it is, as whom it is read, the sealed token and its health."""

from django.db import models

from atlassian.connection import SiteConnection
from atlassian.lease import LeasedQuerySet
from confluence.explain import WORDS


class ConfluenceConnection(SiteConnection):
    words = WORDS

    objects = LeasedQuerySet["ConfluenceConnection"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["server"], name="a_confluence_is_connected_once"),
        ]

    def __str__(self) -> str:
        return self.host
