"""What a person sets for themselves."""

from typing import Any

from django import forms
from django.conf import settings

from okr.forms.choosing import SearchSelect, too_long
from okr.models import Person
from okr.time_zones import zones


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    time_zone = forms.ChoiceField(
        required=False,
        widget=SearchSelect,
        help_text="In which times are shown and reminders are sent.",
        error_messages={"invalid_choice": "Choose a time zone from the list."},
    )

    class Meta:
        model = Person
        fields = ["name", "time_zone", "theme"]
        help_texts = {"name": "What your colleagues see."}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "theme": forms.RadioSelect,
        }
        error_messages = {"name": {"required": "Enter a name.", "max_length": too_long(120)}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  narrows the type
        field.choices = [("", f"The company’s ({settings.TIME_ZONE})"), *zones()]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def keep(self) -> None:
        self.instance.set_for_themselves(**self.cleaned_data)
