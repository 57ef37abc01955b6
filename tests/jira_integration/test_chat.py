"""Chat hears of key results that cannot be read from Jira, and of nothing while that is off."""

from datetime import timedelta

from django.utils import timezone

from jira_integration.health import PATIENCE
from jira_integration.models import IntegrationSettings, JiraConnection, JiraLink
from okr import slots
from okr.chat.planning import plan_chat
from okr.chat.sending import say_due
from okr.models import ChatRoom
from tests.jira_integration.stage import read
from tests.okr.webhooks.stage import receiver

NOW = timezone.now()


def told() -> list[slots.Failure]:
    return [each for found in slots.ask("integrations.failures", NOW) for each in found]


def test_a_link_that_cannot_be_read_is_told_by_its_cause(linked):
    assert told() == []
    JiraLink.objects.update(failure_code="query_refused", failure_facts={"messages": ["No."]})
    [failure] = told()

    assert failure.key == f"jira-does-not-accept-the-search-{timezone.localdate(NOW):%Y%m%d}"
    assert failure.sentence.startswith("Jira does not accept the search. Open the key result")
    assert list(failure.key_results) == [linked.pk]
    IntegrationSettings.objects.update(enabled=False)
    assert told() == []


def test_a_room_hears_once_that_a_site_is_down_and_nothing_when_it_is_back(jira, linked, settings):
    room = ChatRoom(name="#all", tells_digest=False, made_at=NOW)
    jira.fault("503")
    read()
    since = timezone.now() - PATIENCE - timedelta(minutes=1)
    JiraConnection.objects.update(failing_since=since)
    with receiver(settings) as server:
        room.keep(server.url, NOW)
        for _ in range(2):
            plan_chat(timezone.now())
            say_due(room.pk, timezone.now)
        jira.clear_faults()
        read()
        assert told() == []
    [heard] = server.heard

    assert "Jira cannot be read. Numbers are refreshed as soon as" in heard.body["text"]
    assert "1 key result stands still." in heard.body["text"]
    assert f"/key-results/{linked.pk}/|{linked}>" in heard.body["text"]
