"""What is done at the admin's addresses of the API; see test_spoken_deeds.py."""

from tests.okr.matrix.areas.outside import (
    delivery_of,
    of_chat_message,
    of_hook,
    of_room,
    webhook_of,
)
from tests.okr.matrix.deeds import Deed
from tests.okr.matrix.staging import NEW_CYCLE, of_ben, of_cycle

WORDS = {"score": "0.5", "retrospective": "Good.", "outcome": "close"}
SPOKEN = {
    "api:cycles": Deed("cycles.added", lambda _: {"name": "Half", **NEW_CYCLE}),
    "api:cycles_generation": Deed("cycles.generated", lambda _: {"year": 2031}),
    "api:cycle_closure": Deed("cycles.closed", about=of_cycle),
    "api:cycle_reminder": Deed("cycles.reminded", about=of_cycle),
    "api:cycle_retrospectives": Deed(
        "cycles.retrospectives",
        lambda stage: {"retrospectives": [{"objective": stage.objective.pk, **WORDS}]},
        of_cycle,
    ),
    "api:cycle_carrying": Deed(
        "cycles.carried",
        lambda stage: {"into": stage.later().pk, "objectives": [stage.objective.pk]},
        of_cycle,
    ),
    "api:tags": Deed("tags.added", lambda _: {"name": "Focus"}),
    "api:tag_merge": Deed(
        "tags.merged",
        lambda stage: {"into": stage.tag("Focus").pk},
        lambda stage: {"pk": stage.tag().pk},
    ),
    "api:own_templates": Deed(
        "templates.added", lambda _: {"title": "Hire better", "category": "people"}
    ),
    "api:upload_confirmation": Deed(
        "imports.confirmed", about=lambda stage: {"pk": stage.upload().pk}
    ),
    "api:units": Deed("units.added", lambda _: {"name": "Research"}),
    "api:people": Deed(
        "people.added", lambda _: {"name": "Noor New", "email": "noor@larkspur.example"}
    ),
    "api:person_deactivation": Deed(
        "people.deactivated", lambda stage: {"heir": stage.olga.pk}, of_ben
    ),
    "api:webhooks": Deed(
        "webhooks.added",
        lambda _: {"name": "Wall", "address": "https://w.example/", "events": ["comment.added"]},
    ),
    "api:chat_rooms": Deed(
        "chat.added", lambda _: {"name": "#wall", "address": "https://chat.example/in"}
    ),
    "api:chat_room_test": Deed("chat.tested", about=of_room),
    "api:chat_redelivery": Deed("chat.repeated", about=of_chat_message),
    "api:webhook_secret": Deed("webhooks.renewed", about=of_hook),
    "api:webhook_test": Deed("webhooks.tested", about=of_hook),
    "api:redelivery": Deed(
        "webhooks.repeated", about=lambda _: {**of_hook(_), "number": delivery_of(webhook_of()).pk}
    ),
    "api:person_invitation": Deed("people.invited", about=of_ben),
}
