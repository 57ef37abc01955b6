"""What an OKR admin decides for the company."""

from typing import Any

from django import forms

from okr.audit import noted
from okr.forms.versions import VersionedForm
from okr.models import Policy
from okr.models.policy import Creators, Factors, Month, RatingScale, Readers, Weekday

CHOOSE = {"required": "Choose one.", "invalid_choice": "Choose one from the list."}


def radios(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )


def number_of(label: str, choices: Any, **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=choices.choices, coerce=int, error_messages=CHOOSE, **more
    )


class PolicyForm(VersionedForm):
    individual_creators = radios("Who may create individual objectives", Creators)
    individual_readers = radios("Who may read the individual objectives of others", Readers)
    checkin_weekday = number_of("Check-ins are due on", Weekday)
    fiscal_year_start = number_of("The year begins in", Month)
    second_factor = radios("Who must sign in with a second factor", Factors)
    rating_scale = number_of("Reviews are rated with", RatingScale, widget=forms.RadioSelect)

    class Meta:
        model = Policy
        fields = [
            "individual_creators",
            "individual_readers",
            "approval_on",
            "checkin_weekday",
            "reminders_on",
            "fiscal_year_start",
            "rating_scale",
            "second_factor",
        ]
        labels = {
            "approval_on": "New objectives need approval",
            "reminders_on": "Remind people of check-ins that are due",
        }

    def keep(self) -> None:
        with noted("policies.changed", self.instance):
            self.instance.keep()
