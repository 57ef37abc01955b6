"""Tokens of the sandbox that come and go while a test looks on."""

from dataclasses import replace
from typing import Any

from django.test import Client

from jira_integration.models import CredentialChange
from jira_sandbox.testing import SandboxJira
from tests.jira_integration.seen import url

SECOND = "a-second-token-of-the-sandbox"


def grant(jira: SandboxJira, secret: str = SECOND, like: str = "") -> str:
    """A further token that may what the usual one may, or one that is named."""
    (token,) = [each for each in jira.site.tokens.values() if each.secret == (like or jira.token)]
    made = replace(token, secret=secret)
    jira.site.tokens[made.account.email, secret] = made
    return secret


def revoke(jira: SandboxJira, secret: str = "") -> None:
    gone = [name for name in jira.site.tokens if name[1] == (secret or jira.token)]
    for name in gone:
        del jira.site.tokens[name]


def put(admin: Client, jira: SandboxJira, **typed: Any) -> Any:
    """The dialog that puts a successor in place, filled in with a new token of the same account."""
    grant(jira)
    return admin.post(url("successor"), {"email": jira.email, "token": SECOND, **typed})


def causes() -> list[str]:
    """Why credentials changed, the first first."""
    return [str(each.cause) for each in CredentialChange.objects.order_by("pk")]
