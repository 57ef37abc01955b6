"""A webhook as an OKR admin sets it up."""

from datetime import datetime
from typing import Any

from django import forms

from okr.audit import noted_saving
from okr.forms.choosing import too_long
from okr.forms.outside import AddressField
from okr.forms.versions import VersionedForm
from okr.models import Happens, Webhook


class EventBoxes(forms.CheckboxSelectMultiple):
    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "group": Happens(value).group}


class WebhookForm(VersionedForm):
    address = AddressField(
        help_text="It is sent a POST with JSON for each event. Addresses inside your "
        "network are refused unless whoever runs the product allows them."
    )
    events = forms.MultipleChoiceField(
        label="What it is told of",
        choices=Happens.choices,
        widget=EventBoxes,
        error_messages={
            "required": "Choose at least one.",
            "invalid_choice": "Choose from the list.",
        },
    )
    told = ""
    """The secret of a new one, which is shown this once."""

    class Meta:
        model = Webhook
        fields = ["name", "address", "events", "tells_hidden", "is_on"]
        labels = {
            "tells_hidden": "Tell it also of what not everybody may see",
            "is_on": "Switched on",
        }
        help_texts = {
            "name": "What listens there, for example “Company dashboard”.",
            "tells_hidden": "Confidential objectives, and individual ones that your policies show "
            "to some people only, with what belongs to them.",
            "is_on": "While it is off it is told nothing, and what happens meanwhile is not "
            "told later.",
        }
        error_messages = {"name": {"required": "Enter a name.", "max_length": too_long(100)}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events: Any = self.fields["events"]
        events.template_name = "okr/webhooks/events.html"

    def keep(self, at: datetime) -> None:
        with noted_saving("webhooks", self.instance):
            self.told = self.instance.keep(at)
