"""The dialog that publishes: where, what the page is called, and what stands in it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from confluence.models import PublishedPage, PublishingSpace, Subject
from confluence.publishing import Wish

CHOOSE_SPACE, NO_TITLE = "Choose a space.", "Enter what the page is called."


class ContentsForm(forms.Form):
    """What a review holds beside its numbers; OKRs hold nothing beside them."""

    with_notes = forms.BooleanField(required=False, label="Notes from check-ins")
    with_reviews = forms.BooleanField(
        required=False,
        label="Ratings and comments of reviewers",
        help_text="Everybody who may read the space reads them there.",
    )

    def __init__(self, sent: Any = None, *, row: PublishedPage, **initial: Any) -> None:
        told = {"with_notes": row.with_notes, "with_reviews": row.with_reviews}
        super().__init__(sent, initial=told | initial)
        if row.subject == Subject.OKRS:
            del self.fields["with_notes"], self.fields["with_reviews"]

    def keep(self, row: PublishedPage) -> None:
        if "with_notes" in self.fields:
            row.choose(
                notes=self.cleaned_data["with_notes"], reviews=self.cleaned_data["with_reviews"]
            )


class PublishForm(ContentsForm):
    """Of what has no page yet."""

    space = forms.ChoiceField(
        label="Space", error_messages={"required": CHOOSE_SPACE, "invalid_choice": CHOOSE_SPACE}
    )
    title = forms.CharField(max_length=255, error_messages={"required": NO_TITLE})
    field_order = ("space", "title", "with_notes", "with_reviews")

    def __init__(
        self, sent: Any = None, *, row: PublishedPage, spaces: Sequence[PublishingSpace], title: str
    ) -> None:
        super().__init__(sent, row=row, title=title)
        self.spaces = {str(space.pk): space for space in spaces}
        field: Any = self.fields["space"]
        field.choices = [(number, str(space)) for number, space in self.spaces.items()]

    def clean_title(self) -> str:
        """Confluence takes one line."""
        return " ".join(str(self.cleaned_data["title"]).split())

    @property
    def chosen(self) -> PublishingSpace:
        return self.spaces[self.cleaned_data["space"]]

    def wish(self, instead: int | None) -> Wish:
        return Wish(self.chosen.space, self.cleaned_data["title"], instead)
