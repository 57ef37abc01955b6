"""Chat hears of key results that cannot be read from Jira, and of nothing while that is off."""

from django.utils import timezone

from jira_integration.models import IntegrationSettings, JiraLink
from okr import slots

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
