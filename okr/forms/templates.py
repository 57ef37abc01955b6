"""A template as an OKR admin writes it, and an objective that begins from one."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from okr.audit import noted_saving
from okr.forms.choosing import too_long
from okr.forms.measures import MeasureRows, measure_rows
from okr.forms.objectives import ObjectiveForm
from okr.forms.versions import VersionedForm
from okr.library import Blueprint
from okr.models import Objective, Person, Template
from okr.models.template import Category


class WithRows(forms.ModelForm):  # type: ignore[type-arg]
    """A form that is right only with its rows; their faults stand in its summary too."""

    rows: MeasureRows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.rows.is_valid():
            for fault in self.rows.faults:
                self.add_error(None, fault)
        return cleaned


class BeginForm(WithRows, ObjectiveForm):
    """A new objective with its first key results, in one step."""

    def __init__(self, *args: Any, blueprint: Blueprint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = measure_rows(self.data, blueprint.measures)

    def keep(self, at: datetime | None = None) -> Objective:
        with transaction.atomic():
            objective = super().keep(at)
            for measure in self.rows.get_measures():
                measure.key_result(objective).keep(by=self.person, at=at)
        return objective


class TemplateForm(WithRows, VersionedForm):
    class Meta:
        model = Template
        fields = ["title", "about", "category"]
        labels = {"about": "Description"}
        help_texts = {"about": "Why it matters, and what is left out."}
        widgets = {
            "title": forms.TextInput(attrs={"autofocus": True}),
            "about": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "title": {"required": "Enter a title.", "max_length": too_long(200)},
            "about": {"max_length": too_long(10_000)},
            "category": {"required": "Choose a category."},
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.rows = measure_rows(self.data, self.instance.measures)

    def keep(self) -> Template:
        template: Template = self.instance
        template.measures = self.rows.get_measures()
        if self.instance.pk is None:
            template.by, template.at = self.person, timezone.now()
        with noted_saving("templates", template):
            template.keep()
        return template


class SaveAsForm(forms.Form):
    category = forms.ChoiceField(
        choices=[("", "Choose a category"), *Category.choices],
        label="Category",
        error_messages={"required": "Choose a category."},
    )

    def keep(self, objective: Objective, by: Person) -> Template | None:
        """None, with the reason beside the form, where it may not become one."""
        category = self.cleaned_data["category"]
        try:
            return Template.objects.from_objective(
                objective, category=category, by=by, at=timezone.now()
            )
        except ValidationError as refused:
            self.add_error(None, refused)
            return None
