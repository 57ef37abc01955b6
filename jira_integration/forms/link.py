"""The dialog that links Jira issues: one field, the issues picked so far, and what Jira says."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from jira_integration.asking import answer
from jira_integration.client import Named, Shorthand
from jira_integration.linking import MOST_ISSUES
from jira_integration.models import JiraConnection, JiraLink, Reconstruction
from jira_integration.models.wanted import LEVELS
from jira_integration.proposal import MOST_SHOWN, Proposal, Typed
from jira_integration.siting import pasted_site, site_with
from okr.models import KeyResult, Person

KEY = re.compile(r"[A-Z][A-Z0-9_]{0,254}-[1-9][0-9]{0,17}")
KEPT = re.compile(r"(filter|sprint|version):([1-9][0-9]{0,17})")
ISSUES, JQL = "issues", "jql"
NOTHING = "Choose an issue: type words, a key, an address of Jira, or JQL."
ONE_SITE = "What you chose is in {chosen}. Link that first, or take it away, to choose in {other}."
NOT_CHOSEN = "Choose an issue from the list, or type its key."


class KeysField(forms.Field):
    """Keys of issues; whatever is no key is dropped, since Jira is asked for each of them."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        keys = [key for key in value or [] if KEY.fullmatch(key)]
        return list(dict.fromkeys(keys))[: MOST_ISSUES + 1]


class KeptField(forms.CharField):
    """A filter, a sprint or a version, as "filter:10001"; whatever is none is dropped."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Named | None:
        found = KEPT.fullmatch(str(value or ""))
        return Named(Shorthand(found[1]), int(found[2])) if found else None


class LinkForm(forms.Form):
    """`pick` and `drop` are the last click: what to add to `issue` or `kept`, or to take away.

    `below` says that issues below the chosen one count instead of it, by `depth` levels.

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
    history = forms.BooleanField(
        required=False,
        initial=True,
        label="Draw the progress since the cycle began, from Jira's history",
    )
    kept = KeptField(required=False)
    below = forms.BooleanField(required=False)
    depth = forms.TypedChoiceField(
        required=False, choices=list(LEVELS.items()), coerce=int, empty_value="1"
    )
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
        return shown_at if self.typed.picked or self.typed.kept else None

    @property
    def typed(self) -> Typed:
        chosen = [*self.cleaned_data["issue"], *KeysField().to_python([self.cleaned_data["pick"]])]
        picked = tuple(key for key in dict.fromkeys(chosen) if key != self.cleaned_data["drop"])
        given = self.cleaned_data
        kept = KeptField().clean(given["pick"]) or given["kept"]
        depth = int(given["depth"]) if given["below"] else None
        return Typed(given["text"], given["kind"] == JQL, picked, kept, depth)

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
        if self._meant == connection:
            return answer(person, self.typed, connection, key_result, most)
        chosen = answer(person, replace(self.typed, text=""), connection, key_result, most)
        chosen.fault = ONE_SITE.format(chosen=connection.name, other=self._meant.name)
        return chosen

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

    def keep(self, proposal: Proposal, key_result: KeyResult, by: Person) -> int:
        """Links it; answers how many links are new or another."""
        new = JiraLink.objects.add(key_result, proposal.wanted, self.connection, by)
        if new and self.cleaned_data["history"]:
            Reconstruction.objects.ask(key_result, by)
        return new
