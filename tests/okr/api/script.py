"""A script that shows a token."""

from typing import Any

from django.test import Client
from django.utils import timezone

from okr.models import ApiToken, Person


def client_of(person: Person, *scopes: str, **kwargs: Any) -> Client:
    told = ApiToken.objects.issue(
        person, "A script", scopes or ("read", "write"), by=person, at=timezone.now(), **kwargs
    )[1]
    return Client(headers={"Authorization": f"Bearer {told}"})


def send(client: Client, method: str, url: str, body: Any = None, **headers: str) -> Any:
    sent = {} if body is None else {"data": body, "content_type": "application/json"}
    return getattr(client, method)(url, headers=headers, **sent)


def faults(response: Any) -> list[str]:
    """The fields that a refusal names."""
    return [each["field"] for each in response.json().get("errors", [])]
