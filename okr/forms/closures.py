"""How an objective ended, in the words of whoever closes it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms

from okr.forms.choosing import too_long
from okr.forms.comments import MentionArea
from okr.models import Closure, Objective, Outcome, Person
from okr.models.closure import MOST_LETTERS, scores
from okr.progress import WHOLE, score, shown

OUTCOMES = (
    (Outcome.CONTINUE, "Continue: it can be carried on to another cycle"),
    (Outcome.CLOSE, "Close: it ends here"),
)


class ClosureForm(forms.Form):
    score = forms.TypedChoiceField(
        label="Score",
        coerce=Decimal,
        choices=[(str(each), str(each)) for each in scores()],
        error_messages={
            "required": "Choose a score.",
            "invalid_choice": "Choose a score from 0.0 to 1.0.",
        },
    )
    retrospective = forms.CharField(
        label="Retrospective",
        max_length=MOST_LETTERS,
        help_text="What did we reach, what did we learn, what would we do differently?",
        error_messages={
            "required": "Write a sentence or two: what was reached, and what was learnt.",
            "max_length": too_long(MOST_LETTERS),
        },
    )
    outcome = forms.ChoiceField(
        label="What comes next?",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what comes next.",
            "invalid_choice": "Choose one of the two.",
        },
    )

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objective = objective
        self.fields["retrospective"].widget = MentionArea(objective)
        suggested = score(objective.progress)
        whole = objective.progress == WHOLE
        self.fields["score"].initial = str(suggested)
        self.fields["score"].help_text = f"Its progress is {shown(objective.progress)}."
        self.fields["outcome"].initial = Outcome.CLOSE if whole else Outcome.CONTINUE

    def keep(self, by: Person, at: datetime) -> Closure:
        return self.objective.close(by=by, at=at, **self.cleaned_data)
