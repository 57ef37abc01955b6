"""The addresses of the Confluence room and who is let in, and the nouns they name."""

from django.utils import timezone

from confluence.client import Page
from confluence.models import ConfluenceConnection, ConfluencePage, Evidence
from tests.okr.matrix.declaring import ADMINS, EDITORS, route


def make_evidence(key_result):
    now = timezone.now()
    page = ConfluencePage.objects.keep(ConfluenceConnection.objects.get(), Page(7, "Plan"), now)
    Evidence.objects.attach(page, key_result, None, key_result.owner, now)
    return Evidence.objects.get(key_result=key_result).pk


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
}
NOUNS = {"switch": lambda _: "publishing", "evidence": make_evidence}
