"""The addresses of the Jira room and who is let in, and the nouns they name."""

from dataclasses import replace

from jira_integration.into_jira.rights import CREATES, SHOWS
from jira_integration.models import (
    JiraConnection,
    JiraLink,
    JiraWriting,
    SyncRun,
    Trigger,
    WebhookReceiver,
)
from jira_integration.models.wanted import LinkKind
from tests.okr.matrix.declaring import (
    ADMINS,
    EDITORS,
    IN,
    READERS,
    REFUSED,
    Declared,
    api,
    only,
    route,
)


def make_link(key_result):
    link = JiraLink.objects.get_or_create(
        key_result=key_result,
        connection=JiraConnection.objects.get(),
        kind=LinkKind.QUERY,
        jql="project = DEMO",
        by=key_result.owner,
    )
    return link[0].pk


def make_run(_):
    connection = JiraConnection.objects.get()
    return SyncRun.objects.get_or_create(connection=connection, trigger=Trigger.SETTINGS)[0].pk


def make_token(_):
    connection = JiraConnection.objects.get()
    receiver = WebhookReceiver.objects.of(connection) or WebhookReceiver.objects.open_for(
        connection
    )
    return receiver.url.rstrip("/").rpartition("/")[2]


def make_site(_):
    return JiraConnection.objects.get().pk


def make_creating(key_result):
    JiraWriting.objects.of(JiraConnection.objects.get()).switch(CREATES, on=True)
    return key_result.pk


def creators(role, confidential):
    """Who may edit; nobody creates an issue from what not everybody may read."""
    answer = EDITORS(role, confidential)
    return REFUSED if confidential and answer == IN else answer


UNSIGNED = only()  # whoever it is: only a signature of Jira opens it

ROUTES = {
    "jira:integration": route("GET", ADMINS),
    "jira:switch": route("POST", ADMINS),
    "jira:turn_off": route("GET POST", ADMINS),
    "jira:connect": route("GET POST", ADMINS),
    "jira:address": route("GET", ADMINS),
    "jira:test": route("POST", ADMINS),
    "jira:connect_another": route("GET POST", ADMINS),
    "jira:site_name": route("GET POST", ADMINS, pk="site"),
    "jira:remove_site": route("GET POST", ADMINS, pk="site"),
    "jira:manage": route("GET", ADMINS),
    "jira:credentials": route("GET POST", ADMINS),
    "jira:percentages": route("GET POST", ADMINS),
    "jira:left_out": route("GET POST", ADMINS),
    "jira:percentages_preview": route("GET", ADMINS),
    "jira:recalculation": route("GET", ADMINS, pk="run"),
    "jira:access": route("GET POST", ADMINS),
    "jira:users": route("GET POST", ADMINS),
    "jira:projects": route("GET POST", ADMINS),
    "jira:own_rights": route("POST", ADMINS),
    "jira:rights": route("GET", ADMINS),
    "jira:read_rights": route("POST", ADMINS),
    "jira:import": route("GET POST", ADMINS),
    "jira:look_up": route("POST", ADMINS),
    "jira:activity": route("GET", ADMINS),
    "jira:sync_now": route("POST", ADMINS),
    "jira:cancel": route("POST", ADMINS, pk="run"),
    "jira:into": route("GET", ADMINS),
    "jira:into_hide": route("GET POST", ADMINS, pk="site"),
    "jira:into_again": route("POST", ADMINS, pk="site"),
    "jira:into_switch": route("POST", ADMINS, pk="site", name="switch"),
    "jira:link": route("GET POST", EDITORS, pk="key_result"),
    "jira:create": route("GET POST", creators, pk="creating"),
    "jira:preview": route("POST", EDITORS, pk="key_result"),
    "jira:measure": route("GET POST", EDITORS, pk="key_result"),
    "jira:reconstruct": route("POST", EDITORS, pk="key_result"),
    "jira:remove_history": route("GET POST", EDITORS, pk="key_result"),
    "jira:weights": route("GET POST", EDITORS, pk="key_result"),
    "jira:weights_preview": route("POST", EDITORS, pk="key_result"),
    "jira:change_link": route("GET POST", EDITORS, pk="link"),
    "jira:change_preview": route("POST", EDITORS, pk="link"),
    "jira:why": route("GET", READERS, pk="key_result"),
    "jira:read_now": route("POST", EDITORS, pk="key_result"),
    "jira:events": route("GET", ADMINS),
    "jira:register_webhook": route("GET POST", ADMINS),
    "jira:webhook_by_hand": route("GET POST", ADMINS),
    "jira:remove_webhook": route("GET POST", ADMINS),
    "jira:token_end": route("GET POST", ADMINS),
    "jira:successor": route("GET POST", ADMINS),
    "jira:use_successor": route("GET POST", ADMINS),
    "jira:remove_successor": route("GET POST", ADMINS),
    "jira:webhook": Declared(("POST",), UNSIGNED, UNSIGNED, {"token": "token"}, open=True),
    "jira:remove_link": route("GET POST", EDITORS, pk="link"),
}
ROUTES |= {
    "jira_api:links": api("GET POST", READERS, EDITORS, pk="key_result"),
    "jira_api:link": api("GET PATCH DELETE", READERS, EDITORS, pk="link"),
    "jira_api:link_preview": api("POST", EDITORS, pk="key_result"),
    "jira_api:change_preview": api("POST", EDITORS, pk="link"),
    "jira_api:search": api("GET", EDITORS, pk="key_result"),
    "jira_api:standing": api("GET", READERS, pk="key_result"),
    "jira_api:read_now": api("POST", EDITORS, pk="key_result"),
    "jira_api:why": api("GET", READERS, pk="key_result"),
    "jira_api:switch": api("GET POST DELETE", ADMINS),
    "jira_api:percentages": api("GET PATCH", ADMINS),
    "jira_api:percentages_preview": api("POST", ADMINS),
    "jira_api:access": api("GET PATCH", ADMINS),
    "jira_api:sites": api("GET POST", ADMINS),
    "jira_api:site": api("GET PATCH DELETE", ADMINS, pk="site"),
    "jira_api:test": api("POST", ADMINS, pk="site"),
    "jira_api:successor": api("GET POST DELETE", ADMINS, pk="site"),
    "jira_api:use_successor": api("POST", ADMINS, pk="site"),
    "jira_api:left_out": api("GET PATCH", ADMINS, pk="site"),
    "jira_api:try_left_out": api("POST", ADMINS, pk="site"),
    "jira_api:projects": api("GET PATCH", ADMINS, pk="site"),
    "jira_api:try_projects": api("POST", ADMINS, pk="site"),
    "jira_api:events": api("GET POST DELETE", ADMINS, pk="site"),
    "jira_api:into": api("GET PATCH", ADMINS, pk="site"),
    "jira_api:into_again": api("POST", ADMINS, pk="site"),
    "jira_api:troubles": api("GET", ADMINS),
    "jira_api:measure": api("GET PATCH", EDITORS, pk="key_result"),
    "jira_api:measure_preview": api("POST", EDITORS, pk="key_result"),
    "jira_api:history": api("GET POST DELETE", READERS, EDITORS, pk="key_result"),
    "jira_api:sync_now": api("POST", ADMINS),
    "jira_api:runs": api("GET", ADMINS),
    "jira_api:run": api("GET", ADMINS, pk="run"),
    "jira_api:cancellation": api("POST", ADMINS, pk="run"),
    "jira_api:new_issue": api("GET", creators, pk="creating"),
    "jira_api:new_issues": api("POST", creators, pk="creating"),
    "jira_api:people": api("GET", ADMINS, pk="site"),
    "jira_api:look_up": api("POST", ADMINS, pk="site"),
    "jira_api:accounts": api("GET", ADMINS, pk="site"),
    "jira_api:rights": api("GET POST", ADMINS, pk="site"),
    "jira_api:unreadable": api("POST", ADMINS, pk="site"),
    "jira_api:webhook_by_hand": api("POST", ADMINS, pk="site"),
}
AT_A_SITE = (
    "integration", "test", "manage", "credentials", "left_out", "events", "register_webhook",
    "webhook_by_hand", "remove_webhook", "token_end", "successor", "use_successor",
    "remove_successor",
)  # fmt: skip
ROUTES |= {
    f"jira:site_{name}": replace(ROUTES[f"jira:{name}"], args={"pk": "site"}) for name in AT_A_SITE
}
NOUNS = {
    "site": make_site,
    "switch": lambda _: SHOWS,
    "creating": make_creating,
    "link": make_link,
    "run": make_run,
    "token": make_token,
}
