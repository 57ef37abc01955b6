"""An objective as its owner writes it."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from okr.forms.approvals import asking_again
from okr.forms.choosing import (
    active_owner,
    name_who_left,
    offer,
    offer_choices,
    offer_owners,
    owner_field,
    too_long,
)
from okr.forms.numbers import NumberField
from okr.forms.objective_picker import (
    ObjectiveField,
    ObjectivePicker,
    alignable,
    possible_parents,
    possibly_supported,
)
from okr.forms.person_picker import PersonField
from okr.forms.pickers import PickedManyField, ask_about
from okr.forms.tags import TagsField
from okr.forms.unit_picker import UnitField, UnitPicker
from okr.forms.versions import VersionedForm
from okr.models import Cycle, Level, Objective, Person, Unit, Visibility
from okr.models.approval import begin
from okr.models.objective import ObjectiveQuerySet

NOT_IN_THE_CYCLE = "Choose an objective of the same cycle from the list."
NONE_IN_THE_CYCLE = "Choose objectives of the same cycle from the list."
NOT_YOUR_LEVEL = "You may create objectives for yourself and for units that you lead."


class ObjectiveForm(VersionedForm):
    owner = owner_field()
    unit = UnitField(
        required=False,
        widget=UnitPicker("led"),
        error_messages={"nobody": "Choose a unit that you lead."},
    )
    parent = ObjectiveField(
        label="Contributes to",
        required=False,
        help_text="The objective above that this one helps to reach.",
        error_messages={"invalid_choice": NOT_IN_THE_CYCLE},
    )
    supports = PickedManyField(
        ObjectiveField(
            widget=ObjectivePicker(among="supported"),
            error_messages={"invalid_choice": NONE_IN_THE_CYCLE},
        ),
        required=False,
        help_text="Objectives that it helps without moving their numbers.",
        error_messages={"invalid_choice": NONE_IN_THE_CYCLE},
    )
    viewers = PickedManyField(
        PersonField(),
        label="Who else may see it",
        required=False,
        help_text="The owner, their managers and OKR admins see it in any case.",
        error_messages={"invalid_choice": "Choose people from the list."},
    )
    weight = NumberField(
        digits=4,
        places=2,
        initial=1,
        help_text="1 is usual, 0 is ignored.",
        error_messages={"required": "Enter a weight. 1 is usual."},
    )
    tags = TagsField()

    class Meta:
        model = Objective
        fields = [
            "title",
            "description",
            "cycle",
            "level",
            "unit",
            "owner",
            "parent",
            "weight",
            "supports",
            "visibility",
            "viewers",
        ]
        help_texts = {
            "title": "What you want to reach, in one sentence that people remember.",
            "description": "Why it matters, and what is left out.",
            "visibility": "A confidential objective does not move the number of a public one.",
        }
        widgets = {
            "title": forms.TextInput(attrs={"autofocus": True}),
            "description": forms.Textarea(attrs={"rows": 3}),
            "level": forms.RadioSelect,
            "visibility": forms.RadioSelect,
        }
        error_messages = {
            "title": {"required": "Enter a title.", "max_length": too_long(200)},
            "description": {"max_length": too_long(10_000)},
            "cycle": {
                "required": "Choose a cycle.",
                "invalid_choice": "Choose a cycle that is still open.",
            },
            "level": {"invalid_choice": NOT_YOUR_LEVEL, "required": "Choose a level."},
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.before = (self.instance.level, self.instance.unit) if self.instance.pk else None
        self.initial["tags"] = self.initial.get("tags") or self._tags(self.instance)
        self._offer_levels()
        self._offer_people()
        self._offer_cycles()
        self._offer_parents()

    def clean_owner(self) -> Person:
        return active_owner(self.cleaned_data["owner"])

    def clean_weight(self) -> Any:
        if self.cleaned_data["weight"] < 0:
            raise ValidationError("Enter 0 or more.")
        return self.cleaned_data["weight"]

    def clean_cycle(self) -> Cycle:
        cycle: Cycle = self.cleaned_data["cycle"]
        if (
            self.instance.pk
            and cycle.pk != self.instance.cycle_id
            and (self.instance.children.exists() or self.instance.supported_by.exists())
        ):
            raise ValidationError("Others are aligned under it in this cycle. Move those first.")
        return cycle

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name_who_left(self, self.person)
        level = cleaned.get("level", self.instance.level)
        if level != Level.UNIT:
            cleaned["unit"] = None
        chosen = (level, cleaned.get("unit"))
        if chosen != self.before and not self._may_choose(*chosen):
            self.add_error("level", NOT_YOUR_LEVEL)
        return cleaned

    def keep(self, at: datetime | None = None) -> Objective:
        """Saves the objective, who may see it, and what it supports."""
        objective: Objective = self.instance
        is_public = objective.visibility == Visibility.PUBLIC
        if self.instance.pk is None:
            begin(objective, self.person)
        with asking_again(objective, self.person, changed="title" in self.changed_data):
            objective.keep(by=self.person, at=at)
            viewers = [] if is_public else self.cleaned_data["viewers"]
            objective.show_to(viewers, by=self.person, at=at)
            supported = {*self.cleaned_data["supports"], *self._supported_unseen()}
            objective.support(supported, by=self.person, at=at)
            objective.tag(self.cleaned_data["tags"])
        return objective

    def saved_value(self, stored: Objective, name: str) -> Any:
        """Of what it supports only what this person sees: the rest is not theirs to choose."""
        if name == "tags":
            return self._tags(stored)
        value = super().saved_value(stored, name)
        return value.visible_to(self.person) if name == "supports" else value

    def _supported_unseen(self) -> ObjectiveQuerySet:
        """What others let it support stays, as long as it stays in its cycle."""
        seen = Objective.objects.visible_to(self.person)
        supported: ObjectiveQuerySet = self.instance.supports.filter(cycle=self.instance.cycle_id)
        return supported.exclude(pk__in=seen.values("pk"))

    def _tags(self, objective: Objective) -> list[str]:
        return [tag.name for tag in objective.tags.all()] if objective.pk else []

    def _may_choose(self, level: str, unit: Unit | None) -> bool:
        """A unit that is still missing is the model's complaint, not a question of rights."""
        return (level == Level.UNIT and unit is None) or self.person.may_create(level, unit)

    def _offer_levels(self) -> None:
        units = Unit.objects.all() if self.person.is_okr_admin else self.person.leads.all()
        current = self.before[0] if self.before else None
        if current == Level.UNIT and self.instance.unit_id:
            units = units | Unit.objects.filter(pk=self.instance.unit_id)
        leads = units.exists()
        levels = [level for level in Level if self._is_offered(level, leads) or level == current]
        offer_choices(self, "level", [(level.value, level.label) for level in levels])
        offer(self, "unit", units)
        if levels == [Level.INDIVIDUAL]:
            del self.fields["level"], self.fields["unit"]

    def _is_offered(self, level: Level, leads: bool) -> bool:
        return (level == Level.UNIT and leads) or self.person.may_create(level, None)

    def _offer_people(self) -> None:
        current = self.instance.owner if self.instance.pk else None
        offer_owners(self, self.person, current)
        offer(self, "viewers", Person.objects.active())
        self.initial["owner"] = current or self.person

    def _offer_cycles(self) -> None:
        offer(self, "cycle", Cycle.objects.filter(closed_at=None))

    def _offer_parents(self) -> None:
        """What the person sees in the chosen cycle, without the objective and what is below it."""
        rows = alignable(self.instance, self.person, self._chosen_cycle())
        offer(self, "supports", possibly_supported(self.instance, rows))
        if self.instance.assigned_from_id or self._has_hidden_parent():
            self._leave_parent()
        else:
            offer(self, "parent", possible_parents(self.instance, rows))
        for name in ("supports", "parent"):
            if name in self.fields:
                ask_about(self.fields[name], of=self.instance.pk)

    def _has_hidden_parent(self) -> bool:
        above, seen = self.instance.parent_id, Objective.objects.visible_to(self.person)
        return above is not None and not seen.filter(pk=above).exists()

    def _leave_parent(self) -> None:
        """It stays under what this person may not see, or whose key result it moves."""
        del self.fields["parent"]
        offer(self, "cycle", Cycle.objects.filter(pk=self.instance.cycle_id))

    def _chosen_cycle(self) -> int | None:
        chosen = self["cycle"].value()
        return int(chosen) if str(chosen).isdecimal() and len(str(chosen)) < 19 else None
