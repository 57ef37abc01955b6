"""What a manager says about somebody's objective, with points on the company's scale."""

from datetime import datetime
from typing import Any

from django import forms

from okr.forms.choosing import too_long
from okr.forms.comments import MentionArea
from okr.models import Objective, Outcome, Person, Policy, Review
from okr.models.closure import MOST_LETTERS

POINTS = {
    3: {1: "Below expectations", 2: "As expected", 3: "Above expectations"},
    5: {
        1: "Far below expectations",
        2: "Below expectations",
        3: "As expected",
        4: "Above expectations",
        5: "Far above expectations",
    },
}


class ReviewForm(forms.Form):
    rating = forms.TypedChoiceField(
        label="Rating",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a rating.",
            "invalid_choice": "Choose a rating from the list.",
        },
    )
    comment = forms.CharField(
        label="Comment",
        max_length=MOST_LETTERS,
        error_messages={
            "required": "Say in a sentence or two how you come to this rating.",
            "max_length": too_long(MOST_LETTERS),
        },
    )
    outcome = forms.ChoiceField(
        label="What should come next?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what should come next.",
            "invalid_choice": "Choose one of the two.",
        },
    )

    def __init__(self, *args: Any, objective: Objective, by: Person, **kwargs: Any) -> None:
        said = Review.objects.filter(objective=objective, reviewer=by).first()
        scale = Policy.load().rating_scale
        kwargs["initial"] = _said(said, scale) if said else {"outcome": Outcome.CONTINUE}
        super().__init__(*args, **kwargs)
        self.objective, self.by, self.said = objective, by, said
        self.fields["comment"].widget = MentionArea(objective, rows=4)
        self.fields["rating"].choices = [  # type: ignore[attr-defined]
            (points, f"{points} – {words}") for points, words in POINTS[scale].items()
        ]

    def keep(self, at: datetime) -> Review:
        return self.objective.review(by=self.by, at=at, **self.cleaned_data)


def _said(review: Review, scale: int) -> dict[str, Any]:
    """What was said before; points of another scale are not taken over."""
    rating = review.rating if review.scale == scale else None
    return {"comment": review.comment, "outcome": review.outcome, "rating": rating}
