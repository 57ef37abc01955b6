"""Who may link: the choice of two, and the list of people with a selection that outlives a search."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict

from jira_integration.models import IntegrationSettings, WhoMayLink
from okr.models import Person

A_PAGE = 25
NUMBER_LENGTH = 18


class AccessForm(forms.Form):
    who_may_link = forms.ChoiceField(
        label="Who may link Jira issues",
        choices=WhoMayLink,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may link Jira issues."},
    )


class NumbersField(forms.Field):
    """Numbers from one box, as "3,17,40", or from several; what is none is left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> frozenset[int]:
        parts = ",".join(value or []).split(",")
        return frozenset(
            int(part) for part in parts if part.isdecimal() and len(part) <= NUMBER_LENGTH
        )


class PickingForm(forms.Form):
    """What the list looked like and what was pressed on it.

    `chosen` are all who were ticked when the page was made, `shown` those who are on it and
    `person` those who are ticked there now. `tick` and `untick` concern everybody who matches.
    """

    words = forms.CharField(required=False, max_length=100)
    only_selected = forms.BooleanField(required=False)
    page = forms.IntegerField(required=False)
    chosen = NumbersField(required=False)
    shown = NumbersField(required=False)
    person = NumbersField(required=False)
    tick = forms.BooleanField(required=False)
    untick = forms.BooleanField(required=False)


class Picking:
    """The active people as one admin filters and ticks them; nothing is saved before `save`."""

    def __init__(self, settings: IntegrationSettings, sent: QueryDict | None = None) -> None:
        self.settings = settings
        self.saved = frozenset(settings.selected_people.active().values_list("pk", flat=True))
        form = PickingForm(sent or {})
        form.is_valid()
        self.words: str = form.cleaned_data.get("words", "").strip()
        self.only_selected: bool = form.cleaned_data["only_selected"]
        self._number: int = form.cleaned_data.get("page") or 1
        self.chosen = self._read(form.cleaned_data) if sent else self.saved

    def _read(self, told: dict[str, Any]) -> frozenset[int]:
        everybody = frozenset(Person.objects.active().values_list("pk", flat=True))
        chosen = (told["chosen"] - told["shown"] | told["person"]) & everybody
        if not (told["tick"] or told["untick"]):
            return frozenset(chosen)
        matching = self._matching().values_list("pk", flat=True)
        return chosen.union(matching) if told["tick"] else chosen.difference(matching)

    def _matching(self) -> Any:
        return Person.objects.active().matching(self.words)

    @cached_property
    def page(self) -> Page[Person]:
        people = self._matching().select_related("unit")
        if self.only_selected:
            people = people.filter(pk__in=self.chosen)
        return Paginator(people, A_PAGE).get_page(self._number)

    @property
    def added(self) -> int:
        return len(self.chosen - self.saved)

    @property
    def removed(self) -> int:
        return len(self.saved - self.chosen)

    @property
    def chosen_numbers(self) -> str:
        """As the hidden box keeps them."""
        return ",".join(map(str, sorted(self.chosen)))

    def save(self) -> None:
        """From now on only they may link. Raises ValidationError where nobody is chosen."""
        self.settings.allow_only(Person.objects.filter(pk__in=self.chosen))
