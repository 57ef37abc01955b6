"""What a token was made for: refused by default, and by the scope that is missing."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from okr.models import ApiToken, Person
from okr.models.api_token import Scope

ADMINS_ONLY = "Only OKR admins may do this."
LACKING = "This token lacks the scope “{}”."
NEEDS_ADMIN = f"{ADMINS_ONLY} A token needs the scope “{Scope.ADMIN.value}” besides."
FOR_ADMINS = dict.fromkeys(("GET", "POST", "PATCH", "DELETE"), Scope.ADMIN)
KEPT_BY_ADMINS = dict.fromkeys(("POST", "PATCH", "DELETE"), Scope.ADMIN)
"""Everybody reads it, and OKR admins keep it."""


class Scoped(BasePermission):
    """A view names in `scopes` what each method needs; without it reading and writing differ.

    Whoever is signed in with a browser has every scope: the session is the person. The scope of
    admins needs an admin besides.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.user, Person):
            return False
        if request.method not in view.allowed_methods:
            return True  # answered by 405
        scope = needed(view, str(request.method))
        if scope == Scope.ADMIN and not request.user.is_okr_admin:
            self.message = ADMINS_ONLY
            return False
        self.message = LACKING.format(scope)
        return allows(request, scope)


def needed(view: Any, method: str) -> str:
    named: dict[str, str] = getattr(view, "scopes", {})
    usual = Scope.READ if method in SAFE_METHODS else Scope.WRITE
    return str(named.get("GET" if method == "HEAD" else method, usual))


def allows(request: Request, scope: str) -> bool:
    token = request.auth
    return not isinstance(token, ApiToken) or token.allows(scope)


def is_for_admin(request: Request) -> bool:
    """Whether an OKR admin asks, by a token that may do what they do."""
    user: Any = request.user
    return bool(user.is_okr_admin) and allows(request, Scope.ADMIN)
