"""Connecting to a Data Center of any version: by access token or password, and each refusal."""

import pytest

from jira_integration.client import (
    BasicOff,
    Captcha,
    EmailNeeded,
    Kind,
    OtherAccount,
    WrongCredentials,
)
from jira_integration.connecting import Examination, Step, examine
from jira_integration.models import Hosting, JiraConnection, State
from jira_sandbox.testing import SandboxDataCenter, running_data_center, running_sandbox
from tests.cast import signed_in
from tests.jira_integration.examining import connect, ended_at, policy_for
from tests.jira_integration.seen import HTMX, url, words
from tests.jira_integration.stage import link, progress, read

OLD, LAST_WITHOUT_TOKENS, FIRST_WITH = (7, 2, 3), (8, 13, 27), (8, 14, 0)
MIDDLE, LATE, NEWEST = (9, 12, 4), (10, 3, 24), (11, 0, 1)


def by_password(jira: SandboxDataCenter) -> Examination:
    return connect(jira, token=jira.password)


def myselfs(jira: SandboxDataCenter) -> int:
    return sum(call.path.endswith("/myself") for call in jira.calls)


@pytest.mark.parametrize("version", [FIRST_WITH, MIDDLE, LATE, NEWEST])
def test_an_access_token_connects_from_8_14_on(version):
    with running_data_center("small", version=version) as jira:
        examined = connect(jira)
        assert ended_at(examined) is None
        assert (examined.kind, examined.is_cloud) == (Kind.ACCESS_TOKEN, False)
        assert examined.account.id == jira.account_id
        assert examined.proof is not None
        assert myselfs(jira) == 1


@pytest.mark.parametrize("version", [OLD, LAST_WITHOUT_TOKENS, MIDDLE, LATE])
def test_a_password_connects_up_to_10(version):
    with running_data_center("small", version=version) as jira:
        examined = by_password(jira)
        assert ended_at(examined) is None
        assert examined.kind == Kind.PASSWORD


@pytest.mark.parametrize("deployment", ["Server", "DataCenter", ""])
@pytest.mark.parametrize("context", ["", "/jira", "/tools/jira"])
def test_any_name_of_the_deployment_and_any_context_path_will_do(deployment, context):
    with running_data_center("small", context=context, deployment=deployment) as jira:
        page = f"{jira.url}/browse/DEMO-1"
        examined = examine(page, jira.email, jira.token, policy_for(jira))
        assert ended_at(examined) is None
        assert examined.site.url == examined.api_base == jira.url


def test_from_11_on_a_password_is_told_to_be_a_token():
    with running_data_center("small", version=NEWEST) as jira:
        examined = by_password(jira)
        assert ended_at(examined) is Step.SIGNED_IN
        assert isinstance(examined.failure, BasicOff)


def test_where_the_administrator_switched_passwords_on_in_11_one_connects():
    with running_data_center("small", version=NEWEST, passwords=True) as jira:
        assert ended_at(by_password(jira)) is None


def test_where_passwords_are_off_in_an_older_version_that_is_said():
    with running_data_center("small", version=MIDDLE, passwords=False) as jira:
        assert isinstance(by_password(jira).failure, BasicOff)


def test_a_wrong_secret_costs_the_account_one_failed_sign_in():
    with running_data_center("small") as jira:
        examined = connect(jira, token="wrong")
        assert type(examined.failure) is WrongCredentials
        assert jira.data_center.doors.failures == {"bot": 1}


def test_a_password_that_cannot_be_a_token_is_never_sent_as_one():
    with running_data_center("small") as jira:
        connect(jira, token="geheim, aber schön")
        assert myselfs(jira) == 1


def test_after_too_many_failures_jira_wants_a_captcha_and_is_left_alone():
    with running_data_center("small") as jira:
        for _ in range(3):
            connect(jira, token="not, a token")
        jira.forget_calls()
        examined = by_password(jira)
        assert isinstance(examined.failure, Captcha)
        assert examined.failure.login_url == f"{jira.url}/login.jsp"
        assert myselfs(jira) == 2  # as a token, which counts against nobody, and as a password
        jira.solve_captchas()
        assert by_password(jira).failure is None


@pytest.mark.parametrize("typed", ["bot", "BOT", "jira-bot@larkspur.example"])
def test_the_owner_of_a_token_may_be_named_in_any_way(typed):
    with running_data_center("small") as jira:
        assert connect(jira, typed).failure is None


@pytest.mark.parametrize("typed", ["ada", "ada@larkspur.example"])
def test_a_token_of_somebody_else_is_refused(typed):
    with running_data_center("small") as jira:
        examined = connect(jira, typed)
        assert ended_at(examined) is Step.SIGNED_IN
        assert isinstance(examined.failure, OtherAccount)
        assert examined.account.id == ""


def test_a_user_name_is_refused_where_it_turns_out_to_be_cloud():
    with running_sandbox("small") as jira:
        examined = connect(jira, "bot")
        assert ended_at(examined) is Step.SIGNED_IN
        assert isinstance(examined.failure, EmailNeeded)
        assert not any(call.credentials_sent for call in jira.calls)


@pytest.fixture
def server(settings, db):
    with running_data_center("small") as jira:
        settings.JIRA_ALLOWED_HOSTS = [jira.place]
        yield jira


def form_of(jira, **boxes):
    return {"email": jira.email, "server": jira.url, "token": jira.token, **boxes}


def test_an_admin_connects_a_data_center_and_a_number_follows_it(server, olga, key_result):
    admin = signed_in(olga)
    response = admin.post(url("connect"), form_of(server), headers=HTMX)
    assert response.status_code in (200, 204)
    connection = JiraConnection.objects.get()
    assert (connection.hosting, connection.secret) == (Hosting.DATA_CENTER, "access_token")
    assert connection.issue_url("DEMO-1") == f"{server.url}/browse/DEMO-1"

    link(key_result, "DEMO-8")
    read()
    assert progress(key_result) == 50
    server.move("DEMO-8", "Done")
    read()
    assert progress(key_result) == 100


def test_a_wrong_secret_is_explained_without_cloud_words(server, olga):
    response = signed_in(olga).post(url("connect"), form_of(server, token="wrong"), headers=HTMX)
    assert response.status_code == 422
    assert "did not accept this name and password" in words(response)
    assert "id.atlassian.com" not in words(response)
    assert not JiraConnection.objects.exists()


def test_the_form_says_at_its_box_that_cloud_wants_an_address(jira, olga):
    response = signed_in(olga).post(url("connect"), form_of(jira, email="bot"), headers=HTMX)
    assert response.status_code == 422
    assert 'href="#id_email">This is Jira Cloud' in response.content.decode()


def test_a_captcha_in_the_middle_stops_the_connection_and_moves_nothing(server, olga, key_result):
    signed_in(olga).post(url("connect"), form_of(server, token=server.password), headers=HTMX)
    link(key_result, "DEMO-8")
    read()
    server.move("DEMO-8", "Done")
    server.data_center.doors.failures["bot"] = 3
    server.forget_calls()

    runs = [read(), read()]

    assert [run.state for run in runs] == [State.FAILED, State.FAILED]
    assert len(server.calls) == 1
    assert JiraConnection.objects.get().suspended
    assert progress(key_result) == 50


@pytest.mark.parametrize(
    ("context", "page"),
    [
        ("/jira", "/jira/browse/DEMO-1"),
        ("/jira", "/jira/secure/Dashboard.jspa"),
        ("/jira", "/jira/servicedesk/customer/portal/1"),
        ("/jira", "/jira/plans/1/scenarios"),
        ("/jira", "/jira/DEMO-1"),
        ("/jira", "/"),
        ("/tools/jira", "/tools/jira/servicedesk/customer/portal/1"),
        ("", "/jira"),
        ("", "/welcome"),
    ],
)
def test_a_page_that_does_not_tell_the_context_path_is_found_out_unsigned(context, page):
    with running_data_center("small", context=context) as jira:
        host = jira.url.removesuffix(context)
        examined = examine(f"{host}{page}", jira.email, jira.token, policy_for(jira))
        assert ended_at(examined) is None
        assert examined.site.url == examined.api_base == jira.url
        asked_before = [call for call in jira.calls if call.path.endswith("/serverInfo")]
        assert len(asked_before) <= 8
        note = examined.checks[0].note
        assert note in ("", f"It is at {jira.url}.")
        assert bool(note) == examined.guessed


def test_a_host_without_jira_is_asked_at_few_places_and_named_as_typed():
    with running_data_center("small", context="/tracker/main") as jira:
        host = jira.url.removesuffix("/tracker/main")
        examined = examine(f"{host}/a/b/c", jira.email, jira.token, policy_for(jira))
        assert ended_at(examined) is Step.IS_JIRA
        assert examined.site.url == f"{host}/a/b/c"
        assert len(jira.calls) <= 8
        assert not any(call.path.endswith("/myself") for call in jira.calls)


def test_a_saved_secret_is_never_tried_elsewhere_on_its_host(jira, connection):
    with running_data_center("small", context="/jira") as moved:
        host = moved.url.removesuffix("/jira")
        examined = examine(host, moved.email, moved.token, policy_for(moved), look_around=False)
        assert ended_at(examined) is Step.IS_JIRA
