"""`Integrate with Jira`: only what Jira accepts connects, and each refusal has its own words."""

import base64
import logging
import socket

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from jira_integration.models import IntegrationSettings, JiraConnection, SyncRun, Trigger
from tests.cast import signed_in
from tests.jira_integration.seen import HTMX, labels, switch_is_on, tag, url, value, words

CANARY = "canary-3f9c1e77"

# fault and its options → the sentence that the person reads
REFUSALS = {
    "401": ({"kind": "401", "path": "*/myself"}, "Jira did not accept this email and token."),
    "403": ({"kind": "403", "path": "*/myself"}, "Jira refused access for jira-bot@"),
    "captcha": ({"kind": "captcha", "path": "*/myself"}, "Jira wants a CAPTCHA for this account"),
    "not a Jira": ({"kind": "html"}, "127.0.0.1 answered, but it is not Jira."),
    "redirect": (
        {"kind": "redirect"},
        "127.0.0.1 redirects to elsewhere.example. We did not send the token there.",
    ),
    "timeout": ({"kind": "timeout"}, "127.0.0.1 did not answer within 10 seconds."),
    "429": ({"kind": "429", "path": "*/myself"}, "Jira asked us to slow down. We will continue at"),
    "500": ({"kind": "500"}, "is out of order at the moment (error 500)"),
    "cut": ({"kind": "reset"}, "ended the connection before it had answered"),
    "truncated": ({"kind": "truncated", "path": "*/myself"}, "broke off in the middle"),
    "invalid": ({"kind": "invalid-json", "path": "*/myself"}, "sent an answer that cannot be read"),
    "nobody": (
        {"kind": "anonymous", "path": "*/project/search"},
        "answers as if nobody were signed in",
    ),
}


@pytest.fixture
def admin(olga):
    return signed_in(olga)


def typed(jira, **boxes):
    return {"email": jira.email, "server": jira.url, "token": jira.token, **boxes}


def test_the_dialog_has_exactly_three_fields(admin):
    response = admin.get(url("connect"), headers=HTMX)
    assert labels(response) == ["Email Address (In Jira)", "Server", "API Token"]
    assert '<h2 id="dialog-title">Integrate with Jira</h2>' in response.content.decode()
    assert 'type="password"' in tag(response, 'name="token"')


def test_without_javascript_the_dialog_is_a_page(admin):
    response = admin.get(url("connect"))
    assert "<h1>Integrate with Jira</h1>" in response.content.decode()
    assert f'href="{url("integration")}">Cancel</a>' in response.content.decode()


def test_empty_boxes_are_named_each(admin):
    response = admin.post(url("connect"), {"server": "jira.larkspur.example"}, headers=HTMX)
    content = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: Integrate with Jira" in content
    assert 'href="#id_email">Enter the email address that you sign in to Jira with.' in content
    assert 'href="#id_token">Paste the API token.' in content
    assert value(response, "server") == "jira.larkspur.example"
    assert not JiraConnection.objects.exists()


@pytest.mark.parametrize(
    ("server", "sentence"),
    [
        ("https://bot:secret@jira.example", "Leave the name and password out of the address."),
        ("not an address", "This is not a web address."),
    ],
)
def test_an_address_that_is_none_gets_a_sentence_at_its_box(jira, admin, server, sentence):
    response = admin.post(url("connect"), typed(jira, server=server))
    assert response.status_code == 422
    assert sentence in words(response)
    assert not jira.calls


@pytest.mark.parametrize("name", REFUSALS)
def test_each_refusal_has_its_own_words_and_leaves_the_switch_off(jira, admin, name):
    options, sentence = REFUSALS[name]
    fault = jira.fault(**options)

    response = admin.post(url("connect"), typed(jira), headers=HTMX)

    assert fault.used
    assert response.status_code == 422
    assert sentence in words(response)
    assert "Technical details" in words(response)
    assert "<title>Error: " in response.content.decode()
    assert (value(response, "email"), value(response, "server")) == (jira.email, jira.url)
    assert jira.token not in response.content.decode()
    assert not JiraConnection.objects.exists()
    assert not switch_is_on(admin)


def test_no_two_refusals_share_their_words():
    sentences = [sentence for _, sentence in REFUSALS.values()]
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(
    ("server", "sentence"),
    [
        ("https://{host}", "The secure connection to 127.0.0.1 failed:"),
        ("http://169.254.169.254/", "This server may not connect to 169.254.169.254."),
        ("http://127.0.0.1:{closed}", "We could not find a server at 127.0.0.1."),
    ],
    ids=["TLS", "an address inside", "no server"],
)
def test_an_address_that_leads_nowhere_gets_no_token(jira, admin, settings, server, sentence):
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        closed = bound.getsockname()[1]
    settings.JIRA_ALLOWED_HOSTS += [f"127.0.0.1:{closed}"]
    server = server.format(host=jira.url.removeprefix("http://"), closed=closed)

    response = admin.post(url("connect"), typed(jira, server=server))

    assert response.status_code == 422
    assert sentence in words(response)
    assert not jira.calls
    assert not switch_is_on(admin)


def test_a_token_without_the_right_to_read_says_what_it_lacks(jira, admin):
    response = admin.post(url("connect"), typed(jira, token=jira.thin_token))
    assert "The token works but may not read" in words(response)
    assert not JiraConnection.objects.exists()


def test_an_account_that_sees_no_project_is_not_connected(jira, admin):
    account = typed(jira, email=jira.nobody_email, token=jira.nobody_token)
    response = admin.post(url("connect"), account)
    assert "Visiting Auditor can see no Jira projects, so nothing can be linked." in words(response)
    assert "Signed in : passed" in words(response)
    assert "Can read issues : failed" in words(response)
    assert not switch_is_on(admin)


def test_the_checks_end_at_the_one_that_failed(jira, admin):
    response = admin.post(url("connect"), typed(jira, token="wrong"))
    seen = words(response)
    for check in (
        "Server found : passed",
        "Secure connection : passed",
        "Is Jira : passed",
        "Signed in : failed",
        "Can read issues : not checked",
    ):
        assert check in seen
    assert "Create a new token" in seen


def test_success_shows_proof_turns_the_switch_on_and_asks_for_the_first_sync(jira, admin, olga):
    response = admin.post(url("connect"), typed(jira, server=f"{jira.url}/browse/DEMO-1"))
    assert response.url == url("integration")
    seen = words(admin.get(response.url))
    site = f"Connected to {jira.url} as Larkspur OKR Bot. 2 projects visible. DEMO-"
    assert site in seen
    assert "so it counts as" in seen
    assert switch_is_on(admin)
    run = SyncRun.objects.get()
    assert (run.trigger, run.by, run.key_result) == (Trigger.CONNECT, olga, None)


def test_a_scoped_token_connects_through_the_gateway(jira, admin):
    admin.post(url("connect"), typed(jira, token=jira.scoped_token))
    assert JiraConnection.objects.get().api_base == jira.gateway
    assert switch_is_on(admin)


def test_connecting_again_replaces_the_credentials_and_keeps_the_connection(
    jira, connection, admin
):
    before = connection.pk, connection.sealed_token
    admin.post(url("connect"), typed(jira))
    connection = JiraConnection.objects.get()
    assert connection.pk == before[0]
    assert connection.sealed_token != before[1]
    assert connection.token() == jira.token


def test_the_address_is_shown_as_it_will_be_used_and_nothing_is_asked_of_it(jira, admin):
    pasted = {"server": f"{jira.url}/browse/DEMO-1?filter=1"}
    seen = words(admin.get(url("address"), pasted, headers=HTMX))
    assert seen == f"We will connect to {jira.url} ."
    pasted = {"server": "http://larkspur.atlassian.net/jira/software/projects/X"}
    assert "https://larkspur.atlassian.net" in words(admin.get(url("address"), pasted))
    assert words(admin.get(url("address"), {"server": "///"})) == ""
    assert not jira.calls


def crawl(client: Client) -> str:
    """Everything that the room answers, headers and cookies included."""
    places = ("integration", "connect", "manage", "users", "activity", "turn_off")
    answers = [client.get(url(name), headers=head) for name in places for head in ({}, HTMX)]
    answers.append(client.post(url("test"), headers=HTMX))
    texts = [f"{answer.headers}{answer.cookies}{answer.content.decode()}" for answer in answers]
    return "".join(texts)


def kept_in_database() -> str:
    tables = JiraConnection, IntegrationSettings, SyncRun, Session
    rows = [f"{row}" for table in tables for row in table.objects.values()]
    return "".join([*rows, *(str(row.get_decoded()) for row in Session.objects.all())])


def test_a_token_that_connects_is_told_to_nobody(jira, admin, caplog):
    caplog.set_level(logging.DEBUG)
    pair = base64.b64encode(f"{jira.email}:{jira.token}".encode()).decode()
    admin.post(url("connect"), typed(jira), follow=True)
    told = crawl(admin) + caplog.text + kept_in_database()
    assert jira.token not in told
    assert pair not in told


def test_a_token_that_is_refused_is_told_to_nobody(jira, admin, caplog):
    caplog.set_level(logging.DEBUG)
    pair = base64.b64encode(f"{jira.email}:{CANARY}".encode()).decode()
    refused = admin.post(url("connect"), typed(jira, token=CANARY), headers=HTMX)
    told = refused.content.decode() + crawl(admin) + caplog.text + kept_in_database()
    assert CANARY not in told
    assert pair not in told
