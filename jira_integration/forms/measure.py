"""How a key result is measured: each way with the number that it would make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self, TypeVar

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.http import QueryDict

from jira_integration.calculation import Measure, Without
from jira_integration.counting import Way
from jira_integration.measure_words import EMPTY, meaning_of_empty, meaning_of_measure
from jira_integration.models import (
    FieldChoice,
    FieldKind,
    JiraConnection,
    JiraField,
    Measuring,
)
from jira_integration.models.measuring import NAMES, columns, fault_of, placed
from jira_integration.trial import Trial
from okr.models import KeyResult, Person

E = TypeVar("E", bound=StrEnum)
NOTHING = "Nothing: each issue is as large as the next"
GONE = "{name} (no longer in Jira)"


@dataclass(frozen=True, slots=True)
class Choice:
    """A radio button, what it means, and the percentage that it would make, where known."""

    option: BoundWidget
    words: str
    makes: Decimal | None


class MeasureForm(forms.Form):
    """`sites` are those to which the key result is linked: each has fields of its own."""

    measure = forms.ChoiceField(
        label="How it is measured",
        choices=[(each.value, name) for each, name in NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is measured."},
    )
    without = forms.ChoiceField(
        label="An issue without it",
        choices=[(each.value, words) for each, words in EMPTY.items()],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self, *args: Any, key_result: KeyResult, sites: Sequence[JiraConnection], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.key_result, self.sites = key_result, sites
        self.way = Measuring.objects.of(key_result)
        self.initial = {**_initial(self.way), **self.initial}
        self.units: dict[int, dict[str, str]] = {}
        for site in sites:
            self._add_field(site)

    @classmethod
    def trying(
        cls, sent: QueryDict, key_result: KeyResult, sites: Sequence[JiraConnection]
    ) -> Self:
        """With what was chosen, but not yet held against anybody."""
        return cls(initial=sent.dict(), key_result=key_result, sites=sites)

    @property
    def selects(self) -> list[BoundField]:
        return [self[box_of(site)] for site in self.sites]

    @property
    def standing(self) -> Way:
        """As it is chosen now, whether or not that can be saved."""
        return self._fitting(self._chosen)

    @property
    def _chosen(self) -> Way:
        measure = _member(Measure, self["measure"].value(), Measure.MEAN)
        without = _member(Without, self["without"].value(), Without.AVERAGE)
        chosen = {site.pk: self[box_of(site)].value() or "" for site in self.sites}
        known = {pk: ids for pk, ids in chosen.items() if ids in self.units[pk]}
        names = dict.fromkeys(self.units[pk][ids] for pk, ids in known.items())
        way = Way(measure, tuple(sorted(known.items())), " and ".join(names), without)
        return placed(way, self.key_result)

    def _fitting(self, way: Way) -> Way:
        """What is counted has no size, and what has no size says nothing about an empty field."""
        if way.fields and way.measure is not Measure.COUNT:
            return way
        return replace(way, fields=(), unit="", without=self.way.without)

    def _add_field(self, site: JiraConnection) -> None:
        choices = {choice.ids: choice for choice in JiraField.objects.choices(site.pk)}
        stored = dict(self.way.fields).get(site.pk, "")
        if stored and stored not in choices:
            gone = JiraField.objects.chosen(site.pk, stored)
            choices[stored] = gone or FieldChoice(stored, self.way.unit, FieldKind.NUMBER)
        self.units[site.pk] = {ids: choice.unit for ids, choice in choices.items()}
        told = {
            ids: GONE.format(name=choice.unit) if choice.is_gone else choice.unit
            for ids, choice in choices.items()
        }
        several = len(self.sites) > 1
        self.fields[box_of(site)] = forms.ChoiceField(
            label=f"Weigh issues of {site.name} by" if several else "Weigh issues by",
            choices=[("", NOTHING), *told.items()],
            initial=stored,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if fault := fault_of(self.standing, self.key_result):
            self.add_error("measure", fault)
        return cleaned

    def keep(self, by: Person) -> bool:
        """Whether it is measured otherwise than before."""
        if columns(self.standing) == columns(self.way):
            return False
        Measuring.objects.choose(self.key_result, self.standing, by)
        return True

    def makes(self, trial: Trial) -> Decimal | None:
        """What the present choice would make."""
        way = self.standing
        return None if fault_of(way, self.key_result) else trial.makes(way)

    def measures(self, trial: Trial) -> Iterator[Choice]:
        """Each choice with what it means and what the linked issues make by it."""
        for measure, option in zip(NAMES, self["measure"], strict=True):
            way = self._fitting(replace(self._chosen, measure=measure))
            fault = fault_of(way, self.key_result)
            if fault and not way.has_room:
                option.data["attrs"]["disabled"] = True
            words = meaning_of_measure(way, trial)
            yield Choice(option, words, None if fault else trial.makes(way))

    def empties(self, trial: Trial) -> Iterator[Choice]:
        """What an issue without the chosen field can mean; nothing where no field is chosen."""
        if not self.standing.fields:
            return
        for without, option in zip(EMPTY, self["without"], strict=True):
            way = replace(self.standing, without=without)
            makes = None if fault_of(way, self.key_result) else trial.makes(way)
            yield Choice(option, meaning_of_empty(way, trial), makes)


def _initial(way: Way) -> dict[str, Any]:
    without = way.without if way.fields else Without.AVERAGE
    return {"measure": way.measure.value, "without": without.value}


def box_of(site: JiraConnection) -> str:
    return f"field_{site.pk}"


def _member(kind: type[E], value: Any, usual: E) -> E:
    return kind(value) if value in list(kind) else usual
