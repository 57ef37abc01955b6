"""In which spaces of Confluence people may publish; none until an admin chose some."""

from collections.abc import Sequence
from typing import Any

from django import forms

from atlassian.client import AtlassianError
from atlassian.explain import Explanation
from confluence.client import Space
from confluence.explain import WORDS
from confluence.models import ConfluenceConnection, PublishingSpace
from confluence.writing import spaces_of
from okr.audit import noted


class SpacesForm(forms.Form):
    """`offered` are those that the account sees."""

    spaces = forms.TypedMultipleChoiceField(
        label="Spaces",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Who leads a unit publishes in these, as the connected account.",
    )

    def __init__(
        self, sent: Any = None, *, connection: ConfluenceConnection, offered: Sequence[Space]
    ) -> None:
        self.connection = connection
        self.offered = {space.id: space for space in offered}
        self.before = list(connection.publishing_spaces.all())
        super().__init__(sent, initial={"spaces": [each.number for each in self.before]})
        field: Any = self.fields["spaces"]
        field.choices = [(each.id, f"{each.name} ({each.key})") for each in offered]
        field.template_name = "okr/forms/filtered_checks.html"

    def keep(self) -> None:
        chosen = [self.offered[number] for number in self.cleaned_data["spaces"]]
        with noted("confluence.spaces", self.connection) as note:
            before = ", ".join(sorted(each.key for each in self.before))
            note.tell("Spaces", before, ", ".join(sorted(each.key for each in chosen)))
            PublishingSpace.objects.choose(self.connection, chosen)


def offered_by(connection: ConfluenceConnection) -> tuple[list[Space], Explanation | None]:
    """What Confluence tells; while it does not, what was chosen before."""
    try:
        return spaces_of(connection), None
    except AtlassianError as error:
        chosen = [each.space for each in connection.publishing_spaces.all()]
        return chosen, WORDS.explain_to_asker(error)
