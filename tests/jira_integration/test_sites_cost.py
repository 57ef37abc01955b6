"""What a page asks of the database does not grow with the number of sites."""

import pytest
from django.utils import timezone

from jira_integration.alarm import tell_of_failing
from jira_integration.models import (
    JiraConnection,
    JiraLink,
    SyncRun,
    Trigger,
    WebhookReceiver,
)
from okr.models import KeyResult
from tests.cast import signed_in
from tests.jira_integration.seen import url
from tests.jira_integration.stage import counted, link, read


def grow(key_result: KeyResult, names: list[str]) -> None:
    """So many more sites, each with a webhook, a run that waits, a failure and a link."""
    for name in names:
        site = JiraConnection.objects.order_by("pk")[0]
        site.pk, site.name, site.server = None, name, f"https://{name}.example.com"
        site.failure_code, site.failing_since = "unavailable", timezone.now()
        site.save()
        WebhookReceiver.objects.open_for(site)
        SyncRun.objects.create(connection=site, trigger=Trigger.HAND)
        JiraLink.objects.create(
            key_result=key_result, connection=site, kind="query", jql="x = y", by=key_result.owner
        )


@pytest.fixture
def pages(connection, support, key_result):
    link(key_result, "DEMO-8", at=support)
    read(at=support)
    tried = "?to_do=1&in_progress=60&done=100"
    names = ["integration", "activity", "manage", "rights", "into", "projects", "connect_another"]
    return [
        *(url(name) for name in names),
        url("percentages_preview") + tried,
        url("activity") + f"?site={support.pk}",
        url("site_manage", support.pk),
        url("remove_site", support.pk),
        "/okr-admin/integration/",
        f"/key-results/{key_result.pk}/",
        f"/key-results/{key_result.pk}/jira/",
        f"/key-results/{key_result.pk}/check-in/",
        f"/objectives/{key_result.objective_id}/",
        "/my/",
        "/company/?view=list",
        "/search/?q=demo-8",
    ]


def test_pages_cost_the_same_for_three_and_for_seven_sites(pages, olga, key_result):
    admin = signed_in(olga)

    def costs() -> dict[str, int]:
        found = {}
        for page in pages:
            with counted() as queries:
                assert admin.get(page).status_code == 200, page
            found[page] = len(queries)
        return found

    grow(key_result, ["one"])
    few = costs()
    grow(key_result, ["two", "three", "four", "five"])
    many = costs()
    assert {page: (few[page], many[page]) for page in pages if few[page] != many[page]} == {}


def test_each_failing_site_is_told_by_its_name(connection, support, olga, key_result):
    grow(key_result, ["one", "two"])
    JiraConnection.objects.filter(name__in=["one", "two"]).update(suspended=True)
    tell_of_failing(timezone.now())
    told = {each.words.split()[0] for each in olga.notifications.all()}
    assert told == {"one", "two"}
