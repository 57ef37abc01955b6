"""The five checks behind Connect, each with the sentence of its cause."""

import pytest
from pytest_django.fixtures import Settings

from atlassian.allowed_calls import policy_from_settings
from confluence.connecting import Examination, Step, examine
from confluence.explain import WORDS
from jira_sandbox.confluence.testing import SandboxConfluence
from jira_sandbox.testing import running_data_center
from tests.confluence.stage import BOTH


def tried(wiki: SandboxConfluence, **other: str) -> Examination:
    usual = {"address": wiki.url, "email": wiki.email, "token": wiki.token}
    given = usual | other
    return examine(given["address"], given["email"], given["token"], policy_from_settings())


def told(examined: Examination) -> str:
    assert examined.failure
    return WORDS.explain_to_asker(examined.failure).sentence


@BOTH
def test_all_five_checks_pass_with_a_page_as_proof(wiki: SandboxConfluence) -> None:
    examined = tried(wiki)
    assert examined.failure is None
    assert [check.state for check in examined.checks] == ["passed"] * len(Step)
    assert examined.proof
    assert examined.api_base == examined.site.url


@BOTH
def test_any_page_of_it_will_do_as_address(wiki: SandboxConfluence) -> None:
    examined = tried(wiki, address=f"{wiki.url}/pages/viewpage.action?pageId=65569")
    assert examined.failure is None


def test_cloud_is_found_without_wiki_behind_it(wiki: SandboxConfluence) -> None:
    examined = tried(wiki, address=wiki.server)
    assert examined.failure is None
    assert examined.site.url == wiki.server


@BOTH
def test_a_wrong_token_fails_at_signing_in(wiki: SandboxConfluence) -> None:
    examined = tried(wiki, token="nonsense")
    assert examined.checks[3].state == "failed"
    assert examined.checks[4].state == "not_reached"
    said = "did not accept this" if not examined.is_cloud else "let nobody in"
    assert said in told(examined)


@pytest.mark.parametrize("wiki", ["data center"], indirect=True)
def test_data_center_takes_a_password_too(wiki: SandboxConfluence) -> None:
    examined = tried(wiki, token="sandbox-password")
    assert examined.failure is None
    assert examined.kind == "password"


@pytest.mark.parametrize("wiki", ["data center"], indirect=True)
def test_a_token_of_somebody_else_is_told(wiki: SandboxConfluence) -> None:
    assert "belongs to" in told(tried(wiki, email="ada"))


def test_a_token_with_scopes_goes_through_the_gateway(
    wiki: SandboxConfluence, settings: Settings
) -> None:
    examined = tried(wiki, token=wiki.page_token)
    assert examined.failure is None
    assert examined.api_base == wiki.gateway
    assert examined.cloud_id == wiki.cloud_id


def test_a_token_without_the_scopes_says_which(wiki: SandboxConfluence) -> None:
    sentence = told(tried(wiki, token="sandbox-scoped-token"))
    assert "read:confluence-user, search:confluence and read:page:confluence" in sentence


def test_an_account_that_may_not_use_confluence_is_told(wiki: SandboxConfluence) -> None:
    examined = tried(wiki, email=wiki.nobody_email, token=wiki.nobody_token)
    assert f"{wiki.nobody_email} has no access to Confluence" in told(examined)


def test_a_jira_is_not_taken_for_confluence(settings: Settings) -> None:
    with running_data_center("small") as jira:
        settings.JIRA_ALLOWED_HOSTS = [jira.place]
        examined = examine(jira.url, "bot", jira.token, policy_from_settings())
    assert [check.state for check in examined.checks[:3]] == ["passed", "passed", "failed"]
    assert "it is not Confluence" in told(examined)
    assert not any(call.credentials_sent for call in jira.sandbox.ledger.calls)


def test_cloud_needs_an_email_address(wiki: SandboxConfluence) -> None:
    assert "Enter an email address" in told(tried(wiki, email="bot"))


@pytest.mark.parametrize("kind", ["html", "reset", "500"])
def test_an_answer_in_between_is_told_and_nothing_is_raised(
    kind: str, wiki: SandboxConfluence
) -> None:
    wiki.fault(kind)
    assert told(tried(wiki))
