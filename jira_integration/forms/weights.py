"""What each link of a key result weighs, all of them at once."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from jira_integration.models import JiraLink
from jira_integration.models.link import HEAVIEST, LIGHTEST
from jira_integration.outlook import Outlook, outlook
from jira_integration.proposal import Proposal
from okr.models import KeyResult, Person

RANGE = f"Enter a whole number from {LIGHTEST} to {HEAVIEST}."


class WeightsForm(forms.Form):
    def __init__(self, *args: Any, key_result: KeyResult, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key_result = key_result
        rows = key_result.jira_links.select_related("issue", "connection")
        self.links: list[JiraLink] = list(rows)
        self.fields |= {box_of(link): _weight(link) for link in self.links}

    @property
    def rows(self) -> Iterator[tuple[JiraLink, BoundField]]:
        return ((link, self[box_of(link)]) for link in self.links)

    @property
    def weights(self) -> dict[int, int]:
        return {link.pk: self.cleaned_data[box_of(link)] for link in self.links}

    @property
    def outlook(self) -> Outlook:
        """The number that they would make; that of the stored ones while nothing can be read."""
        tried = self.weights if self.is_bound and self.is_valid() else {}
        return outlook(self.key_result, Proposal(), weights=tried)

    def keep(self, by: Person) -> bool:
        """Whether a link weighs otherwise than before."""
        return JiraLink.objects.weigh(self.key_result, self.weights, by)


def box_of(link: JiraLink) -> str:
    return f"weight_{link.pk}"


def _weight(link: JiraLink) -> forms.IntegerField:
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), RANGE)
    return forms.IntegerField(
        label=f"Weight of {link}",
        initial=link.weight,
        min_value=LIGHTEST,
        max_value=HEAVIEST,
        error_messages=wrong,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )
