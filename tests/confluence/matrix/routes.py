"""The addresses of the Confluence room and who is let in, and the nouns they name."""

from django.utils import timezone

from confluence.client import Page
from confluence.models import ConfluenceConnection, ConfluencePage, Evidence
from tests.confluence.matrix import publishing
from tests.okr.matrix.declaring import ADMINS, EDITORS, READERS, api, route


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
    "confluence:search_for_check_in": route("GET", EDITORS, pk="check_in"),
    "confluence:remove_evidence": route("GET POST", EDITORS, pk="evidence"),
}
ROUTES |= {
    "confluence_api:connections": api("GET POST", ADMINS),
    "confluence_api:connection": api("GET PATCH DELETE", ADMINS, pk="confluence"),
    "confluence_api:test": api("POST", ADMINS, pk="confluence"),
    "confluence_api:switches": api("GET PATCH", ADMINS),
    "confluence_api:readings": api("GET", ADMINS),
    "confluence_api:read_now": api("POST", ADMINS),
    "confluence_api:evidence": api("GET POST", READERS, EDITORS, pk="key_result"),
    "confluence_api:check_in_evidence": api("GET POST", READERS, EDITORS, pk="check_in"),
    "confluence_api:one_evidence": api("GET DELETE", READERS, EDITORS, pk="evidence"),
    "confluence_api:search": api("GET", EDITORS, pk="key_result"),
    "confluence_api:check_in_search": api("GET", EDITORS, pk="check_in"),
}
NOUNS = {
    "switch": lambda _: "publishing",
    "evidence": make_evidence,
    "confluence": lambda _: ConfluenceConnection.objects.get().pk,
}
ROUTES |= publishing.ROUTES
NOUNS |= publishing.NOUNS
