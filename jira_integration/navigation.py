"""Puts the Jira room onto the admin's list of integrations and into the navigation."""

from django.http import HttpRequest
from django.urls import reverse

from jira_integration.sites import Sites
from okr.slots import Entry, Link, fill

LABEL = "Jira Integration"
SUMMARY = "Key results take their progress from the statuses of linked Jira issues."


@fill("integrations.list")
def entry(request: HttpRequest) -> Entry:  # noqa: ARG001
    return Entry(LABEL, reverse("jira:integration"), SUMMARY, Sites.load().standing)


@fill("navigation.admin")
def link(request: HttpRequest) -> Link:  # noqa: ARG001
    return Link(LABEL, reverse("jira:integration"))
