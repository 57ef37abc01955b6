"""The dialog that links Jira issues: one field, the issues picked so far, and what Jira says."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from jira_integration.client import JiraError
from jira_integration.counting import fields_named
from jira_integration.explain import explain_to_asker
from jira_integration.linking import MOST_ISSUES, MOST_SHOWN, Proposal, Typed
from jira_integration.models import JiraConnection, Measuring
from jira_integration.own_rights import propose_for
from jira_integration.siting import pasted_site, site_with
from okr.models import KeyResult, Person

KEY = re.compile(r"[A-Z][A-Z0-9_]{0,254}-[1-9][0-9]{0,17}")
ISSUES, JQL = "issues", "jql"
NOTHING = "Choose an issue: type words, a key, an address of Jira, or JQL."
ONE_SITE = (
    "The chosen issues are in {chosen}. Link them first, or take them away, to choose in {other}."
)
NOT_CHOSEN = "Choose an issue from the list, or type its key."


class KeysField(forms.Field):
    """Keys of issues; whatever is no key is dropped, since Jira is asked for each of them."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        keys = [key for key in value or [] if KEY.fullmatch(key)]
        return list(dict.fromkeys(keys))[: MOST_ISSUES + 1]


class LinkForm(forms.Form):
    """`pick` and `drop` are the last click: a key to add to `issue`, or to take away.

    Keys are those of one site, `shown_at`: the same key may be another issue on another site.
    """

    kind = forms.ChoiceField(
        choices=[(ISSUES, "Issues"), (JQL, "JQL")],
        initial=ISSUES,
        label="Link",
        required=False,
    )
    text = forms.CharField(
        required=False,
        max_length=10_000,
        label="Issue or search",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    issue = KeysField(required=False)
    pick = forms.CharField(required=False, widget=forms.HiddenInput)
    drop = forms.CharField(required=False, widget=forms.HiddenInput)
    site = forms.IntegerField(required=False, label="Site")
    shown_at = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, sites: Sequence[JiraConnection], usual: JiraConnection, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sites, self.usual = sites, usual

    @property
    def connection(self) -> JiraConnection:
        """The site that is asked: what was chosen there before holds on to it."""
        if not (self.is_bound and self.is_valid()):
            return self.usual
        return self._held or self._meant

    @property
    def _meant(self) -> JiraConnection:
        given = self.cleaned_data
        pasted = pasted_site(given["text"], self.sites)
        return pasted or site_with(given["site"], self.sites) or self.usual

    @property
    def _held(self) -> JiraConnection | None:
        """The site of what was chosen before, where something was."""
        shown_at = site_with(self.cleaned_data["shown_at"], self.sites)
        return shown_at if self.typed.picked else None

    @property
    def typed(self) -> Typed:
        chosen = [*self.cleaned_data["issue"], *KeysField().to_python([self.cleaned_data["pick"]])]
        picked = tuple(key for key in dict.fromkeys(chosen) if key != self.cleaned_data["drop"])
        return Typed(self.cleaned_data["text"], self.cleaned_data["kind"] == JQL, picked)

    def ask(
        self,
        connection: JiraConnection,
        key_result: KeyResult,
        person: Person,
        most: int = MOST_SHOWN,
    ) -> Proposal:
        """What Jira says to what was typed; a failure is a sentence, and what was typed stays."""
        if not self.is_valid():
            return Proposal(fault=" ".join(str(error) for error in self.errors.get("text", [])))
        if self._meant != connection:
            fault = ONE_SITE.format(chosen=connection.name, other=self._meant.name)
            return Proposal(picked=list(self.typed.picked), fault=fault)
        refusal = connection.refusal(timezone.now())
        if refusal is None:
            try:
                numbers = fields_named([Measuring.objects.of(key_result)], connection.pk)
                return propose_for(person, self.typed, connection, most, numbers)
            except JiraError as error:
                refusal = explain_to_asker(error)
        picked = list(self.typed.picked)
        return Proposal(picked=picked, fault=refusal.sentence, unreachable=True)

    def check(self, proposal: Proposal) -> bool:
        """Whether it can be linked; what is wrong is said at the field."""
        fault = proposal.fault
        if not fault and proposal.is_empty:
            fault = NOT_CHOSEN if proposal.words else NOTHING
        elif not fault and proposal.words:
            fault = NOT_CHOSEN
        if fault and "text" not in self.errors:
            self.add_error("text", fault)
        return not self.errors
