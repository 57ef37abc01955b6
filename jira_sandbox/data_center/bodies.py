"""Cloud's bodies as Data Center writes them: people by name, and nothing that it does not have."""

from collections.abc import Mapping
from typing import Any

from jira_sandbox.cloud.bodies import avatars
from jira_sandbox.messages import Json
from jira_sandbox.model.nouns import Account

CLOUD_ONLY = frozenset(
    {"hierarchyLevel", "simplified", "scope", "style", "isPrivate", "entityId", "fieldId"}
)


def person(root: str, account: Account) -> Json:
    body = {
        "self": f"{root}/rest/api/2/user?username={account.name}",
        "name": account.name,
        "key": account.key,
        "avatarUrls": avatars(f"{root}/secure/useravatar"),
        "displayName": account.display,
        "active": account.active,
        "timeZone": "Etc/UTC",
    }
    return body | ({"emailAddress": account.email} if account.email_shown else {})


def translated(body: Any, root: str, people: Mapping[str, Account]) -> Any:
    """`people` are the accounts by the id that they have on Cloud."""
    if isinstance(body, list):
        return [translated(each, root, people) for each in body]
    if not isinstance(body, dict):
        return body
    if "accountId" in body:
        return person(root, people[body["accountId"]])
    kept = {name: value for name, value in body.items() if name not in CLOUD_ONLY}
    return {name: translated(value, root, people) for name, value in kept.items()}
