"""The addresses of what OKR admins let be told outside."""

from django.urls import path

from okr.views import webhooks

ALL = "okr-admin/webhooks/"
ONE = f"{ALL}<int:pk>/"
DELIVERY = f"{ONE}deliveries/<int:number>/"

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
]
