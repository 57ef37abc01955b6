"""What keeps credentials asks a session as the pages do; a token is proof in itself."""

from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from okr.confirming import is_confirmed

KEEPING = frozenset(("POST", "PATCH"))
UNCONFIRMED = "Prove at /confirm/ that it is you, then send this again; or use a token."


def refuse_unconfirmed(request: Request) -> None:
    if request.auth is None and not is_confirmed(request._request):
        raise PermissionDenied(UNCONFIRMED)
