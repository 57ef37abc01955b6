"""The addresses of what OKR admins let be told outside."""

from django.urls import path

from okr.views import chat, webhooks

ALL = "okr-admin/webhooks/"
ONE = f"{ALL}<int:pk>/"
DELIVERY = f"{ONE}deliveries/<int:number>/"

ROOMS = "okr-admin/chat/"
ROOM = f"{ROOMS}<int:pk>/"

pages = [
    path(ALL, webhooks.webhooks, name="webhooks"),
    path(f"{ALL}new/", webhooks.new, name="webhook_new"),
    path(ONE, webhooks.show, name="webhook"),
    path(f"{ONE}edit/", webhooks.edit, name="webhook_edit"),
    path(f"{ONE}secret/", webhooks.renew, name="webhook_secret"),
    path(f"{ONE}test/", webhooks.test, name="webhook_test"),
    path(f"{ONE}delete/", webhooks.delete, name="webhook_delete"),
    path(DELIVERY, webhooks.delivery, name="webhook_delivery"),
    path(f"{DELIVERY}again/", webhooks.again, name="webhook_delivery_again"),
    path(ROOMS, chat.rooms, name="chat"),
    path(f"{ROOMS}new/", chat.new, name="chat_new"),
    path(ROOM, chat.show, name="chat_room"),
    path(f"{ROOM}messages/<int:number>/again/", chat.again, name="chat_again"),
    path(f"{ROOM}edit/", chat.edit, name="chat_edit"),
    path(f"{ROOM}test/", chat.test, name="chat_test"),
    path(f"{ROOM}delete/", chat.delete, name="chat_delete"),
]
