"""Every failure has its own sentence, also when it comes back from the database."""

import json
from datetime import UTC, datetime

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from atlassian.client import SealError
from atlassian.client import errors as common
from jira_integration.client import (
    AddressRefused,
    AnonymousAnswer,
    BadAddress,
    BasicOff,
    BrokenAnswer,
    Captcha,
    EmailNeeded,
    Forbidden,
    JiraError,
    MissingScope,
    NotFound,
    NothingVisible,
    NotJira,
    OtherAccount,
    PlainHttp,
    QueryRefused,
    RateLimited,
    Redirected,
    ServerNotFound,
    TimedOut,
    TlsFailure,
    Unavailable,
    UnprovenAnswer,
    WrongCredentials,
    errors,
)
from jira_integration.explain import (
    NEW_TOKEN_URL,
    SENTENCES,
    UNKNOWN,
    explain,
    explain_error,
    explain_to_asker,
    facts_of,
)
from okr.outgoing import TlsReason

HOST, EMAIL = "acme.atlassian.net", "bot@acme.example"
UNTIL = datetime(2026, 11, 3, 9, 40, tzinfo=UTC)

# The design guidance fixes these word for word.
FIXED = [
    (
        WrongCredentials(host=HOST, email=EMAIL),
        "Jira did not accept this email and token. Check that the token belongs to "
        "bot@acme.example, then paste it again. Tokens expire after at most one year. "
        "Create a new token.",
    ),
    (
        MissingScope(host=HOST, email=EMAIL, what="issues"),
        "The token works but may not read issues. "
        "Create a token with read access to Jira issues and users.",
    ),
    (
        ServerNotFound(host=HOST),
        "We could not find a server at acme.atlassian.net. Check the address. "
        "It usually looks like https://your-company.atlassian.net.",
    ),
    (
        NotJira(host=HOST),
        "acme.atlassian.net answered, but it is not Jira. "
        "Copy the address your browser shows when Jira is open.",
    ),
    (
        Redirected(host=HOST, other_host="evil.example"),
        "acme.atlassian.net redirects to evil.example. We did not send the token there. "
        "If that is your Jira, enter that address.",
    ),
    (
        Captcha(host=HOST),
        "Jira wants a CAPTCHA for this account after failed sign-ins. Sign in to "
        "acme.atlassian.net in a browser, complete it, then connect again. "
        "We have stopped trying.",
    ),
    (
        Forbidden(host=HOST, email=EMAIL),
        "Jira refused access for bot@acme.example. Ask a Jira administrator to give this "
        "account access, or to allow this server's IP address.",
    ),
    (
        TlsFailure(host=HOST, reason=TlsReason.EXPIRED),
        "The secure connection to acme.atlassian.net failed: certificate expired. "
        "No credentials were sent. Ask whoever runs Jira to fix the certificate.",
    ),
    (PlainHttp(host=HOST), "Use https. We do not send tokens unencrypted."),
    (
        TimedOut(host=HOST, seconds=10),
        "acme.atlassian.net did not answer within 10 seconds. Nothing was changed. "
        "Try again, or ask IT whether this server may reach Jira.",
    ),
    (
        RateLimited(host=HOST, until=UNTIL, scope="connection"),
        "Jira asked us to slow down. We will continue at 09:40.",
    ),
    (
        NothingVisible(account="Acme Bot"),
        "Acme Bot can see no Jira projects, so nothing can be linked. "
        "Ask a Jira administrator for browse access.",
    ),
]
OTHERS = [
    BadAddress(reason="empty"),
    BadAddress(reason="password"),
    BadAddress(reason="unreadable"),
    AddressRefused(host=HOST, detail="127.0.0.1 is loopback"),
    Unavailable(host=HOST, status=503),
    Unavailable(host=HOST),
    BrokenAnswer(host=HOST, reason="truncated"),
    BrokenAnswer(host=HOST, reason="too large"),
    BrokenAnswer(host=HOST, reason="invalid JSON"),
    WrongCredentials(host=HOST, email="bot", kind="password"),
    WrongCredentials(host=HOST, email="bot", kind="access_token"),
    BasicOff(host=HOST, email="bot"),
    OtherAccount(host=HOST, email="bot", account="Olga"),
    EmailNeeded(host=HOST, email="bot"),
    AnonymousAnswer(host=HOST, email=EMAIL),
    AnonymousAnswer(host=HOST, email="bot", kind="password"),
    AnonymousAnswer(host=HOST, email="bot", kind="access_token"),
    UnprovenAnswer(host=HOST, email=EMAIL),
    QueryRefused(messages=["The field 'x' does not exist."]),
    QueryRefused(messages=[]),
    NotFound(host=HOST, what="issues"),
    SealError("The saved token belongs to something else."),
]
EVERY = [*(error for error, _ in FIXED), *OTHERS]


@pytest.mark.parametrize(("error", "sentence"), FIXED, ids=lambda value: getattr(value, "code", ""))
def test_the_agreed_sentences_are_kept_to_the_letter(error, sentence):
    assert explain_error(error).sentence == sentence


def test_every_cause_has_a_sentence_of_its_own():
    sentences = [explain_error(error).sentence for error in EVERY]
    assert len(set(sentences)) == len(sentences)
    assert UNKNOWN not in sentences
    assert not [sentence for sentence in sentences if "…" in sentence or "{" in sentence]


def test_every_error_of_the_tree_is_explained():
    named = {**vars(common), **vars(errors)}.values()
    kinds = {each for each in named if isinstance(each, type) and issubclass(each, JiraError)}
    codes = {kind.code for kind in kinds - {JiraError, common.StrangeServer}}
    assert codes == {error.code for error in EVERY}
    assert codes <= SENTENCES.keys()


@pytest.mark.parametrize("error", EVERY, ids=lambda error: error.code)
def test_a_failure_reads_the_same_after_it_was_stored(error):
    stored = json.loads(json.dumps(facts_of(error)))
    assert explain(error.code, stored) == explain_error(error)


def test_nobody_is_promised_a_second_try_that_only_they_can_make():
    down = Unavailable(host=HOST, status=503)
    assert explain_error(down).sentence.endswith("Nothing was changed. We will try again.")
    assert explain_to_asker(down).sentence.endswith("Nothing was changed. Try again.")


def test_a_refused_address_tells_nothing_about_the_network_behind():
    refused = AddressRefused(host="10.0.0.7", detail="10.0.0.7 is private, listed: False")
    assert "detail" not in facts_of(refused)
    assert explain_error(refused).technical == "address_refused"
    closed, open_port = AddressRefused(host="x", detail="a"), AddressRefused(host="x", detail="b")
    assert explain_error(closed) == explain_error(open_port)


def test_technical_details_name_the_code_and_what_was_seen():
    error = Unavailable(host=HOST, status=503, detail="upstream")
    assert explain_error(error).technical == "unavailable: upstream"


def test_a_remedy_leads_to_where_something_can_be_done():
    assert explain_error(WrongCredentials(email=EMAIL, host=HOST)).remedy_url == NEW_TOKEN_URL
    login = f"https://{HOST}/login.jsp"
    assert explain_error(Captcha(host=HOST, login_url=login)).remedy_url == login
    assert explain_error(Captcha(host=HOST)).remedy_url == ""
    assert explain_error(NotJira(host=HOST)).remedy_url == ""


@override_settings(TIME_ZONE="Europe/Berlin")
def test_a_time_is_told_in_the_time_zone_of_the_company():
    error = RateLimited(host=HOST, until=UNTIL, scope="connection")
    assert explain_error(error).sentence.endswith("at 10:40.")


def test_what_is_told_of_links_and_saved_tokens_is_there_too():
    unreadable = explain("issue_unreadable", {"key": "PLAT-12"}).sentence
    assert unreadable == (
        "PLAT-12 can no longer be read in Jira. "
        "It counts at its last known status until you remove it."
    )
    empty = explain("nothing_found", {"progress": 62}).sentence
    assert empty == "This search matches no issues now. Progress stays at 62% until it does."
    again = "Enter the token again. A saved token is never sent to a new address."
    assert explain("token_needed", {}).sentence == again


def test_an_unknown_code_still_makes_a_sentence():
    assert explain("from_the_future", {}).sentence == UNKNOWN


@given(
    st.sampled_from(sorted(code for code in SENTENCES if ":" not in code)),
    st.dictionaries(st.sampled_from(["host", "email", "detail", "messages"]), st.text(max_size=20)),
)
def test_missing_facts_never_break_a_page(code, facts):
    assert explain(code, facts).sentence
    assert str(explain(code, facts)) == explain(code, facts).sentence
