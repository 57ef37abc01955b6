"""What a person wants to be told, kind by kind, in the app and by e-mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from okr.models import Occasion, Person, Preference
from okr.models.preference import Ways


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    in_app: forms.BoundField
    by_mail: forms.BoundField


class PreferencesForm(forms.Form):
    wants_mail = forms.BooleanField(
        required=False,
        label="Send me an e-mail a day",
        help_text="At eight in the morning, of what I have not read; none when there is nothing.",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["wants_mail"].initial = person.wants_mail
        self.ways = Preference.objects.all_of(person)
        for kind, ways in self.ways.items():
            for name, wanted in ways._asdict().items():
                self.fields[f"{kind}_{name}"] = forms.BooleanField(required=False, initial=wanted)

    def rows(self) -> Iterator[Row]:
        for kind in self.ways:
            yield Row(Occasion(kind).label, self[f"{kind}_in_app"], self[f"{kind}_by_mail"])

    def keep(self) -> None:
        said = self.cleaned_data
        wishes = {kind: Ways(said[f"{kind}_in_app"], said[f"{kind}_by_mail"]) for kind in self.ways}
        Preference.objects.decide(self.person, wishes, said["wants_mail"])
