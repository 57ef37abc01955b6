"""A room of Slack or Teams as an OKR admin sets it up."""

from datetime import datetime
from typing import Any

from okr.audit import noted_saving
from okr.forms.choosing import too_long
from okr.forms.outside import AddressField
from okr.forms.unit_picker import UnitField
from okr.forms.versions import VersionedForm
from okr.models import ChatRoom

ADDRESS = "Of the incoming webhook that you made there. It is stored sealed and not shown again."
KEPT = "Leave it empty to keep the saved one, at {}."


class ChatRoomForm(VersionedForm):
    address = AddressField(help_text=ADDRESS)
    unit = UnitField(
        label="Organizational Unit",
        required=False,
        help_text="With all units within it. Left empty, the room hears of the whole company.",
    )

    class Meta:
        model = ChatRoom
        fields = ["name", "kind", "unit", "tells_digest", "tells_failures", "is_on"]
        labels = {
            "kind": "Where it is",
            "tells_digest": "Say each week how check-ins stand",
            "tells_failures": "Say when an integration cannot be read",
            "is_on": "Switched on",
        }
        help_texts = {
            "name": "What you call the room, for example “#platform”.",
            "tells_digest": "On the day on which check-ins are due, at nine.",
        }
        error_messages = {"name": {"required": "Enter a name.", "max_length": too_long(100)}}

    field_order = ["name", "kind", "address"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.sealed_address:
            self.fields["address"].required = False
            self.fields["address"].help_text = KEPT.format(self.instance.host)

    def keep(self, at: datetime) -> None:
        with noted_saving("chat", self.instance):
            self.instance.keep(self.cleaned_data["address"], at)
