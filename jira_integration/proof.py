"""The sentence that proves a connection: one real issue, and what it counts as."""

from datetime import datetime

from django.utils import timezone

from jira_integration.calculation import Category
from jira_integration.connecting import Examination
from jira_integration.models import IntegrationSettings


def proof(examined: Examination, settings: IntegrationSettings, at: datetime) -> str:
    """`at` is when the next sync is; nothing is said of it while updates are off."""
    sentences = [f"Connected to {examined.site.url} as {examined.account.name}."]
    if examined.projects is not None:
        plural = "" if examined.projects == 1 else "s"
        sentences.append(f"{examined.projects:,} project{plural} visible.")
    if issue := examined.proof:
        worth = settings.scale.counts_as(Category(issue.category))
        sentences.append(f"{issue.key} is {issue.status}, so it counts as {worth}%.")
    if settings.enabled:
        sentences.append(f"Next sync {timezone.localtime(at):%H:%M}.")
    return " ".join(sentences)
