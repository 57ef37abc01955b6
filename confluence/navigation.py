"""Puts the Confluence room onto the admin's list of integrations and into the navigation."""

from django.http import HttpRequest
from django.urls import reverse

from confluence.standing import Standing
from okr.slots import Entry, Link, fill

LABEL = "Confluence"
SUMMARY = "Pages are attached to key results and check-ins as evidence, and OKRs become pages."


@fill("integrations.list")
def entry(request: HttpRequest) -> Entry:  # noqa: ARG001
    return Entry(LABEL, reverse("confluence:integration"), SUMMARY, Standing.load().word)


@fill("navigation.admin")
def link(request: HttpRequest) -> Link:  # noqa: ARG001
    return Link(LABEL, reverse("confluence:integration"))
