"""A site that is removed takes its links along, and no number."""

import pytest

from jira_integration.models import JiraConnection, JiraLink, State, SyncRun
from jira_integration.removing import Farewell
from okr.models import KeyResult
from tests.cast import make_key_result, signed_in
from tests.jira_integration.seen import HTMX, url, words
from tests.jira_integration.stage import link, progress, read


@pytest.fixture
def admin(connection, olga):
    return signed_in(olga)


@pytest.fixture
def fed(connection, support, key_result):
    """One key result that follows Support alone, and one that follows both."""
    shared = make_key_result(key_result.objective, title="Calls are answered")
    link(key_result, "DEMO-8", "DEMO-9", at=support)
    link(shared, "DEMO-8", at=support)
    link(shared, "DEMO-1", at=connection)
    read(at=support)
    read(at=connection)
    return key_result, shared


def test_removing_a_site_tells_first_what_goes_with_it(admin, support, fed):
    assert Farewell.of(support) == Farewell(links=3, key_results=2, shared=1)
    asked = words(admin.get(url("remove_site", support.pk), headers=HTMX))
    assert "Remove Support?" in asked
    assert "3 links of 2 key results will be removed." in asked
    assert "One key result keeps its progress, which is entered by hand from then on." in asked
    assert "One key result follows another site too" in asked
    assert JiraConnection.objects.count() == 2


def test_a_removed_site_leaves_every_number_and_its_history(admin, support, connection, fed):
    alone, shared = fed
    before, measured = progress(alone), alone.measurements.count()

    response = admin.post(url("remove_site", support.pk), follow=True)

    assert "Support is removed." in words(response)
    assert list(JiraConnection.objects.all()) == [connection]
    assert (progress(alone), alone.tracked_by) == (before, "")
    assert alone.measurements.count() == measured
    assert [each.connection for each in JiraLink.objects.all()] == [connection]
    assert SyncRun.objects.filter(state=State.WAITING).get().connection == connection
    read(at=connection)
    assert progress(shared) == 100
    assert KeyResult.objects.get(pk=shared.pk).tracked_by == "jira"


def test_the_only_site_stays(admin, connection):
    assert admin.post(url("remove_site", connection.pk)).url == url("integration")
    assert JiraConnection.objects.exists()
