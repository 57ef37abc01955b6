"""Who may link: the choice of two, and the people, ticked across searches and pages."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import QueryDict

from jira_integration.matching import states
from jira_integration.models import IntegrationSettings, WhoMayLink
from okr.audit import noted
from okr.models import Person

A_PAGE = 25
MOST_NAMED = 40
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
    clear = forms.BooleanField(required=False)
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
        self.form = PickingForm(sent or {})
        self.form.is_valid()
        told = defaultdict(str, self.form.cleaned_data)
        self.settings = settings
        self.saved = frozenset(settings.selected_people.active().values_list("pk", flat=True))
        self.words = "" if told["clear"] else told["words"]
        self.only_selected = bool(told["only_selected"])
        self.all_at_once = bool(told["tick"] or told["untick"])
        self.chosen = self.saved if sent is None else self._read(told)
        self._number = told["page"] or 1

    def _read(self, told: dict[str, Any]) -> frozenset[int]:
        everybody = frozenset(Person.objects.active().values_list("pk", flat=True))
        chosen = (told["chosen"] - told["shown"] | told["person"]) & everybody
        if told["tick"]:
            return frozenset(chosen.union(self._matching))
        return frozenset(chosen.difference(self._matching) if told["untick"] else chosen)

    @cached_property
    def _matching(self) -> list[int]:
        people = Person.objects.active().matching(self.words)
        return list(people.values_list("pk", flat=True))

    @property
    def _listed(self) -> list[int]:
        return [pk for pk in self._matching if pk in self.chosen or not self.only_selected]

    @cached_property
    def page(self) -> Page[int]:
        """The numbers of 25 people, in the order of their names."""
        return Paginator(self._listed, A_PAGE).get_page(self._number)

    @cached_property
    def people(self) -> list[Person]:
        """Each with what is known of their account in Jira, as `in_jira`."""
        found = list(Person.objects.filter(pk__in=list(self.page)).select_related("unit"))
        known = states(found)
        for person in found:
            person.in_jira = known[person.pk]
        return found

    @property
    def all_ticked(self) -> bool:
        return self.chosen.issuperset(self._listed)

    @property
    def told(self) -> str:
        """What a page or a search brought, for those who listen."""
        page = self.page
        if not page.paginator.count:
            return f"No people match '{self.words}'."
        return f"{page.start_index()}–{page.end_index()} of {page.paginator.count}"

    @property
    def added(self) -> int:
        return len(self.chosen - self.saved)

    @property
    def removed(self) -> int:
        return len(self.saved - self.chosen)

    @property
    def chosen_numbers(self) -> str:
        return joined(self.chosen)

    @property
    def saved_numbers(self) -> str:
        return joined(self.saved)

    def save(self) -> bool:
        """From now on only they may link; False, and an error of the form, where nobody is."""
        try:
            self._allow()
        except ValidationError as error:
            self.form.add_error(None, error)
            return False
        return True

    def _allow(self) -> None:
        with noted("jira.selected", self.settings) as note:
            self.settings.allow_only(Person.objects.filter(pk__in=self.chosen))
            note.say(people=f"only {len(self.chosen):,} selected users")
            note.tell("Added", "", named(self.chosen - self.saved))
            note.tell("Removed", named(self.saved - self.chosen), "")


def named(numbers: Iterable[int]) -> str:
    """As many names as somebody reads."""
    people = Person.objects.filter(pk__in=numbers)
    names = ", ".join(people.values_list("name", flat=True)[:MOST_NAMED])
    more = people.count() - MOST_NAMED
    return f"{names} and {more:,} more" if more > 0 else names


def joined(numbers: Iterable[int]) -> str:
    """As a hidden box keeps them."""
    return ",".join(map(str, sorted(numbers)))
