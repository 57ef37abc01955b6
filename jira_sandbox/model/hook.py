"""A webhook as a Jira administrator registers it, and what happens that it is told of."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

CREATED, CHANGED, DELETED = "jira:issue_created", "jira:issue_updated", "jira:issue_deleted"
EVENTS = (CREATED, CHANGED, DELETED)


@dataclass(frozen=True, slots=True)
class Hook:
    number: int
    name: str
    url: str
    secret: str
    events: tuple[str, ...]
    on_premise: bool = False

    def signature(self, body: bytes) -> str:
        return "sha256=" + hmac.new(self.secret.encode(), body, sha256).hexdigest()
