"""Puts the room onto the admin's list of integrations and into the navigation."""

from django.http import HttpRequest
from django.urls import reverse

from atlassian_accounts.standing import Standing
from okr.slots import Entry, Link, fill

LABEL = "Atlassian Accounts"
SUMMARY = "Who has an account in your Atlassian organizations, and which of our people they are."


@fill("integrations.list")
def entry(request: HttpRequest) -> Entry:  # noqa: ARG001
    return Entry(LABEL, reverse("accounts:integration"), SUMMARY, Standing.of_all())


@fill("navigation.admin")
def link(request: HttpRequest) -> Link:  # noqa: ARG001
    return Link(LABEL, reverse("accounts:integration"))
