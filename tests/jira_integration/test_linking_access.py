"""Who may link, who may remove, and what everybody else is told."""

import pytest
from django.core.exceptions import PermissionDenied

from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraLink,
    SyncRun,
    Trigger,
    Wanted,
)
from jira_integration.models.link import CANNOT_FOLLOW
from okr.models import Person
from tests.cast import make_key_result, make_objective, signed_in
from tests.jira_integration.dialog import dialog, linked_to, post
from tests.jira_integration.stage import link, read

pytestmark = pytest.mark.usefixtures("connection")
NO_ACCESS = "Linking Jira issues is not turned on for your account."


def test_the_allowlist_holds_on_every_path(key_result, olga):
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))
    client, url = signed_in(key_result.owner), dialog(key_result)

    for response in (
        client.get(url),
        client.post(url, {"text": "DEMO-8"}),
        client.post(f"{url}preview/", {"text": "DEMO-8"}),
    ):
        assert response.status_code == 403
        assert NO_ACCESS in response.content.decode()
    with pytest.raises(PermissionDenied, match="not turned on"):
        JiraLink.objects.add(
            key_result, Wanted(jql="project = DEMO"), JiraConnection.objects.get(), key_result.owner
        )
    assert not JiraLink.objects.exists()
    assert signed_in(olga).get(url).status_code == 200


@pytest.mark.parametrize("kind", ["milestones", "stay_above", "stay_below"])
def test_what_has_no_way_to_go_says_that_it_cannot_follow(key_result, kind):
    """Neither by the dialog nor past it."""
    ben = key_result.owner
    without = make_key_result(key_result.objective, kind=kind)
    page = signed_in(ben).get(f"/key-results/{without.pk}/").content.decode()
    assert CANNOT_FOLLOW in page
    assert f'href="{dialog(without)}"' not in page
    for response in (
        signed_in(ben).get(dialog(without)),
        signed_in(ben).post(dialog(without), {"text": "DEMO-8"}),
    ):
        assert response.status_code == 403
        assert CANNOT_FOLLOW in response.content.decode()
    with pytest.raises(PermissionDenied, match="cannot come from Jira"):
        link(without, "DEMO-8")
    assert not JiraLink.objects.exists()


def test_a_deactivated_person_links_nothing(key_result, ben):
    ben.is_active = False
    ben.save()

    with pytest.raises(PermissionDenied):
        link(key_result, "DEMO-8")


def test_only_editors_link(key_result, ada, cleo):
    """Ada leads Ben; Cleo sees the key result, but it is not hers to change."""
    assert signed_in(ada).get(dialog(key_result)).status_code == 200
    for path in ("", "preview/", "read-now/"):
        response = signed_in(cleo).post(dialog(key_result) + path, {"text": "DEMO-8"})
        assert response.status_code == 403
    assert not JiraLink.objects.exists()


def test_a_confidential_key_result_is_not_there_for_others(ben, cleo, cycle):
    secret = make_key_result(make_objective(ben, cycle, visibility="confidential"))
    [hidden] = link(secret, "DEMO-8")

    for path in ("", "why/"):
        assert signed_in(cleo).get(dialog(secret) + path).status_code == 404
    assert signed_in(cleo).post(f"{dialog(secret)}preview/").status_code == 404
    assert signed_in(cleo).post(f"/key-results/jira/{hidden.pk}/remove/").status_code == 404
    assert JiraLink.objects.filter(pk=hidden.pk).exists()


def test_nothing_is_linked_while_the_switch_is_off(key_result):
    IntegrationSettings.load().turn_off()

    response = post(key_result, text="DEMO-8")

    assert response.status_code == 403
    assert "turned off" in response.content.decode()


def test_in_a_closed_cycle_nothing_is_linked(key_result):
    cycle = key_result.objective.cycle
    cycle.closed_at = key_result.created_at
    cycle.save()

    assert post(key_result, text="DEMO-8").status_code == 403


def test_strangers_are_sent_to_sign_in(client, key_result):
    assert client.get(dialog(key_result)).status_code == 302
    assert client.post(f"{dialog(key_result)}preview/").status_code == 302


def test_reading_changes_nothing(key_result):
    client = signed_in(key_result.owner)
    [only] = link(key_result, "DEMO-8")
    before = list(JiraLink.objects.values()), SyncRun.objects.count()

    for path in ("", "why/"):
        assert client.get(dialog(key_result) + path).status_code == 200
    assert client.get(f"{dialog(key_result)}preview/").status_code == 405
    assert client.get(f"{dialog(key_result)}read-now/").status_code == 405
    assert client.get(f"/key-results/jira/{only.pk}/remove/").status_code == 200

    assert (list(JiraLink.objects.values()), SyncRun.objects.count()) == before


def test_a_link_is_removed_after_a_question(key_result):
    first, _ = link(key_result, "DEMO-1", "DEMO-10")
    read()
    client, url = signed_in(key_result.owner), f"/key-results/jira/{first.pk}/remove/"

    asked = client.get(url).content.decode()
    assert "Remove this Jira link?" in asked
    assert "DEMO-1" in asked
    assert client.post(url).status_code == 302

    assert linked_to(key_result) == {"DEMO-10"}
    assert SyncRun.objects.open().get().trigger == Trigger.UNLINK


def test_the_last_link_removed_opens_the_number_for_people(key_result):
    [only] = link(key_result, "DEMO-8")
    read()
    client = signed_in(key_result.owner)

    asked = client.get(f"/key-results/jira/{only.pk}/remove/").content.decode()
    assert "progress stays at 50% and is entered by hand" in asked
    client.post(f"/key-results/jira/{only.pk}/remove/")

    key_result.refresh_from_db()
    assert (key_result.tracked_by, key_result.progress) == ("", 50)
    assert not SyncRun.objects.open().exists()


def test_somebody_else_removes_nothing(key_result, cleo):
    [only] = link(key_result, "DEMO-8")

    assert signed_in(cleo).post(f"/key-results/jira/{only.pk}/remove/").status_code == 403
    assert JiraLink.objects.filter(pk=only.pk).exists()


def test_an_editor_without_jira_access_can_remove_a_link_unseen(key_result, olga):
    [only] = link(key_result, "DEMO-8")
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))
    client = signed_in(key_result.owner)

    page = client.get(f"/key-results/jira/{only.pk}/remove/").content.decode()
    assert "DEMO-8" not in page
    assert client.post(f"/key-results/jira/{only.pk}/remove/").status_code == 302
    assert not JiraLink.objects.exists()


def test_read_now_asks_for_one_reading(key_result, jira):
    link(key_result, "DEMO-8")
    read()
    jira.move("DEMO-8", "Done")
    client = signed_in(key_result.owner)

    for _ in range(3):
        client.post(f"{dialog(key_result)}read-now/")

    run = SyncRun.objects.open().get()
    assert (run.trigger, run.key_result) == (Trigger.HAND, key_result)
