"""The addresses of publishing and who is let in, and the nouns they name."""

from django.utils import timezone

from confluence.client import Written
from confluence.models import (
    ConfluenceConnection,
    ConfluenceSettings,
    PublishedPage,
    PublishingSpace,
    Subject,
)
from tests.okr.matrix.declaring import ADMINS, EVERYBODY, LEADERS, UNSEEN, api, only, route


def open_a_space():
    ConfluenceSettings.load().switch("publishing", on=True)
    connection = ConfluenceConnection.objects.get()
    usual = {"key": "OKR", "name": "OKR"}
    PublishingSpace.objects.get_or_create(connection=connection, number=1, defaults=usual)
    return connection


def make_published_cycle(key_result):
    open_a_space()
    return key_result.objective.cycle_id


def make_published(key_result):
    unit, cycle = key_result.objective.owner.unit, key_result.objective.cycle
    row = PublishedPage.objects.begin(Subject.OKRS, unit, cycle, open_a_space())
    page = Written(7, "Plan", 1)
    row.written(page, key_result.owner, timezone.now(), "", 0)
    return row.pk


SEEN = only("manager", "admin", others=UNSEEN)
ROUTES = {
    "confluence:spaces": route("GET POST", ADMINS),
    "confluence:publish": route(
        "GET POST", LEADERS, subject="subject", cycle="published_cycle", slug="unit_slug"
    ),
    "confluence:preview": route(
        "GET", LEADERS, subject="subject", cycle="published_cycle", slug="unit_slug"
    ),
    "confluence:publish_company": route(
        "GET POST", ADMINS, subject="subject", cycle="published_cycle"
    ),
    "confluence:preview_company": route("GET", ADMINS, subject="subject", cycle="published_cycle"),
    "confluence_api:published": api("GET POST", EVERYBODY),
    "confluence_api:published_page": api("GET", SEEN, pk="published"),
    "confluence_api:publications": api("GET POST", SEEN, pk="published"),
    "confluence_api:preview": api("GET", ADMINS, subject="subject", cycle="published_cycle"),
    "confluence_api:unit_preview": api(
        "GET", LEADERS, subject="subject", cycle="published_cycle", unit="unit"
    ),
    "confluence_api:spaces": api("GET", EVERYBODY),
    "confluence_api:spaces_choice": api("GET PATCH", ADMINS, pk="confluence"),
}
NOUNS = {
    "subject": lambda _: "okrs",
    "published_cycle": make_published_cycle,
    "published": make_published,
}
