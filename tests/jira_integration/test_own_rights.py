"""`Link as oneself`: a person links only what they may browse in Jira, issue security included."""

import pytest
from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from jira_integration.connecting import examine
from jira_integration.into_jira.offering import look_up, projects_of
from jira_integration.models import IntegrationSettings, JiraConnection, JiraPerson, Match, Matched
from tests.cast import signed_in
from tests.jira_integration.dialog import linked_to, post, preview, sentence
from tests.jira_integration.seen import tag, url, words

ADMIN_TOKEN = "sandbox-admin-token"
SECRET = "Plans of the board"


@pytest.fixture
def connected(jira, db):
    """As an administrator of Jira, who sees every project and may ask about everybody."""
    examined = examine(jira.url, jira.admin_email, ADMIN_TOKEN, policy_from_settings())
    assert examined.failure is None
    connection = JiraConnection(name="Larkspur")
    connection.accept(examined, ADMIN_TOKEN, None, timezone.now())
    IntegrationSettings.load().turn_on()
    return connection


@pytest.fixture
def window(connected, olga):
    return signed_in(olga)


@pytest.fixture
def own(window, connected, jira, ben):
    """Turned on, and Ben is a member in Jira who does not see EXE."""
    window.post(url("own_rights"))
    account = jira.site.accounts["bot"].id
    JiraPerson.objects.assign(connected, {ben.pk: Matched(account, Match.FILE)}, timezone.now())
    connected.refresh_from_db()
    assert connected.as_person
    return connected


@pytest.fixture
def secret(jira):
    return jira.create("EXE", SECRET)


def is_on(window):
    return 'aria-checked="true"' in tag(window.get(url("projects")), 'id="own-rights"')


def test_it_is_off_until_an_admin_turns_it_on(window):
    assert not is_on(window)
    window.post(url("own_rights"))
    assert is_on(window)
    window.post(url("own_rights"))
    assert not is_on(window)


def test_an_account_that_does_not_administer_jira_cannot_have_it(connection, olga):
    window = signed_in(olga)
    answer = window.post(url("own_rights"), follow=True)
    assert "that takes Administer Jira" in words(answer)
    assert not is_on(window)


@pytest.mark.editions("data center")
def test_data_center_has_no_answer_and_that_is_said(connection, olga):
    window = signed_in(olga)
    assert "Jira Data Center does not answer what other people may browse" in words(
        window.get(url("projects"))
    )
    window.post(url("own_rights"))
    connection.refresh_from_db()
    assert not connection.as_person


def test_while_it_is_off_everything_that_the_account_sees_is_linked(connected, key_result, secret):
    assert SECRET in preview(key_result, text=secret.key).content.decode()


def test_what_a_person_may_not_browse_reads_like_what_is_not_there(own, key_result, secret):
    for key in (secret.key, "EXE-999"):
        answer = preview(key_result, text=key)
        assert SECRET not in answer.content.decode()
        assert f"{key} cannot be read in Jira." in words(answer)
        post(key_result, text=key)
    assert linked_to(key_result) == set()


def test_issue_security_is_asked_for_too(own, jira, key_result):
    jira.hide("DEMO-8")
    assert jira.issue("DEMO-8").summary not in preview(key_result, text="DEMO-8").content.decode()


def test_what_they_may_browse_is_linked_as_ever(own, key_result):
    post(key_result, text="DEMO-8")
    assert linked_to(key_result) == {"DEMO-8"}


def test_a_search_has_to_find_nothing_else(own, jira, key_result, secret):
    answer = preview(key_result, text="created >= -52w", kind="jql")
    assert "This finds issues that you may not see in Jira." in words(answer)
    assert SECRET not in answer.content.decode()
    post(key_result, text="created >= -52w", kind="jql")
    assert linked_to(key_result) == set()

    assert "7 issues" in sentence(
        preview(key_result, text="project = DEMO AND status = Done", kind="jql")
    )
    post(key_result, text="project = DEMO AND status = Done", kind="jql")
    assert linked_to(key_result) == {"project = DEMO AND status = Done"}


def test_the_whole_search_is_checked_before_it_is_linked(own, jira, key_result):
    """The one hidden issue is the last of twenty."""
    jira.create_many("DEMO", 20)
    jira.hide("DEMO-1")
    post(key_result, text="project = DEMO ORDER BY key DESC", kind="jql")
    assert linked_to(key_result) == set()


def test_words_suggest_only_what_they_may_browse(own, key_result, secret):
    answer = preview(key_result, text="Plans of").content.decode()
    assert secret.key not in answer


def test_somebody_whose_account_is_unknown_is_told_what_to_do(own, key_result):
    JiraPerson.objects.all().delete()
    answer = preview(key_result, text="DEMO-8")
    assert "Ask an OKR admin to import the Jira users." in words(answer)
    post(key_result, text="DEMO-8")
    assert linked_to(key_result) == set()


def test_an_account_that_jira_does_not_know_may_browse_nothing(own, ben, key_result):
    told = {ben.pk: Matched("712020:nobody", Match.FILE)}
    JiraPerson.objects.assign(own, told, timezone.now())
    post(key_result, text="DEMO-8")
    assert linked_to(key_result) == set()


def test_when_jira_tells_it_no_more_nothing_is_linked(own, jira, key_result):
    jira.fault("403", path="*/permissions/check")
    answer = preview(key_result, text="DEMO-8")
    assert "Jira does not tell that to the connected account any more" in words(answer)
    assert jira.issue("DEMO-8").summary not in answer.content.decode()


def test_it_costs_one_more_call_for_a_thousand_issues(own, jira, key_result):
    jira.forget_calls()
    preview(key_result, text="project = DEMO", kind="jql")
    assert sum("permissions/check" in call.target for call in jira.calls) == 1


def test_an_issue_is_created_only_where_they_may_create_themselves(own, jira, ben):
    with own.client() as client:
        client.myself()
        assert {each.key for each in projects_of(client, own, ben)} == {"DEMO", "OPS"}
        jira.withhold("CREATE_ISSUES", "OPS")
        assert {each.key for each in projects_of(client, own, ben)} == {"DEMO"}
        JiraPerson.objects.all().delete()
        assert projects_of(client, own, ben) == []
    assert "your Jira account is not known yet" in str(look_up(own, "", "", ben).fault)
