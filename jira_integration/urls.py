"""Where the pages of the Jira room are."""

from django.urls import path

from jira_integration.views import (
    access,
    activity,
    connection,
    events,
    integration,
    links,
    measure,
    percentages,
    webhook,
)

app_name = "jira"

ADMIN = "okr-admin/integration/jira/"
KEY_RESULT = "key-results/<int:pk>/jira/"

urlpatterns = [
    path(ADMIN, integration.page, name="integration"),
    path(f"{ADMIN}switch/", integration.switch, name="switch"),
    path(f"{ADMIN}turn-off/", integration.turn_off, name="turn_off"),
    path(f"{ADMIN}connect/", connection.connect, name="connect"),
    path(f"{ADMIN}address/", connection.address, name="address"),
    path(f"{ADMIN}test/", connection.test, name="test"),
    path(f"{ADMIN}manage/", integration.manage, name="manage"),
    path(f"{ADMIN}manage/credentials/", connection.credentials, name="credentials"),
    path(f"{ADMIN}manage/percentages/", percentages.save, name="percentages"),
    path(f"{ADMIN}manage/percentages/preview/", percentages.preview, name="percentages_preview"),
    path(
        f"{ADMIN}manage/percentages/recalculation/<int:pk>/",
        percentages.recalculation,
        name="recalculation",
    ),
    path(f"{ADMIN}manage/events/", events.card, name="events"),
    path(f"{ADMIN}manage/events/register/", events.register, name="register_webhook"),
    path(f"{ADMIN}manage/events/by-hand/", events.by_hand, name="webhook_by_hand"),
    path(f"{ADMIN}manage/events/remove/", events.remove, name="remove_webhook"),
    path(f"{ADMIN}manage/access/", access.choose, name="access"),
    path(f"{ADMIN}manage/users/", access.users, name="users"),
    path(f"{ADMIN}activity/", activity.page, name="activity"),
    path(f"{ADMIN}activity/sync-now/", activity.sync_now, name="sync_now"),
    path(f"{ADMIN}activity/<int:pk>/cancel/", activity.cancel, name="cancel"),
    path(KEY_RESULT, links.link, name="link"),
    path(f"{KEY_RESULT}preview/", links.preview, name="preview"),
    path(f"{KEY_RESULT}measure/", measure.choose, name="measure"),
    path(f"{KEY_RESULT}why/", links.why, name="why"),
    path(f"{KEY_RESULT}read-now/", links.read_now, name="read_now"),
    path("jira/webhooks/<str:token>/", webhook.receive, name="webhook"),
    path("key-results/jira/<int:pk>/remove/", links.remove, name="remove_link"),
]
