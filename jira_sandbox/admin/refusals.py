"""How the two APIs say no: organizations with a list of errors, user management with a key.

Codes and shapes: Atlassian, organizations REST API (`ApplicationError`, `ApiError`) and user
management REST API (`ForbiddenActionResponse`, `LifecycleErrors`).
"""

from typing import Any
from uuid import uuid4

from jira_sandbox.messages import RefusedError, Response, json_response

TITLES = {
    "ADMIN-400-1": "Invalid page cursor",
    "ADMIN-400-24": "Invalid request body",
    "ADMIN-UAM-400-2": "Inactive user",
    "ADMIN-UAM-401-1": "Unauthenticated",
    "ADMIN-403-3": "Not allowed to manage the org",
    "ADMIN-UAM-403-1": "Forbidden",
    "ADMIN-404-1": "Unknown resource",
    "ADMIN-404-2": "Organization not found",
    "ADMIN-404-8": "User not found",
    "ADMIN-404-10": "Group not found",
    "ADMIN-405-1": "Method not supported",
    "ADMIN-409-28": "Conflict",
    "ADMIN-UAM-415-1": "Unsupported Media Type",
    "ADMIN-429-1": "Rate limit exceeded",
}
GENERAL = {
    401: "ADMIN-UAM-401-1",
    403: "ADMIN-403-3",
    404: "ADMIN-404-1",
    405: "ADMIN-405-1",
    415: "ADMIN-UAM-415-1",
    429: "ADMIN-429-1",
}
"""What the sandbox says of a request at large, in the words of this API."""

PREFIXES = ("/admin/", "/users/")
NOT_MYSELF = "administrative.notMyself"
SYNCED = "externalDirectory.scim"


class DeclinedError(Exception):
    """Carries the answer."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(str(body))
        self.response: Response = json_response(body, status)


def declined(code: str, detail: str = "") -> DeclinedError:
    """By the organizations API; the status is a part of the code."""
    status = next(part for part in code.split("-") if part.isdecimal())
    error = {"id": str(uuid4()), "status": status, "code": code, "title": TITLES[code]}
    return DeclinedError(int(status), {"errors": [error | ({"detail": detail} if detail else {})]})


def translated(error: RefusedError) -> DeclinedError:
    return declined(GENERAL.get(error.status, "ADMIN-400-24"), error.messages[0])


def unmanageable(reason: str) -> DeclinedError:
    """By user management: the account is managed here, but this is not done to it."""
    context = {"allowed": False, "reason": {"key": reason}}
    return DeclinedError(403, {"key": "forbidden.action", "context": context})


def ineligible(code: str, message: str) -> DeclinedError:
    """By user management: not as the account stands now."""
    return DeclinedError(409, [{"code": code, "message": message}])
