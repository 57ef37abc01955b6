"""The JSON of moments, people and the results of a search, where both editions agree."""

from datetime import UTC, datetime, timedelta, timezone

from jira_sandbox.messages import Json
from jira_sandbox.model.nouns import Account

SERVER_ZONE = timezone(timedelta(hours=1))


def moment(at: datetime) -> str:
    return _written(at.astimezone(UTC)) + "Z"


def server_moment(at: datetime) -> str:
    """In the time of the machine that Data Center runs on."""
    return _written(at.astimezone(SERVER_ZONE)) + "+01:00"


def account(base: str, account: Account) -> Json:
    """As version 1 tells it on Cloud."""
    return {
        "type": "known",
        "accountId": account.id,
        "accountType": "atlassian",
        "email": account.email if account.email_shown else "",
        "publicName": account.display,
        "profilePicture": picture("/wiki/aa-avatar"),
        "displayName": account.display,
        "isExternalCollaborator": False,
        "_expandable": {"operations": "", "personalSpace": ""},
        "_links": {"self": f"{base}/rest/api/user?accountId={account.id}"},
    }


def person(base: str, account: Account) -> Json:
    """As Data Center tells it: by name and key, without an address."""
    return {
        "type": "known",
        "username": account.name,
        "userKey": user_key(account),
        "profilePicture": picture("/images/icons/profilepics/default.svg"),
        "displayName": account.display,
        "_links": {"self": f"{base}/rest/api/user?key={user_key(account)}"},
        "_expandable": {"status": ""},
    }


def nobody(base: str) -> Json:
    return {
        "type": "anonymous",
        "profilePicture": picture("/images/icons/profilepics/anonymous.svg"),
        "displayName": "Anonymous",
        "_links": {"self": f"{base}/rest/api/user/anonymous"},
    }


def user_key(account: Account) -> str:
    """Thirty-two hexadecimal digits, and not Jira's."""
    return account.id.rpartition(":")[2].replace("-", "")


def picture(path: str) -> Json:
    return {"path": path, "width": 48, "height": 48, "isDefault": True}


def _written(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}"
