"""What OKR admins let be told outside."""

from django.utils import timezone

from okr.models import ChatRoom, Delivery, Webhook
from okr.models.delivery import ping
from tests.okr.matrix.declaring import ADMINS, route

ROUTES = {
    "okr:webhooks": route("GET", ADMINS),
    "okr:webhook_new": route("GET POST", ADMINS),
    "okr:webhook": route("GET", ADMINS, pk="webhook"),
    "okr:webhook_edit": route("GET POST", ADMINS, pk="webhook"),
    "okr:webhook_secret": route("GET POST", ADMINS, pk="webhook"),
    "okr:webhook_test": route("POST", ADMINS, pk="webhook"),
    "okr:webhook_delete": route("GET POST", ADMINS, pk="webhook"),
    "okr:webhook_delivery": route("GET", ADMINS, pk="webhook", number="delivery"),
    "okr:webhook_delivery_again": route("POST", ADMINS, pk="webhook", number="delivery"),
    "okr:chat": route("GET", ADMINS),
    "okr:chat_new": route("GET POST", ADMINS),
    "okr:chat_room": route("GET", ADMINS, pk="room"),
    "okr:chat_again": route("POST", ADMINS, pk="room", number="chat_message"),
    "okr:chat_edit": route("GET POST", ADMINS, pk="room"),
    "okr:chat_test": route("POST", ADMINS, pk="room"),
    "okr:chat_delete": route("GET POST", ADMINS, pk="room"),
}
NOUNS = {
    "room": lambda _: room_of().pk,
    "chat_message": lambda _: chat_message_of(room_of()).pk,
    "webhook": lambda _: webhook_of().pk,
    "delivery": lambda _: delivery_of(webhook_of()).pk,
}


def webhook_of():
    """At an address that nothing may reach, so that a test stays here."""
    found = Webhook.objects.filter(name="Inside").first()
    if found is None:
        found = Webhook(name="Inside", address="https://10.0.0.1/", events=["cycle.closed"])
        found.keep(timezone.now())
    return found


def room_of():
    found = ChatRoom.objects.filter(name="#inside").first()
    if found is None:
        found = ChatRoom(name="#inside")
        found.keep("https://10.0.0.1/", timezone.now())
    return found


def chat_message_of(room):
    now = timezone.now()
    room.say("digest-20260907", {"text": "Good morning"}, now)
    return room.messages.earliest("pk")


def of_chat_message(_):
    return {**of_room(_), "number": chat_message_of(room_of()).pk}


def of_room(_):
    return {"pk": room_of().pk}


def of_hook(_):
    return {"pk": webhook_of().pk}


def delivery_of(hook):
    return Delivery.objects.filter(hook=hook).first() or ping(hook, timezone.now())
