"""What a token was made for: refused by default, and by the scope that is missing."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from okr.models import ApiToken, Person
from okr.models.api_token import Scope


class Scoped(BasePermission):
    """A view names in `scopes` what each method needs; without it reading and writing differ.

    Whoever is signed in with a browser has every scope: the session is the person.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.user, Person):
            return False
        scope = needed(request, view)
        token = request.auth
        self.message = f"This token lacks the scope “{scope}”."
        return not isinstance(token, ApiToken) or token.allows(scope)


def needed(request: Request, view: Any) -> str:
    named: dict[str, str] = getattr(view, "scopes", {})
    usual = Scope.READ if request.method in SAFE_METHODS else Scope.WRITE
    return str(named.get(str(request.method), usual))
