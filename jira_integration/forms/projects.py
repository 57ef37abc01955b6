"""Which projects of a site may be linked: all that the account sees, or the chosen ones."""

from collections.abc import Sequence
from typing import Any

from django import forms

from jira_integration.client import JiraError, Project
from jira_integration.explain import explain_to_asker
from jira_integration.models import ChosenProject, JiraConnection
from okr.audit import noted
from okr.models import Person

ALL, CHOSEN = "all", "chosen"
WAITS = 20.0
MOST_PROJECTS = 2_000


class ProjectsForm(forms.Form):
    """`offered` are the projects that there are to choose from."""

    which = forms.ChoiceField(
        label="Projects that may be linked",
        choices=[(ALL, "All projects the account sees"), (CHOSEN, "Only chosen projects")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which projects may be linked."},
    )
    projects = forms.TypedMultipleChoiceField(
        label="Projects",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one project."},
    )

    def __init__(
        self, sent: Any = None, *, connection: JiraConnection, offered: Sequence[Project]
    ) -> None:
        self.connection = connection
        self.offered = {project.id: project for project in offered}
        self.before = connection.chosen_projects.ids()
        initial = {"which": CHOSEN if connection.only_chosen else ALL, "projects": self.before}
        super().__init__(sent, initial=initial)
        field: Any = self.fields["projects"]
        field.choices = [(each.id, f"{each.key} · {each.name}") for each in offered]
        field.required = self.data.get("which", CHOSEN) == CHOSEN
        field.template_name = "okr/forms/filtered_checks.html"

    @property
    def chosen(self) -> list[Project] | None:
        """None for all."""
        if self.cleaned_data["which"] == ALL:
            return None
        return [self.offered[number] for number in self.cleaned_data["projects"]]

    @property
    def is_saved(self) -> bool:
        if self.chosen is None or not self.connection.only_chosen:
            return self.chosen is None and not self.connection.only_chosen
        return {each.id for each in self.chosen} == self.before

    def keep(self, by: Person) -> None:
        with noted("jira.projects", self.connection) as note:
            note.tell("Projects", self._keys(), self._keys(self.chosen))
            if self.chosen is None:
                ChosenProject.objects.lift(self.connection, by)
            else:
                ChosenProject.objects.choose(self.connection, self.chosen, by)

    def _keys(self, chosen: Sequence[Project] | None = None) -> str:
        """Of those that were chosen before, unless others are given."""
        kept = self.connection.chosen_projects.all()
        return ", ".join(sorted(each.key for each in (kept if chosen is None else chosen)))


def offered_by(connection: JiraConnection) -> tuple[Sequence[Project], str]:
    """What the account sees and what was chosen before; and why Jira could not be asked."""
    known = [
        Project(each.project_id, each.key, each.name) for each in connection.chosen_projects.all()
    ]
    found: list[Project] = []
    fault = ""
    try:
        with connection.client(WAITS, bounded=False) as client:
            client.myself()
            found = client.projects(MOST_PROJECTS)
    except JiraError as error:
        fault = explain_to_asker(error).sentence
    every = {each.id: each for each in [*known, *found]}
    return sorted(every.values(), key=lambda each: each.key), fault
