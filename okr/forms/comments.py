"""What somebody wants to say, and the box in which people are mentioned while typing."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse

from okr.forms.choosing import too_long
from okr.models import Comment, KeyResult, Objective, Person
from okr.models.comment import LONGEST
from okr.models.place import noun_of

GONE = "This comment was deleted meanwhile."


class MentionArea(forms.Textarea):
    """Offers people after an @; a plain box without JavaScript."""

    template_name = "okr/forms/mention_area.html"

    def __init__(self, about: Objective | KeyResult, rows: int = 3) -> None:
        super().__init__(attrs={"rows": rows})
        self.about = about

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        offered = reverse(f"okr:{noun_of(self.about)}_people", args=[self.about.pk])
        return context | {"offered": offered}


class CommentForm(forms.Form):
    words = forms.CharField(
        max_length=LONGEST,
        label="Add a comment",
        help_text="Type @ and a name to tell somebody.",
        error_messages={"required": "Write something first.", "max_length": too_long(LONGEST)},
    )

    def __init__(self, *args: Any, about: Objective | KeyResult, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "comment_%s", **kwargs})
        self.about = about
        self.fields["words"].widget = MentionArea(about)

    def keep(self, by: Person, at: datetime) -> Comment:
        words: str = self.cleaned_data["words"]
        return Comment.objects.say(self.about, by=by, at=at, words=words)


class CommentEditForm(CommentForm):
    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        initial = {"words": comment.words}
        super().__init__(*args, about=comment.about, auto_id="dialog_%s", initial=initial, **kwargs)
        self.comment = comment
        self.fields["words"].label = "Comment"

    def change(self, at: datetime) -> bool:
        """Whether it was still there to be changed."""
        changed = self.comment.reword(self.cleaned_data["words"], at)
        if not changed:
            self.add_error(None, GONE)
        return changed
