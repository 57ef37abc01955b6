"""The words for every failure: a code and plain facts are stored, the sentence is made here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from jira_integration.client import JiraError

NEW_TOKEN_URL = "https://id.atlassian.com/manage-profile/security/api-tokens"  # noqa: S105

UNKNOWN = "Something went wrong while talking to Jira. Nothing was changed. Try again later."
SENTENCES = {
    "bad_address": "This is not a web address. It usually looks like "
    "https://your-company.atlassian.net.",
    "bad_address:empty": "Enter the address of your Jira. It usually looks like "
    "https://your-company.atlassian.net.",
    "bad_address:password": "Leave the name and password out of the address. "
    "The email and the API token have fields of their own.",
    "address_refused": "This server may not connect to {host}. Enter the public https address of "
    "your Jira, or ask whoever runs this application to allow that address.",
    "server_not_found": "We could not find a server at {host}. Check the address. "
    "It usually looks like https://your-company.atlassian.net.",
    "tls_failure": "The secure connection to {host} failed: {reason}. No credentials were sent. "
    "Ask whoever runs Jira to fix the certificate.",
    "plain_http": "Use https. We do not send tokens unencrypted.",
    "timed_out": "{host} did not answer within {seconds} seconds. Nothing was changed. "
    "Try again, or ask IT whether this server may reach Jira.",
    "unavailable": "Jira at {host} is out of order at the moment (error {status}). "
    "Nothing was changed. {again}.",
    "unavailable:cut": "{host} ended the connection before it had answered. "
    "Nothing was changed. {again}.",
    "not_jira": "{host} answered, but it is not Jira. "
    "Copy the address your browser shows when Jira is open.",
    "redirected": "{host} redirects to {other_host}. We did not send the token there. "
    "If that is your Jira, enter that address.",
    "broken_answer": "{host} sent an answer that cannot be read ({reason}). "
    "Nothing was changed. {again}; if this stays, ask whoever runs Jira.",
    "broken_answer:truncated": "The answer of {host} broke off in the middle. "
    "Nothing was changed. {again}.",
    "broken_answer:too large": "The answer of {host} was far larger than an answer of Jira can "
    "be, so we stopped reading it. Nothing was changed.",
    "wrong_credentials": "Jira did not accept this email and token. Check that the token belongs "
    "to {email}, then paste it again. Tokens expire after at most one year. Create a new token.",
    "wrong_credentials:password": "Jira did not accept this name and password. Check that {email} "
    "is the user name that you sign in to Jira with, and type the password again; from Jira 8.14 "
    "on a personal access token will do as well.",
    "wrong_credentials:access_token": "Jira did not accept this personal access token. It may "
    "have expired or was revoked. Create a new one in Jira, in your profile under "
    "Personal Access Tokens, then connect again.",
    "basic_off": "This Jira takes no passwords, and it did not accept this as a personal access "
    "token. Use a personal access token: create one in Jira, in your profile under "
    "Personal Access Tokens.",
    "other_account": "This personal access token belongs to {account}, not to {email}. Enter the "
    "user name or email address of its owner, or paste a token of {email}.",
    "email_needed": "This is Jira Cloud, where people sign in by email address. "
    "Enter an email address, as name@example.com.",
    "missing_scope": "The token works but may not read {what}. "
    "Create a token with read access to Jira issues and users.",
    "captcha": "Jira wants a CAPTCHA for this account after failed sign-ins. Sign in to {host} "
    "in a browser, complete it, then connect again. We have stopped trying.",
    "forbidden": "Jira refused access for {email}. Ask a Jira administrator to give this account "
    "access, or to allow this server's IP address.",
    "anonymous_answer": "Jira no longer recognises {email} and answers as if nobody were signed "
    "in. The token has probably expired or was revoked. No progress was changed. "
    "Create a new token, then connect again.",
    "anonymous_answer:password": "Jira no longer recognises {email} and answers as if nobody were "
    "signed in. The password was probably changed. No progress was changed. "
    "Enter the new one, then connect again.",
    "anonymous_answer:access_token": "Jira no longer recognises the personal access token of "
    "{email} and answers as if nobody were signed in. It has probably expired or was revoked. "
    "No progress was changed. Create a new one, then connect again.",
    "unproven_answer": "Jira gave an answer that was not meant for {email}, so we did not use "
    "it. No progress was changed. {again}.",
    "rate_limited": "Jira asked us to slow down. We will continue at {until}.",
    "query_refused": "Jira does not accept this search. "
    "Check it in Jira's own search, then paste it again.",
    "query_refused:told": "Jira does not accept this search: {messages}",
    "not_found": "Jira has no such {what}, or the connected account may not see them.",
    "link_forbidden": "The connected account may not link issues in the project of {key}, or "
    "linking is switched off in Jira.",
    "link_lost": "{key} is not in Jira any more, or the connected account may not see it.",
    "link_refused": "Jira did not take the link on {key}: {messages}",
    "write_refused": "The token works but may not change anything in Jira. Create a token that has "
    "the scope write:jira-work as well, or one without scopes, then connect again.",
    "right_missing": "The connected account may {what} in no project. Ask a Jira administrator for "
    "the permission “{permission}”.",
    "create_forbidden": "The connected account may not create issues in this project.",
    "create_refused": "Jira did not create the issue: {messages}",
    "create_unknown": "Jira did not say whether it created the issue. Wait ten seconds, then press "
    "Create issue once more: what is there already will be found and linked, not made twice.",
    "nothing_visible": "{account} can see no Jira projects, so nothing can be linked. "
    "Ask a Jira administrator for browse access.",
    "issue_unreadable": "{key} can no longer be read in Jira. "
    "It counts at its last known status until you remove it.",
    "nothing_found": "This search matches no issues now. "
    "Progress stays at {progress}% until it does.",
    "given_up": "This reading ended three times without a word, so it was given up. "
    "Nothing was changed. Ask whoever runs this application to look at its log.",
    "history_too_long": "{issues} issues are too many to read the history of: we ask Jira for "
    "{most} at most. Nothing was drawn.",
    "sealed_token": "The saved token can no longer be opened. Enter it again.",
    "token_needed": "Enter the token again. A saved token is never sent to a new address.",
}
REMEDIES = dict.fromkeys(("wrong_credentials", "missing_scope", "anonymous_answer"), NEW_TOKEN_URL)


@dataclass(frozen=True, slots=True)
class Explanation:
    """`technical` belongs under "Technical details"; `remedy_url` leads to where to act."""

    sentence: str
    remedy_url: str = ""
    technical: str = ""

    def __str__(self) -> str:
        return self.sentence


def facts_of(error: JiraError) -> dict[str, Any]:
    """What a row keeps beside the code: JSON, and for a refused address no detail to learn from."""
    facts = {name: _plain(value) for name, value in vars(error).items() if value not in ("", None)}
    if error.discreet:
        facts.pop("detail", None)
    return facts


def explain(code: str, facts: Mapping[str, Any]) -> Explanation:
    usual = SENTENCES.get(code, UNKNOWN)
    words = SENTENCES.get(f"{code}:{_variant(code, facts)}", usual)
    detail = str(facts.get("detail", ""))
    return Explanation(
        sentence=words.format_map(_Shown(facts)),
        remedy_url=str(facts.get("login_url", "")) or _remedy(code, facts),
        technical=f"{code}: {detail}" if detail else code,
    )


def explain_error(error: JiraError) -> Explanation:
    return explain(error.code, facts_of(error))


def explain_to_asker(error: JiraError) -> Explanation:
    """Whoever waits for the answer tries again themselves; nothing does it behind their back."""
    return explain(error.code, facts_of(error) | {"again": "Try again"})


def _remedy(code: str, facts: Mapping[str, Any]) -> str:
    """Where API tokens of Cloud are made; Data Center has that place in each person's profile."""
    return "" if facts.get("kind") else REMEDIES.get(code, "")


def _variant(code: str, facts: Mapping[str, Any]) -> str:
    match code:
        case "unavailable":
            return "" if facts.get("status") else "cut"
        case "wrong_credentials" | "anonymous_answer":
            return str(facts.get("kind", ""))
        case "query_refused":
            return "told" if facts.get("messages") else ""
        case _:
            return str(facts.get("reason", ""))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


class _Shown(dict[str, str]):
    """Facts as they read in a sentence, also when one was not stored."""

    MISSING = {
        "host": "the server",
        "email": "this account",
        "account": "The connected account",
        "other_host": "another address",
        "until": "a later time",
        "seconds": "10",
        "what": "issues",
        "key": "An issue",
        "again": "We will try again",
    }

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__({name: _shown(name, value) for name, value in facts.items()})

    def __missing__(self, name: str) -> str:
        return self.MISSING.get(name, "…")


def _shown(name: str, value: Any) -> str:
    if name == "until" and value:
        return timezone.localtime(datetime.fromisoformat(value)).strftime("%H:%M")
    return " ".join(value) if isinstance(value, list) else str(value)
