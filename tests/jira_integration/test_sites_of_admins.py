"""What admins do with several sites: connect a further one, look at each, call it otherwise."""

import pytest

from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    SyncRun,
    Trigger,
)
from tests.cast import make_key_result, signed_in
from tests.jira_integration.seen import HTMX, headings, labels, tag, url, words
from tests.jira_integration.stage import link, progress, read

ANOTHER = "Connect another site"


@pytest.fixture
def admin(connection, olga):
    return signed_in(olga)


def titles(page) -> list[str]:
    """The headings that are the page's own."""
    frame = {"OKR Admin", "Discard changes?"}
    return [each for each in headings(page) if each not in frame]


def boxes(jira, **others):
    return {
        "name": "Support",
        "email": jira.email,
        "server": jira.url,
        "token": jira.token,
        **others,
    }


def test_with_one_site_there_is_only_the_offer_of_another(admin):
    page = admin.get(url("integration"))
    assert titles(page) == ["Sync"]
    assert f'href="{url("connect_another")}"' in tag(page, 'id="connect-another"')
    assert "Edition" not in words(page)
    assert titles(admin.get(url("manage"))) == [
        "Jira Credentials",
        "Progress Calculation Settings",
        "User Access Control",
    ]
    assert "all sites" not in words(admin.get(url("manage")))


def test_without_a_connection_another_is_not_offered(olga):
    assert ANOTHER not in words(signed_in(olga).get(url("integration")))
    assert signed_in(olga).get(url("connect_another"))["Location"] == url("connect")


def test_another_site_is_connected_under_its_name(admin, support_jira, connection):
    asked = admin.get(url("connect_another"))
    assert labels(asked) == ["Name of this site", "Email Address (In Jira)", "Server", "API Token"]

    response = admin.post(url("connect_another"), boxes(support_jira), follow=True)

    assert f"Connected to {support_jira.url} as" in words(response)
    site = JiraConnection.objects.latest("pk")
    assert (site.name, site.server) == ("Support", support_jira.url)
    assert SyncRun.objects.get().connection == site
    assert titles(response) == ["Larkspur", "Support"]
    seen = words(response)
    assert "2 sites are connected: 2 healthy." in seen
    assert seen.count("Edition Cloud") == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " larkspur "}, "Another site is called Larkspur. Choose another name."),
        ({"name": ""}, "Give the site a name"),
        ({"token": ""}, "Paste the API token."),
        ({"token": "x"}, "did not accept this email and token"),
    ],
)
def test_what_is_wrong_connects_nothing(admin, support_jira, wrong, told):
    response = admin.post(url("connect_another"), boxes(support_jira, **wrong))
    assert response.status_code == 422
    assert told in words(response)
    assert JiraConnection.objects.count() == 1


def test_the_same_jira_is_not_connected_twice(admin, jira):
    response = admin.post(url("connect_another"), boxes(jira))
    assert "This Jira is connected already, as Larkspur." in words(response)
    assert JiraConnection.objects.count() == 1


def test_neither_takes_one_site_the_address_of_the_other(admin, jira, support, connection):
    sent = {"email": jira.email, "server": jira.url, "token": jira.token}
    response = admin.post(url("site_credentials", support.pk), sent)
    assert "This Jira is connected already, as Larkspur." in words(response)


def test_another_jira_under_the_links_of_this_one_points_to_another_site(
    admin, support_jira, connection, key_result
):
    support_jira.relocate("DEMO-8", "OPS")
    link(key_result, "DEMO-8")
    sent = {"email": support_jira.email, "server": support_jira.url, "token": support_jira.token}
    response = admin.post(url("credentials"), sent)
    assert "This is another Jira" in words(response)
    assert f'<a href="{url("connect_another")}">{ANOTHER}</a>' in response.content.decode()


def test_each_site_has_a_page_of_its_own(admin, support, connection):
    page = admin.get(url("site_manage", support.pk))
    assert headings(page, 1) == ["Manage Support"]
    assert titles(page) == ["Jira Credentials"]
    assert support.host in words(page)
    assert connection.host not in words(page)
    assert "Percentages and User Access Control are the same for all sites" in words(page)


def test_manage_integration_is_that_of_the_first_site_and_of_all(admin, support, connection):
    page = admin.get(url("manage"))
    assert titles(page) == [
        "Jira Credentials",
        "Progress Calculation Settings",
        "User Access Control",
    ]
    assert f"Credentials and events here are those of {connection.name}." in words(page)
    assert words(page).count("The same for all sites.") == 2
    assert f'hx-post="{url("site_credentials", connection.pk)}"' in page.content.decode()


def test_the_own_page_of_the_only_site_is_manage_integration(admin, connection):
    assert admin.get(url("site_manage", connection.pk)).url == url("manage")


def test_new_credentials_go_to_their_site_alone(admin, support_jira, support, connection):
    before = JiraConnection.objects.filter(pk=connection.pk).values().get()
    sent = {"email": support_jira.email, "server": support_jira.url, "token": support_jira.token}
    response = admin.post(url("site_credentials", support.pk), sent)
    assert response.url == url("site_manage", support.pk) + "#credentials"
    assert JiraConnection.objects.filter(pk=connection.pk).values().get() == before
    assert SyncRun.objects.get().connection == support


def test_a_site_is_called_otherwise(admin, support):
    place = url("site_name", support.pk)
    assert admin.post(place, {"name": "  Help  desk "}).url == (
        url("site_manage", support.pk) + "#name"
    )
    support.refresh_from_db()
    assert support.name == "Help desk"
    refused = admin.post(place, {"name": "LARKSPUR"}, headers=HTMX)
    assert (refused.status_code, "Another site is called Larkspur" in words(refused)) == (422, True)
    assert admin.post(place, {"name": "help desk"}).status_code == 302  # its own


def test_a_test_tells_of_its_site_alone(admin, support_jira, support, connection):
    support_jira.fault("401", path="*/myself")
    response = admin.post(url("site_test", support.pk), headers=HTMX)
    assert titles(response) == ["Support"]
    assert "The test failed." in words(response)
    assert "2 sites are connected: 1 failing, 1 healthy." in words(response)
    assert JiraConnection.objects.get(pk=support.pk).suspended
    assert not JiraConnection.objects.get(pk=connection.pk).failure_code

    whole = words(admin.get(url("integration")))
    assert "2 sites are connected: 1 failing, 1 healthy." in whole
    assert whole.count("None until Support is connected again") == 1
    page = admin.get(url("integration")).content.decode()
    assert f"{url('site_manage', support.pk)}#credentials" in page


def test_the_list_of_integrations_tells_the_worst(admin, support_jira, support):
    support_jira.fault("401", path="*/myself")
    read(at=support)
    assert "Failing" in words(admin.get("/okr-admin/integration/"))


def test_turned_on_again_each_site_is_asked_and_a_refused_one_stops_nobody(
    admin, jira, support_jira, support, connection
):
    admin.post(url("turn_off"))
    support_jira.fault("401", path="*/myself")

    response = admin.post(url("switch"), follow=True)

    assert "Connected to" in words(response)
    assert f"Support ({support.host}): Jira did not accept" in words(response)
    assert IntegrationSettings.load().enabled
    assert JiraConnection.objects.get(pk=support.pk).suspended
    assert SyncRun.objects.get().connection == connection


def test_runs_are_told_and_filtered_by_their_site(admin, support_jira, support, connection):
    read(at=connection)
    support_jira.fault("503")
    read(at=support)

    every = admin.get(url("activity"))
    assert words(every).count("Sync now ✔ Done") == words(every).count("Sync now ◆ Failed") == 1
    one = admin.get(url("activity"), {"site": support.pk})
    assert "Sync now ✔ Done" not in words(one)
    assert "Support Sync now ◆ Failed" in words(one)
    lines = admin.get(url("activity"), {"format": "csv"}).getvalue().decode("utf-8-sig")
    assert lines.splitlines()[0].startswith("site,at,")
    assert sorted(line.split(",")[0] for line in lines.splitlines()[1:]) == ["Larkspur", "Support"]


def test_what_waits_for_a_site_names_it(admin, support_jira, support, connection, key_result):
    link(key_result, "DEMO-8", at=support)
    support_jira.fault("401", path="*/myself")
    read(at=support)
    seen = words(admin.get(url("activity")))
    assert "Support refuses the account 1 key result" in seen
    assert "Could not refresh" not in words(admin.get(url("activity"), {"site": connection.pk}))


def test_sync_now_reads_what_can_be_read(admin, support_jira, support, connection):
    support_jira.fault("401", path="*/myself")
    read(at=support)
    SyncRun.objects.all().delete()
    admin.post(url("sync_now"))
    assert SyncRun.objects.get().connection == connection
    assert admin.post(url("sync_now"), {"site": support.pk}).url.endswith(f"?site={support.pk}")
    assert SyncRun.objects.get().connection == connection


def test_new_percentages_reach_the_numbers_of_every_site(admin, support, connection, key_result):
    other = make_key_result(key_result.objective, title="Calls are answered")
    link(key_result, "DEMO-8", at=connection)
    link(other, "DEMO-8", at=support)
    read(at=connection)
    read(at=support)

    boxes = {"to_do": 0, "in_progress": 60, "done": 100}
    assert "2 key results will change." in words(admin.get(url("percentages_preview"), boxes))
    response = admin.post(url("percentages"), boxes)

    assert response.url.endswith("#percentages")
    waiting = SyncRun.objects.filter(trigger=Trigger.SETTINGS).order_by("pk")
    assert {run.connection for run in waiting} == {connection, support}
    first = waiting[0]
    assert admin.get(url("recalculation", first.pk)).status_code == 204
    read(at=connection)
    assert admin.get(url("recalculation", first.pk)).status_code == 204
    read(at=support)
    assert "2 key results changed" in words(admin.get(url("recalculation", first.pk)))
    assert progress(key_result) == progress(other) == 60
