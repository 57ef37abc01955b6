"""What Atlassian publishes of the answers of its organizations and of user management, in short.

Sources: Atlassian, organizations REST API and user management REST API, their OpenAPI descriptions:
the names of the fields, what they hold, which have to be there, and the words of those that have a
list of words. Where a field may be null it stands in `Maybe`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jira_sandbox.admin.refusals import NOT_MYSELF, SYNCED

Words = frozenset


@dataclass(frozen=True)
class Maybe:
    kind: Any


@dataclass(frozen=True)
class Shape:
    fields: dict[str, Any]
    needed: tuple[str, ...] = ()


def differences(told: Any, kind: Any, place: str = "") -> Iterator[str]:
    """What is there and is not published, or is not as it is published."""
    match kind:
        case Shape():
            yield from _of_shape(told, kind, place)
        case Maybe() if told is not None:
            yield from differences(told, kind.kind, place)
        case [row]:
            for number, each in enumerate(told):
                yield from differences(each, row, f"{place}[{number}]")
        case frozenset() if told not in kind:
            yield f"{place}: {told!r} is not among the words"
        case type() if type(told) is not kind:
            yield f"{place}: {told!r} is no {kind.__name__}"


def _of_shape(told: Any, shape: Shape, place: str) -> Iterator[str]:
    if not isinstance(told, dict):
        yield f"{place}: {told!r} is no object"
        return
    yield from (f"{place}.{name} is missing" for name in shape.needed if name not in told)
    for name, value in told.items():
        if name in shape.fields:
            yield from differences(value, shape.fields[name], f"{place}.{name}")
        else:
            yield f"{place}.{name} is not published"


LINK = Shape({"self": str})
CURSORS = Shape(dict.fromkeys(("self", "prev", "next"), Maybe(str)))
RELATED = Shape({"links": Shape({"related": str})})


def page(row: Any) -> Shape:
    return Shape({"data": [row], "links": CURSORS})


ORGANIZATION = Shape(
    {
        "id": str,
        "type": Words({"orgs"}),
        "attributes": Shape({"name": str}),
        "relationships": Shape({"domains": RELATED, "users": RELATED}),
        "links": LINK,
    },
    needed=("id", "type", "attributes", "relationships", "links"),
)
DIRECTORY = Shape(dict.fromkeys(("directoryId", "name", "icon"), str))
ACCOUNT_STATUS = Words({"active", "inactive", "closed"})
MEMBERSHIP = Words({"active", "suspended", "no_membership"})
ROLE = Words({f"atlassian/{name}" for name in ("org-admin", "site-admin", "user-access-admin")})
DETAILS = {
    **dict.fromkeys(("accountId", "name", "nickname", "email", "addedToOrg"), str),
    "accountType": Words({"atlassian"}),
    "status": Words({"active", "suspended", "not_invited", "deactivated", "for_deletion"}),
    "accountStatus": ACCOUNT_STATUS,
    "membershipStatus": MEMBERSHIP,
    "emailVerified": bool,
    "claimStatus": Words({"managed", "unmanaged"}),
    "platformRoles": [ROLE],
    "managementSource": Maybe(Words({"invited", "synced"})),
    "counts": Shape({"resources": int}),
}
USER_GROUP = Shape({"id": str, "name": Maybe(str), "description": Maybe(str)})
PRODUCT_ACCESS = Shape(dict.fromkeys(("key", "id", "lastActiveTimestamp"), str))
USER = Shape(
    {**DETAILS, "productAccess": [PRODUCT_ACCESS], "groups": [USER_GROUP], "links": LINK},
)
ASSIGNMENT = Shape(
    {
        **dict.fromkeys(("resourceId", "resourceOwner"), str),
        "roles": [str],
        "roleAssignments": [Shape({"role": str, "roleAssignmentMethods": [dict]})],
        "directoryId": Maybe(str),
        "userDirectoryStatus": Maybe(MEMBERSHIP),
    }
)
GROUP = Shape(
    {
        **dict.fromkeys(("id", "name", "description", "directoryId", "managedBy"), str),
        "managementAccess": Shape(dict.fromkeys(("deletable", "modifiable", "readable"), bool)),
        "externalSynced": bool,
        "counts": Shape({"users": int, "resources": int}),
        "links": LINK,
    }
)
PRODUCT = Words({"jira-software", "jira-service-desk", "jira-core", "confluence"})
MANAGED = Shape(
    {
        **dict.fromkeys(("account_id", "name", "picture", "email", "last_active"), str),
        "account_type": Words({"atlassian", "customer", "app"}),
        "account_status": ACCOUNT_STATUS,
        "access_billable": bool,
        "product_access": [
            Shape({"key": PRODUCT, **dict.fromkeys(("name", "url", "last_active"), str)})
        ],
        "links": LINK,
    },
    needed=("account_id", "account_type", "account_status", "name", "picture"),
)
MANAGED_PAGE = Shape({"data": [MANAGED], "meta": Shape({"total": int}), "links": CURSORS})
LAST_ACTIVE = Shape(
    {
        "product_access": [
            Shape(
                {"key": PRODUCT, **dict.fromkeys(("id", "last_active"), str)}
                | {"last_active_timestamp": str},
                needed=("id", "key"),
            )
        ],
        "added_to_org": Maybe(str),
        "added_to_org_timestamp": Maybe(str),
    },
    needed=("product_access",),
)
RULE = Shape({"allowed": bool, "reason": Shape({"key": Words({NOT_MYSELF, SYNCED})})}, ("allowed",))
PERMISSIONS = Shape(
    dict.fromkeys(("profile.read", "lifecycle.enablement", "lifecycle.delete"), RULE)
)
ERROR_CODES = Words(
    {
        *(f"ADMIN-400-{number}" for number in (1, 2, 3, 4, 24, 32)),
        *("ADMIN-403-3", "ADMIN-404-1", "ADMIN-404-2", "ADMIN-404-8", "ADMIN-404-10"),
        *("ADMIN-405-1", "ADMIN-409-3", "ADMIN-409-28", "ADMIN-429-1", "ADMIN-500-1"),
        *("ADMIN-UAM-400-1", "ADMIN-UAM-400-2", "ADMIN-UAM-401-1", "ADMIN-UAM-403-1"),
        *("ADMIN-UAM-404-1", "ADMIN-UAM-404-2", "ADMIN-UAM-415-1", "ADMIN-UAM-500-1"),
    }
)
ERRORS = Shape(
    {
        "errors": [
            Shape(
                {"code": ERROR_CODES, **dict.fromkeys(("id", "status", "title", "detail"), str)},
            )
        ]
    },
    needed=("errors",),
)
LIFECYCLE_ERRORS = [Shape({"code": str, "message": str, "link": str}, needed=("code",))]
FORBIDDEN = Shape({"key": Words({"forbidden"})}, needed=("key",))
FORBIDDEN_ACTION = Shape(
    {"key": Words({"forbidden.action"}), "context": RULE}, needed=("key", "context")
)
