"""The JSON of accounts, groups and the other things inside an organization.

Shapes: Atlassian, organizations REST API (`MultiDirectoryUser`, `MultiDirectoryUserGroup`,
`MultiDirectoryProductAccess`, `MultiDirectoryUserRoleAssignment`, `UserPage`, `OrgModel`).
"""

from datetime import datetime

from jira_sandbox.admin.filters import USER
from jira_sandbox.messages import Json
from jira_sandbox.model.organization import Group, Organization
from jira_sandbox.model.profile import Profile

PRODUCTS = {
    "jira-software": "Jira",
    "confluence": "Confluence",
    "jira-servicedesk": "Jira Service Management",
}
OLDER_KEYS = {"jira-servicedesk": "jira-service-desk"}
"""How the first version of the API spells a product otherwise."""
ROLES, RESOURCES = "platformRoles", "counts.resources"
PRODUCT_ACCESS, GROUPS = "productAccess", "groups"
EXPANSIONS = (ROLES, RESOURCES, PRODUCT_ACCESS, GROUPS)


def moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


def user(profile: Profile, now: datetime) -> Json:
    """Without all that has to be asked for. An address that is not shown is not there at all."""
    body: Json = {
        "accountId": profile.id,
        "accountType": "atlassian",
        "status": profile.status(now),
        "accountStatus": profile.at(now),
        "membershipStatus": profile.membership,
        "addedToOrg": moment(profile.added),
        "name": profile.display,
        "nickname": profile.display.partition(" ")[0],
        "emailVerified": bool(profile.email),
        "claimStatus": "managed" if profile.managed else "unmanaged",
        "managementSource": "synced" if profile.synced else "invited",
        "links": {"self": profile.id},
    }
    return body | ({"email": profile.shown_email} if profile.shown_email else {})


def expansions(profile: Profile, home: Organization, site_id: str) -> Json:
    """All that can be asked for, by its name. A product never used is not among the access."""
    groups = (group for group in home.groups if group.name in profile.groups)
    return {
        ROLES: list(profile.roles),
        RESOURCES: {"resources": len(profile.products)},
        PRODUCT_ACCESS: [
            {"key": key, "id": ari(key, site_id), "lastActiveTimestamp": moment(at)}
            for key, at in profile.seen.items()
        ],
        GROUPS: [
            {"id": group.id, "name": group.name, "description": group.description}
            for group in groups
        ],
    }


def managed(profile: Profile, address: str, site_root: str, now: datetime) -> Json:
    """As the older list of managed accounts tells it."""
    body: Json = {
        "account_id": profile.id,
        "account_type": "atlassian",
        "account_status": profile.at(now),
        "name": profile.display,
        "picture": "",
        "email": profile.email,
        "access_billable": bool(profile.products),
        "product_access": [
            {
                "key": OLDER_KEYS.get(key, key),
                "name": PRODUCTS[key],
                "url": site_root,
                "last_active": moment(at),
            }
            for key, at in profile.seen.items()
        ],
        "links": {"self": f"{address}/users/{profile.id}"},
    }
    return body | ({"last_active": moment(profile.last_seen)} if profile.last_seen else {})


def last_active(profile: Profile, site_id: str) -> Json:
    """By the day and by the second: Atlassian tells both."""
    access = [
        {
            "id": ari(key, site_id),
            "key": OLDER_KEYS.get(key, key),
            "last_active": f"{at:%Y-%m-%d}",
            "last_active_timestamp": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        }
        for key, at in profile.seen.items()
    ]
    return {
        "product_access": access,
        "added_to_org": f"{profile.added:%Y-%m-%d}",
        "added_to_org_timestamp": f"{profile.added:%Y-%m-%dT%H:%M:%SZ}",
    }


def assignments(profile: Profile, home: Organization, site_id: str) -> list[Json]:
    """What it may open, and then what it may administer, which belongs to no directory."""
    directory, membership = next(iter(profile.directories.items()), (None, None))
    opened = [
        _assignment(ari(key, site_id), key, USER, directory, membership) for key in profile.products
    ]
    above = f"ari:cloud:platform::org/{home.id}"
    return opened + [_assignment(above, "platform", role, None, None) for role in profile.roles]


def _assignment(
    resource: str, owner: str, role: str, directory: str | None, membership: str | None
) -> Json:
    return {
        "resourceId": resource,
        "resourceOwner": owner,
        "roles": [role],
        "roleAssignments": [{"role": role, "roleAssignmentMethods": []}],
        "directoryId": directory,
        "userDirectoryStatus": membership,
    }


def group(group: Group, home: Organization) -> Json:
    members = sum(group.name in profile.groups for profile in home.listed())
    return {
        "id": group.id,
        "name": group.name,
        "description": group.description,
        "directoryId": group.directory.id,
        "managementAccess": {"deletable": True, "modifiable": True, "readable": True},
        "externalSynced": False,
        "managedBy": "admins",
        "counts": {"users": members, "resources": 0},
        "links": {"self": group.id},
    }


def organization(home: Organization, address: str) -> Json:
    related = {name: {"links": {"related": f"{address}/{name}"}} for name in ("domains", "users")}
    return {
        "id": home.id,
        "type": "orgs",
        "attributes": {"name": home.name},
        "relationships": related,
        "links": {"self": address},
    }


def ari(product: str, site_id: str) -> str:
    return f"ari:cloud:{product}::site/{site_id}"
