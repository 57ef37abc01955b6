"""Another query in the place of the one that a link searches by."""

from typing import Any

from django import forms

from jira_integration.asking import answer
from jira_integration.models import JiraLink
from jira_integration.outlook import Outlook, outlook
from jira_integration.proposal import MOST_READ, Proposal, Typed
from okr.models import Person

NO_JQL = "Type JQL here. To link issues, a filter, a sprint or a version, add another link."


class ChangeForm(forms.Form):
    jql = forms.CharField(
        label="JQL",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Type the JQL that is to be searched by."},
    )

    def __init__(self, *args: Any, link: JiraLink, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.link, self.person = link, person
        self.fields["jql"].initial = link.jql

    def ask(self) -> Proposal:
        """What Jira says to it; what is wrong is said at the field."""
        if not self.is_valid():
            return Proposal(fault=" ".join(str(error) for error in self.errors.get("jql", [])))
        link, typed = self.link, Typed(self.cleaned_data["jql"], as_jql=True)
        proposal = answer(self.person, typed, link.connection, link.key_result, MOST_READ)
        if not proposal.is_jql and not proposal.fault:
            proposal.fault = NO_JQL
        if proposal.fault:
            self.add_error("jql", proposal.fault)
        return proposal

    def foresee(self, proposal: Proposal) -> Outlook:
        return outlook(self.link.key_result, proposal, instead_of=self.link)

    def keep(self, proposal: Proposal) -> bool:
        """Whether the link searches otherwise from now on."""
        return proposal.jql != self.link.jql and self.link.requery(proposal.jql, self.person)
