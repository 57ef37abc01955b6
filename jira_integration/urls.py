"""Where the pages of the Jira room are."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from jira_integration.views import (
    access,
    activity,
    changing,
    connection,
    creating,
    events,
    history,
    integration,
    into,
    left_out,
    links,
    measure,
    people,
    percentages,
    projects,
    rights,
    sites,
    successor,
    token_end,
    webhook,
    weights,
)

app_name = "jira"

ADMIN = "okr-admin/integration/jira/"
KEY_RESULT = "key-results/<int:pk>/jira/"


def at_a_site(route: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """The same page of the first site, and of each by its number; see the tag `at_site`."""
    return [
        path(f"{ADMIN}{route}", view, name=name),
        path(f"{ADMIN}sites/<int:pk>/{route}", view, name=f"site_{name}"),
    ]


urlpatterns = [
    *at_a_site("", integration.page, "integration"),
    path(f"{ADMIN}switch/", integration.switch, name="switch"),
    path(f"{ADMIN}turn-off/", integration.turn_off, name="turn_off"),
    path(f"{ADMIN}connect/", connection.connect, name="connect"),
    path(f"{ADMIN}address/", connection.address, name="address"),
    path(f"{ADMIN}sites/new/", sites.connect_another, name="connect_another"),
    path(f"{ADMIN}sites/<int:pk>/manage/name/", sites.rename, name="site_name"),
    path(f"{ADMIN}sites/<int:pk>/manage/remove/", sites.remove, name="remove_site"),
    *at_a_site("test/", connection.try_saved, "test"),
    *at_a_site("manage/", integration.manage, "manage"),
    *at_a_site("manage/credentials/", connection.credentials, "credentials"),
    *at_a_site("manage/credentials/end/", token_end.ask, "token_end"),
    *at_a_site("manage/credentials/successor/", successor.put, "successor"),
    *at_a_site("manage/credentials/successor/use/", successor.use, "use_successor"),
    *at_a_site("manage/credentials/successor/remove/", successor.take_away, "remove_successor"),
    path(f"{ADMIN}manage/percentages/", percentages.save, name="percentages"),
    path(f"{ADMIN}manage/percentages/preview/", percentages.preview, name="percentages_preview"),
    path(
        f"{ADMIN}manage/percentages/recalculation/<int:pk>/",
        percentages.recalculation,
        name="recalculation",
    ),
    *at_a_site("manage/left-out/", left_out.choose, "left_out"),
    *at_a_site("manage/events/", events.card, "events"),
    *at_a_site("manage/events/register/", events.register, "register_webhook"),
    *at_a_site("manage/events/by-hand/", events.by_hand, "webhook_by_hand"),
    *at_a_site("manage/events/remove/", events.remove, "remove_webhook"),
    path(f"{ADMIN}manage/access/", access.choose, name="access"),
    path(f"{ADMIN}manage/users/", access.users, name="users"),
    path(f"{ADMIN}projects/", projects.page, name="projects"),
    path(f"{ADMIN}projects/own-rights/", projects.own_rights, name="own_rights"),
    path(f"{ADMIN}rights/", rights.page, name="rights"),
    path(f"{ADMIN}rights/read/", rights.read, name="read_rights"),
    path(f"{ADMIN}import/", people.upload, name="import"),
    path(f"{ADMIN}import/look-up/", people.look_up, name="look_up"),
    path(f"{ADMIN}into/", into.page, name="into"),
    path(f"{ADMIN}into/<int:pk>/hide/", into.hide, name="into_hide"),
    path(f"{ADMIN}into/<int:pk>/again/", into.again, name="into_again"),
    path(f"{ADMIN}into/<int:pk>/<str:name>/", into.switch, name="into_switch"),
    path(f"{ADMIN}activity/", activity.page, name="activity"),
    path(f"{ADMIN}activity/sync-now/", activity.sync_now, name="sync_now"),
    path(f"{ADMIN}activity/<int:pk>/cancel/", activity.cancel, name="cancel"),
    path(KEY_RESULT, links.link, name="link"),
    path(f"{KEY_RESULT}create/", creating.dialog, name="create"),
    path(f"{KEY_RESULT}preview/", links.preview, name="preview"),
    path(f"{KEY_RESULT}measure/", measure.choose, name="measure"),
    path(f"{KEY_RESULT}weights/", weights.weigh, name="weights"),
    path(f"{KEY_RESULT}weights/preview/", weights.preview, name="weights_preview"),
    path(f"{KEY_RESULT}why/", links.why, name="why"),
    path(f"{KEY_RESULT}history/", history.reconstruct, name="reconstruct"),
    path(f"{KEY_RESULT}history/remove/", history.remove, name="remove_history"),
    path(f"{KEY_RESULT}read-now/", links.read_now, name="read_now"),
    path("jira/webhooks/<str:token>/", webhook.receive, name="webhook"),
    path("key-results/jira/<int:pk>/change/", changing.change, name="change_link"),
    path("key-results/jira/<int:pk>/change/preview/", changing.preview, name="change_preview"),
    path("key-results/jira/<int:pk>/remove/", links.remove, name="remove_link"),
]
