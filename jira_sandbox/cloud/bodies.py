"""The JSON of people, statuses, projects and the other small things inside an issue."""

from datetime import datetime
from urllib.parse import quote

from jira_sandbox.messages import Json
from jira_sandbox.model.catalogue import EVERY_PRIORITY, PRIORITIES, Category, Kind, Resolution
from jira_sandbox.model.issue import Difference
from jira_sandbox.model.nouns import Account, Project, Status
from jira_sandbox.model.planning import Release, Sprint

SIZES = {"48x48": "", "24x24": "?size=small", "16x16": "?size=xsmall", "32x32": "?size=medium"}


def moment(at: datetime) -> str:
    """ISO with milliseconds and an offset without colon, as every Jira writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}+0000"


def category(api: str, category: Category) -> Json:
    return {
        "self": f"{api}/statuscategory/{category.id}",
        "id": category.id,
        "key": category.key,
        "colorName": category.colour,
        "name": category.name,
    }


def status(api: str, status: Status) -> Json:
    return {
        "self": f"{api}/status/{status.id}",
        "description": "",
        "iconUrl": f"{api.partition('/rest')[0]}/",
        "name": status.name,
        "id": status.id,
        "statusCategory": category(api, status.category),
    }


def account(api: str, account: Account) -> Json:
    body: Json = {
        "self": f"{api}/user?accountId={quote(account.id)}",
        "accountId": account.id,
        "avatarUrls": avatars(f"{api}/universal_avatar/view/type/user/avatar/{account.id[-4:]}"),
        "displayName": account.display,
        "active": account.active,
        "timeZone": "Etc/UTC",
        "accountType": "atlassian",
    }
    return body | ({"emailAddress": account.email} if account.email_shown else {})


def kind(api: str, kind: Kind) -> Json:
    return {
        "self": f"{api}/issuetype/{kind.id}",
        "id": kind.id,
        "description": kind.description,
        "iconUrl": f"{api}/universal_avatar/view/type/issuetype/avatar/{kind.id}?size=medium",
        "name": kind.name,
        "subtask": kind.level < 0,
        "hierarchyLevel": kind.level,
    }


def project(api: str, project: Project) -> Json:
    return {
        "self": f"{api}/project/{project.id}",
        "id": project.id,
        "key": project.key,
        "name": project.name,
        "projectTypeKey": "software",
        "simplified": project.team_managed,
        "avatarUrls": avatars(f"{api}/universal_avatar/view/type/project/avatar/{project.id}"),
    }


def resolution(api: str, resolution: Resolution) -> Json:
    return {
        "self": f"{api}/resolution/{resolution.id}",
        "id": resolution.id,
        "description": resolution.description,
        "name": resolution.name,
    }


def difference(difference: Difference) -> Json:
    """As a changelog and an event tell it; what is not there is null."""
    return {
        "field": difference.field,
        "fieldtype": "custom" if difference.custom else "jira",
        "fieldId": difference.custom or difference.field.lower(),
        "from": difference.old,
        "fromString": difference.old_text,
        "to": difference.new,
        "toString": difference.new_text,
    }


def priority(api: str) -> Json:
    return {
        "self": f"{api}/priority/{EVERY_PRIORITY}",
        "iconUrl": f"{api.partition('/rest')[0]}/images/icons/priorities/medium.svg",
        "name": PRIORITIES[EVERY_PRIORITY],
        "id": EVERY_PRIORITY,
    }


def sprint(sprint: Sprint) -> Json:
    return {
        "id": sprint.id,
        "name": sprint.name,
        "state": sprint.state,
        "boardId": 1,
        "goal": "",
    }


def release(api: str, release: Release) -> Json:
    body = {"self": f"{api}/version/{release.id}", "id": release.id, "name": release.name}
    return body | {"archived": False, "released": False}


def avatars(address: str) -> Json:
    return {size: address + suffix for size, suffix in SIZES.items()}
