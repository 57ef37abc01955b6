"""The addresses of the Confluence room and who is let in, and the nouns they name."""

from django.utils import timezone

from confluence.client import Page
from confluence.models import (
    ConfluenceConnection,
    ConfluencePage,
    ConfluenceSettings,
    Evidence,
    PublishingSpace,
)
from tests.okr.matrix.declaring import ADMINS, EDITORS, LEADERS, route


def make_evidence(key_result):
    now = timezone.now()
    page = ConfluencePage.objects.keep(ConfluenceConnection.objects.get(), Page(7, "Plan"), now)
    Evidence.objects.attach(page, key_result, None, key_result.owner, now)
    return Evidence.objects.get(key_result=key_result).pk


def make_published_cycle(key_result):
    ConfluenceSettings.load().switch("publishing", on=True)
    PublishingSpace.objects.get_or_create(
        connection=ConfluenceConnection.objects.get(), number=1, defaults={"key": "OKR"}
    )
    return key_result.objective.cycle_id


ROUTES = {
    "confluence:integration": route("GET", ADMINS),
    "confluence:connect": route("GET POST", ADMINS),
    "confluence:address": route("GET", ADMINS),
    "confluence:test": route("POST", ADMINS),
    "confluence:read_now": route("POST", ADMINS),
    "confluence:remove": route("GET POST", ADMINS),
    "confluence:switch": route("POST", ADMINS, name="switch"),
    "confluence:attach": route("GET POST", EDITORS, pk="key_result"),
    "confluence:search": route("GET", EDITORS, pk="key_result"),
    "confluence:attach_to_check_in": route("GET POST", EDITORS, pk="check_in"),
    "confluence:remove_evidence": route("GET POST", EDITORS, pk="evidence"),
    "confluence:spaces": route("GET POST", ADMINS),
    "confluence:publish": route(
        "GET POST", LEADERS, subject="subject", cycle="published_cycle", slug="unit_slug"
    ),
}
NOUNS = {
    "switch": lambda _: "publishing",
    "evidence": make_evidence,
    "subject": lambda _: "okrs",
    "published_cycle": make_published_cycle,
}
