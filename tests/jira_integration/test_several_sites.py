"""Two sites at once, each with its own health: the same key on both is two issues."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration.alarm import tell_of_failing
from jira_integration.models import JiraConnection, JiraLink, State, SyncRun, Trigger
from jira_integration.panels import sources
from jira_integration.sync import run_waiting
from okr.models import KeyResult, Notification, Occasion
from tests.cast import signed_in
from tests.jira_integration.dialog import button, post, preview, sentence
from tests.jira_integration.pages import page_of, words
from tests.jira_integration.stage import link, read

pytestmark = pytest.mark.usefixtures("connection")


@pytest.fixture
def mixed(connection, support, key_result):
    """DEMO-8 of each site, both In Progress."""
    link(key_result, "DEMO-8", at=connection)
    link(key_result, "DEMO-8", at=support)
    read(at=connection)
    read(at=support)
    return key_result


def test_the_site_of_a_pasted_address_is_the_one_that_is_asked(
    jira, support_jira, support, key_result
):
    jira.forget_calls()
    response = preview(key_result, text=f"{support_jira.url}/browse/DEMO-1")

    assert "1 issue: 1 Done" in sentence(response)
    assert not jira.calls
    post(key_result, text=f"{support_jira.url}/browse/DEMO-1")
    assert key_result.jira_links.get().connection == support


def test_the_choice_of_a_site_is_shown_only_where_there_are_several(connection, key_result):
    page = signed_in(key_result.owner).get(f"/key-results/{key_result.pk}/jira/").content.decode()
    assert 'name="site"' not in page
    assert "shown_at" not in page


def test_a_key_is_looked_for_on_the_chosen_site(support_jira, support, key_result):
    support_jira.rename("DEMO-8", "Answer the phone")
    response = preview(key_result, text="DEMO-8", site=support.pk)

    assert "Answer the phone" in words(response.content.decode())
    post(key_result, text="DEMO-8", site=support.pk)
    assert key_result.jira_links.get().connection == support


def test_the_site_where_a_person_linked_last_is_offered_first(connection, support, key_result):
    link(key_result, "DEMO-1", at=support)
    link_page = f"/key-results/{key_result.pk}/jira/"
    page = " ".join(signed_in(key_result.owner).get(link_page).content.decode().split())
    assert f'<option value="{support.pk}" selected>' in page
    assert "Recent issues" not in page

    link(key_result, "DEMO-2", at=connection)
    page = " ".join(signed_in(key_result.owner).get(link_page).content.decode().split())
    assert f'<option value="{connection.pk}" selected>' in page


def test_suggestions_name_their_site(support, key_result):
    page = words(preview(key_result, text="", site=support.pk).content.decode())
    assert "Recent issues in Support" in page


def test_chosen_keys_are_never_looked_up_on_another_site(
    jira, support_jira, connection, support, key_result
):
    chosen = {"issue": "DEMO-8", "shown_at": connection.pk}
    for moved in ({"site": support.pk}, {"text": f"{support_jira.url}/browse/DEMO-1"}):
        support_jira.forget_calls()
        response = preview(key_result, **chosen, **moved)
        told = sentence(response)
        assert told.startswith("What you chose is in Larkspur. Link that first")
        assert 'value="DEMO-8" checked' in " ".join(response.content.decode().split())
        assert not support_jira.calls
        post(key_result, **chosen, **moved)
        assert not key_result.jira_links.exists()

    assert button(preview(key_result, **chosen, site=connection.pk)) == "Link 1 issue"


def test_an_address_of_no_site_names_those_that_are_connected(
    jira, support_jira, support, key_result
):
    told = sentence(preview(key_result, text="https://elsewhere.example/browse/DEMO-1"))
    hosts = f"{jira.place} or {support_jira.place}"
    assert told == (
        "elsewhere.example is not a connected Jira. "
        f"Paste an address of {hosts}, or type an issue key."
    )


def test_the_page_of_a_key_result_names_the_site_of_each_issue(mixed):
    page = words(page_of(mixed))
    assert page.count("Larkspur") == page.count("Support") == 3  # its row, its link, its button


def test_a_silent_site_is_named_and_the_other_part_goes_on(
    jira, support_jira, connection, support, mixed
):
    support_jira.fault("503")
    read(at=support)
    support.refresh_from_db()
    since = timezone.localtime(support.read_at)

    told = words(page_of(mixed))
    assert (
        f"Support has not answered since {since:%H:%M}. Its issues count as they were then;"
        " those of Larkspur still follow." in told
    )
    [source] = sources([KeyResult.objects.get()]).values()
    assert (source.stale, source.note) == (True, "Support does not answer")

    jira.move("DEMO-8", "Done")
    read(at=connection)
    mixed.refresh_from_db()
    assert mixed.progress == 75


def test_with_one_site_nothing_is_named(followed):
    assert "Larkspur" not in words(page_of(followed)).replace("larkspur.example", "")


def test_when_no_site_of_a_key_result_answers_the_number_may_be_out_of_date(
    support_jira, support, key_result
):
    link(key_result, "DEMO-8", at=support)
    read(at=support)
    support_jira.fault("503")
    read(at=support)
    told = words(page_of(key_result))
    assert "Support has not answered since" in told
    assert "This is the last known progress and may be out of date." in told


def test_a_site_that_feeds_nothing_here_is_not_told(support_jira, support, connection, key_result):
    link(key_result, "DEMO-8", at=connection)
    read(at=connection)
    support_jira.fault("503")
    read(at=support)
    assert "has not answered" not in words(page_of(key_result))
    [source] = sources([KeyResult.objects.get()]).values()
    assert (source.stale, source.note) == (False, "")


def test_the_age_of_a_mixed_key_result_is_that_of_its_oldest_site(support, connection, mixed):
    old = timezone.now() - timedelta(hours=2)
    for first, second in ((connection, support), (support, connection)):
        JiraConnection.objects.filter(pk=first.pk).update(read_at=old)
        JiraLink.objects.filter(connection=first).update(read_at=old)
        JiraConnection.objects.filter(pk=second.pk).update(read_at=timezone.now())
        [source] = sources([KeyResult.objects.get()]).values()
        assert source.read_at == old
        assert source.stale


def test_a_part_that_was_never_read_leaves_no_age(connection, support, key_result):
    link(key_result, "DEMO-8", at=connection)
    read(at=connection)
    link(key_result, "DEMO-9", at=support)
    [source] = sources([KeyResult.objects.get()]).values()
    assert source.read_at is None


def test_a_refusal_by_one_site_touches_nothing_of_the_other(
    jira, support_jira, connection, support, key_result, ben, cycle
):
    link(key_result, "DEMO-8", at=connection)
    read(at=connection)
    connection.refresh_from_db()
    before = JiraConnection.objects.filter(pk=connection.pk).values().get()
    support_jira.fault("401")
    link(key_result, "DEMO-1", at=connection)
    read(at=support)

    support.refresh_from_db()
    assert support.suspended
    assert JiraConnection.objects.filter(pk=connection.pk).values().get() == before
    read(at=connection)
    key_result.refresh_from_db()
    assert key_result.progress == 75


def test_a_site_that_stopped_keeps_no_other_from_its_turn(
    support_jira, connection, support, key_result
):
    support_jira.fault("401")
    read(at=support)
    JiraConnection.objects.update(next_read_at=timezone.now())
    SyncRun.objects.all().delete()

    SyncRun.objects.ask_due(timezone.now())

    assert SyncRun.objects.get().connection == connection


def test_a_site_that_asks_to_slow_down_slows_no_other(
    support_jira, connection, support, key_result
):
    link(key_result, "DEMO-8", at=connection)
    support_jira.fault("429", retry_after="300")
    assert read(at=support).state == State.FAILED

    assert read(at=connection).state == State.DONE
    assert SyncRun.objects.ask(support, Trigger.HAND) not in SyncRun.objects.answerable(
        timezone.now()
    )


def test_one_site_can_be_read_while_another_is(connection, support):
    assert JiraConnection.objects.claim(support.pk, timezone.now())
    assert read(at=connection).state == State.DONE


def test_the_last_link_to_a_site_that_is_removed_takes_its_part_along(connection, support, mixed):
    link(mixed, "DEMO-1", at=connection)
    read(at=connection)
    mixed.jira_links.get(connection=support).remove(by=mixed.owner)

    for site in (connection, support):
        run_waiting(site.pk)

    mixed.refresh_from_db()
    assert mixed.progress == 75
    assert mixed.measurements.last().why["removed"]["number"] == 1


def test_a_search_hit_names_the_site(mixed, cleo):
    groups = signed_in(cleo).get("/search/", {"q": "demo-8"}).context["groups"]
    notes = [hit.note for group in groups for hit in group.hits if hit.note.startswith("DEMO-8")]
    assert sorted(note.rpartition(", ")[2] for note in notes) == ["Larkspur", "Support"]


def test_admins_are_told_which_site_fails(support_jira, support, mixed, olga):
    support_jira.fault("401")
    read(at=support)
    tell_of_failing(timezone.now())
    told = Notification.objects.get(kind=Occasion.SYNC_FAILING).words
    assert told == "Support refused the account. Nothing is read until Support is connected again."
