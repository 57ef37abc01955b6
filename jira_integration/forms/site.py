"""What one of several sites is called, and the dialog that connects a further one."""

from typing import Any

from django import forms

from jira_integration.forms.credentials import CredentialsForm
from jira_integration.models import JiraConnection
from okr.audit import noted

NAME_NEEDED = "Give the site a name, as Support Jira."
NAME_TAKEN = "Another site is called {name}. Choose another name."
NAME_HINT = "People see it wherever an issue could be of another site."


def name_field() -> forms.CharField:
    return forms.CharField(
        label="Name of this site",
        max_length=80,
        help_text=NAME_HINT,
        error_messages={"required": NAME_NEEDED},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def require_free(name: str, pk: int | None) -> str:
    name = " ".join(name.split())
    if other := JiraConnection.objects.others_called(name, pk).first():
        raise forms.ValidationError(NAME_TAKEN.format(name=other.name))
    return name


class NameForm(forms.Form):
    name = name_field()

    def __init__(self, *args: Any, connection: JiraConnection, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"name": connection.name}, **kwargs})
        self.connection = connection

    def clean_name(self) -> str:
        return require_free(self.cleaned_data["name"], self.connection.pk)

    def keep(self) -> None:
        with noted("jira.renamed", self.connection):
            self.connection.rename(self.cleaned_data["name"])


class AnotherSiteForm(CredentialsForm):
    """The three boxes of a further site, under a name of its own."""

    name = name_field()
    field_order = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, connection=None, **kwargs)

    def clean_name(self) -> str:
        return require_free(self.cleaned_data["name"], None)

    def _site_to_change(self) -> JiraConnection:
        return JiraConnection(name=self.cleaned_data["name"])
