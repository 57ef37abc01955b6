"""What admins let be told outside: webhooks and rooms of chat."""

from okr.audit.area import Area
from okr.audit.portraits import Column, Noun, columns, secret
from okr.models import ChatRoom, Webhook

WEBHOOK = Noun(
    Webhook,
    "webhook",
    (
        *columns(name="Name", address="Address"),
        Column("Events", lambda row: ", ".join(row.events)),
        *columns(tells_hidden="Told of what not everybody may see", is_on="Switched on"),
        secret("Secret", "sealed_secret"),
    ),
)
ROOM = Noun(
    ChatRoom,
    "chat room",
    (
        *columns(name="Name", kind="Where", unit="Organizational Unit", host="Host"),
        secret("Address", "sealed_address"),
        *columns(tells_digest="Check-ins", tells_failures="Failures", is_on="Switched on"),
    ),
)
OUTSIDE = (
    Area(
        "chat",
        "Chat",
        {
            "added": "added the chat room {label}",
            "changed": "changed the chat room {label}: {changes}",
            "deleted": "deleted the chat room {label}",
            "tested": "sent a test to the chat room {label}",
            "repeated": "sent a message to the chat room {label} again",
        },
        (ROOM,),
    ),
    Area(
        "webhooks",
        "Webhooks",
        {
            "added": "added the webhook {label}",
            "changed": "changed the webhook {label}: {changes}",
            "deleted": "deleted the webhook {label}",
            "renewed": "renewed the secret of the webhook {label}",
            "tested": "sent a test to the webhook {label}",
            "repeated": "sent “{event}” to the webhook {label} again",
        },
        (WEBHOOK,),
    ),
)
