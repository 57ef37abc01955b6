"""The API of webhooks and chat rooms: for OKR admins alone."""

from tests.okr.matrix.declaring import ADMINS, api

ROUTES = {
    "api:webhooks": api("GET POST", ADMINS),
    "api:webhook": api("GET PATCH DELETE", ADMINS, pk="webhook"),
    "api:webhook_secret": api("POST", ADMINS, pk="webhook"),
    "api:webhook_test": api("POST", ADMINS, pk="webhook"),
    "api:deliveries": api("GET", ADMINS, pk="webhook"),
    "api:delivery": api("GET", ADMINS, pk="webhook", number="delivery"),
    "api:chat_rooms": api("GET POST", ADMINS),
    "api:chat_room": api("GET PATCH DELETE", ADMINS, pk="room"),
    "api:chat_messages": api("GET", ADMINS, pk="room"),
    "api:chat_redelivery": api("POST", ADMINS, pk="room", number="chat_message"),
    "api:chat_room_test": api("POST", ADMINS, pk="room"),
    "api:redelivery": api("POST", ADMINS, pk="webhook", number="delivery"),
}
