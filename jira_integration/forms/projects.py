"""Which projects of a site may be linked: all that the account sees, or the chosen ones."""

from collections.abc import Sequence
from typing import Any

from django import forms

from jira_integration.client import Project
from jira_integration.models import ChosenProject, JiraConnection
from okr.models import Person

ALL, CHOSEN = "all", "chosen"
NONE_CHOSEN = "Choose at least one project."


class ProjectsForm(forms.Form):
    """`offered` are the projects that there are to choose from."""

    which = forms.ChoiceField(
        label="Projects that may be linked",
        choices=[(ALL, "All projects the account sees"), (CHOSEN, "Only chosen projects")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which projects may be linked."},
    )
    projects = forms.TypedMultipleChoiceField(
        label="Projects", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, connection: JiraConnection, offered: Sequence[Project], **kwargs: Any
    ) -> None:
        self.connection = connection
        self.offered = {project.id: project for project in offered}
        self.chosen = connection.chosen_projects.ids()
        initial = {"which": CHOSEN if connection.only_chosen else ALL, "projects": self.chosen}
        super().__init__(*args, initial=initial, **kwargs)
        field: Any = self.fields["projects"]
        field.choices = [(each.id, f"{each.key} · {each.name}") for each in offered]
        field.template_name = "okr/forms/filtered_checks.html"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("which") == CHOSEN and not (given.get("projects") or self.errors):
            self.add_error("projects", NONE_CHOSEN)
        return given

    @property
    def wanted(self) -> frozenset[int] | None:
        """The ids of the projects that would count; None for all."""
        if self.cleaned_data["which"] == ALL:
            return None
        return frozenset(self.cleaned_data["projects"])

    @property
    def is_saved(self) -> bool:
        return self.wanted == (self.chosen if self.connection.only_chosen else None)

    def keep(self, by: Person) -> None:
        if self.wanted is None:
            return ChosenProject.objects.lift(self.connection, by)
        projects = [self.offered[number] for number in self.wanted]
        return ChosenProject.objects.choose(self.connection, projects, by)
