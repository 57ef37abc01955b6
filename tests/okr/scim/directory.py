"""A directory that shows its token."""

from typing import Any

from django.test import Client
from django.utils import timezone

from okr.models import DirectoryToken, Person

BASE = "/scim/v2"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
WORK = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class Directory:
    def __init__(self, by: Person) -> None:
        self.token, self.told = DirectoryToken.objects.issue("Entra", by=by, at=timezone.now())
        self.client = Client(headers={"Authorization": f"Bearer {self.told}"})

    def get(self, place: str, **query: Any) -> Any:
        return self.client.get(BASE + place, query)

    def send(self, method: str, place: str, body: Any = None, **headers: str) -> Any:
        sent = {"data": body, "content_type": "application/scim+json"} if body else {}
        return getattr(self.client, method)(BASE + place, headers=headers, **sent)

    def patch(self, place: str, *operations: Any) -> Any:
        return self.send("patch", place, {"schemas": [PATCH], "Operations": list(operations)})


def user(email: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "schemas": [USER],
        "userName": email,
        "displayName": name,
        "emails": [{"value": email, "type": "work", "primary": True}],
        "active": True,
        **more,
    }
