"""No key and no summary of an issue stands on the admin's pages about rights for those without
Jira access, whatever they do there."""

import pytest

from jira_integration.models import IntegrationSettings
from okr.models import Person
from tests.cast import signed_in
from tests.jira_integration.seen import HTMX, url
from tests.jira_integration.stage import link, read

CANARY = "Canary in the coal mine"


@pytest.fixture
def window(connection, jira, olga, ben, key_result):
    """An OKR admin who may not link; the canary counts for a key result."""
    away = jira.create("OPS", CANARY)
    link(key_result, "DEMO-8", away.key)
    read()
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=ben.pk))
    return signed_in(olga)


def pages(window, jira):
    """Every page, before and after everything that can be pressed."""
    demo = int(jira.site.projects["DEMO"].id)
    yield window.post(url("read_rights"), follow=True)
    yield window.post(url("look_up"), follow=True)
    yield window.post(url("projects"), {"which": "chosen", "projects": [demo]})
    sure = {"which": "chosen", "projects": [demo], "confirmed": "1"}
    yield window.post(url("projects"), sure, follow=True)
    yield window.get(url("users"), headers=HTMX)
    for name in ("rights", "projects", "import"):
        yield window.get(url(name))
    jira.relocate("DEMO-8", "OPS")
    yield window.get(url("rights"), {"key": "DEMO-8"})


def test_no_page_tells_a_key_or_a_summary(window, jira):
    seen = list(pages(window, jira))
    assert [answer.status_code for answer in seen] == [200] * len(seen)
    for answer in seen:
        text = answer.content.decode()
        assert CANARY not in text
        assert jira.issue("OPS-2").summary not in text
        assert "OPS-1" not in text
        assert "OPS-2" not in text
