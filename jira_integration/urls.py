"""Where the pages of the Jira room are: few addresses to look through for whoever asks for others.

The one that Jira calls comes first, since it is asked for by the thousand.
"""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, include, path

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


def at_a_site(route: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """The same page of the first site, and of each by its number; see the tag `at_site`."""
    return [
        path(route, view, name=name),
        path(f"sites/<int:pk>/{route}", view, name=f"site_{name}"),
    ]


of_admins = [
    *at_a_site("", integration.page, "integration"),
    path("switch/", integration.switch, name="switch"),
    path("turn-off/", integration.turn_off, name="turn_off"),
    path("connect/", connection.connect, name="connect"),
    path("address/", connection.address, name="address"),
    path("sites/new/", sites.connect_another, name="connect_another"),
    path("sites/<int:pk>/manage/name/", sites.rename, name="site_name"),
    path("sites/<int:pk>/manage/remove/", sites.remove, name="remove_site"),
    *at_a_site("test/", connection.try_saved, "test"),
    *at_a_site("manage/", integration.manage, "manage"),
    *at_a_site("manage/credentials/", connection.credentials, "credentials"),
    *at_a_site("manage/credentials/end/", token_end.ask, "token_end"),
    *at_a_site("manage/credentials/successor/", successor.put, "successor"),
    *at_a_site("manage/credentials/successor/use/", successor.use, "use_successor"),
    *at_a_site("manage/credentials/successor/remove/", successor.take_away, "remove_successor"),
    path("manage/percentages/", percentages.save, name="percentages"),
    path("manage/percentages/preview/", percentages.preview, name="percentages_preview"),
    path(
        "manage/percentages/recalculation/<int:pk>/",
        percentages.recalculation,
        name="recalculation",
    ),
    *at_a_site("manage/left-out/", left_out.choose, "left_out"),
    *at_a_site("manage/events/", events.card, "events"),
    *at_a_site("manage/events/register/", events.register, "register_webhook"),
    *at_a_site("manage/events/by-hand/", events.by_hand, "webhook_by_hand"),
    *at_a_site("manage/events/remove/", events.remove, "remove_webhook"),
    path("manage/access/", access.choose, name="access"),
    path("manage/users/", access.users, name="users"),
    path("projects/", projects.page, name="projects"),
    path("projects/own-rights/", projects.own_rights, name="own_rights"),
    path("rights/", rights.page, name="rights"),
    path("rights/read/", rights.read, name="read_rights"),
    path("import/", people.upload, name="import"),
    path("import/look-up/", people.look_up, name="look_up"),
    path("into/", into.page, name="into"),
    path("into/<int:pk>/hide/", into.hide, name="into_hide"),
    path("into/<int:pk>/again/", into.again, name="into_again"),
    path("into/<int:pk>/<str:name>/", into.switch, name="into_switch"),
    path("activity/", activity.page, name="activity"),
    path("activity/sync-now/", activity.sync_now, name="sync_now"),
    path("activity/<int:pk>/cancel/", activity.cancel, name="cancel"),
]
of_a_key_result = [
    path("", links.link, name="link"),
    path("create/", creating.dialog, name="create"),
    path("preview/", links.preview, name="preview"),
    path("measure/", measure.choose, name="measure"),
    path("weights/", weights.weigh, name="weights"),
    path("weights/preview/", weights.preview, name="weights_preview"),
    path("why/", links.why, name="why"),
    path("history/", history.reconstruct, name="reconstruct"),
    path("history/remove/", history.remove, name="remove_history"),
    path("read-now/", links.read_now, name="read_now"),
]
of_a_link = [
    path("change/", changing.change, name="change_link"),
    path("change/preview/", changing.preview, name="change_preview"),
    path("remove/", links.remove, name="remove_link"),
]
urlpatterns = [
    path("jira/webhooks/<str:token>/", webhook.receive, name="webhook"),
    path("okr-admin/integration/jira/", include(of_admins)),
    path("key-results/<int:pk>/jira/", include(of_a_key_result)),
    path("key-results/jira/<int:pk>/", include(of_a_link)),
]
