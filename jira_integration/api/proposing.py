"""What a script wants to link, handed over to the dialog's form, which asks Jira."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from jira_integration.api.base import refused
from jira_integration.forms.link import ISSUES, JQL, KEPT, KEY, LinkForm
from jira_integration.models import JiraConnection
from jira_integration.models.wanted import LEVELS
from jira_integration.proposal import MOST_READ, Proposal
from jira_integration.siting import site_with, usual_site
from okr.api.forming import as_typed
from okr.api.problems import of_form
from okr.api.shapes import Body
from okr.models import KeyResult, Person

WAYS = ("issue", "jql", "address", "kept")
ONE = f"Say one of these: {', '.join(WAYS)}."
NO_SITE = "There is no such site."
DEPTH = "Levels below an issue are for an issue or its address."


class LinkBody(Body):
    """One of `issue`, `jql`, `address` and `kept`. With `depth`, what lies so many levels below
    the issue counts instead of it; 0 are all levels. Without a `site` the usual one is meant: that
    of the address, or where this person linked last."""

    issue = serializers.RegexField(
        rf"^{KEY.pattern}$", required=False, max_length=255, help_text="As PLAT-12."
    )
    jql = serializers.CharField(required=False, max_length=10_000)
    address = serializers.RegexField(
        r"^https?://\S+$", required=False, max_length=2_000, help_text="Copied from Jira."
    )
    kept = serializers.RegexField(
        rf"^{KEPT.pattern}$",
        required=False,
        max_length=40,
        help_text="A filter, sprint or version: filter:10001.",
    )
    depth = serializers.ChoiceField([*LEVELS], required=False)
    site = serializers.IntegerField(required=False, min_value=1)
    history = serializers.BooleanField(
        default=True, help_text="Draw the progress since the cycle began, from Jira's history."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs.keys() & {*WAYS}) != 1:
            raise serializers.ValidationError(ONE)
        if "depth" in attrs and not attrs.keys() & {"issue", "address"}:
            raise serializers.ValidationError({"depth": [DEPTH]})
        return attrs


def asked_of(
    values: dict[str, Any],
    key_result: KeyResult,
    sites: Sequence[JiraConnection],
    person: Person,
) -> tuple[LinkForm, Proposal]:
    """Raises a Problem that names the field for what Jira does not know or we do not take."""
    if "site" in values and site_with(values["site"], sites) is None:
        raise refused("site", NO_SITE)
    usual = usual_site(sites, person)
    form = LinkForm(as_typed(_typed(values)), sites=sites, usual=usual)
    proposal = form.ask(form.connection, key_result, person, MOST_READ)
    if not form.check(proposal):
        (named,) = values.keys() & {*WAYS}
        raise of_form(form, {"text": named})
    return form, proposal


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """As the boxes of the dialog hold it."""
    typed = {
        "kind": JQL if "jql" in values else ISSUES,
        "text": values.get("jql") or values.get("address", ""),
        "issue": [values["issue"]] if "issue" in values else [],
        "kept": values.get("kept", ""),
        "below": "depth" in values,
        "depth": values.get("depth"),
        "history": values.get("history", False),
    }
    named = {name: values["site"] for name in ("site", "shown_at") if "site" in values}
    return typed | named
