"""What callers write onto issues, and what keeps them from it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

LIMITS = ((20, timedelta(seconds=2)), (100, timedelta(seconds=30)))
"""How many writes one issue takes in how much time."""

NEEDED = {"company": {"SEC": (("components", "Component"),)}}
"""By seed and project: the fields without which it takes no issue, by id and label."""


@dataclass(frozen=True, slots=True)
class RemoteLink:
    """`body` holds application, relationship and object as they were sent last."""

    number: int
    global_id: str
    body: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self.body["object"]["title"])

    @property
    def url(self) -> str:
        return str(self.body["object"]["url"])

    @property
    def relationship(self) -> str:
        return str(self.body.get("relationship") or "links to")

    @property
    def resolved(self) -> bool:
        return (self.body["object"].get("status") or {}).get("resolved") is True


class Outside:
    """`withheld` are permissions that a project gives to administrators alone."""

    def __init__(self, seed: str) -> None:
        self.links: dict[int, dict[str, RemoteLink]] = defaultdict(dict)
        self.descriptions: dict[int, str] = {}
        self.withheld: set[tuple[str, str]] = set()
        self.needed = dict(NEEDED.get(seed, {}))
        self._writes: dict[int, list[datetime]] = defaultdict(list)

    def link(self, issue_id: int, global_id: str, body: dict[str, Any]) -> RemoteLink:
        """Made anew, or in the place of the one with the same global id."""
        links = self.links[issue_id]
        number = links[global_id].number if global_id in links else self._next_number()
        name = global_id or f"#{number}"
        links[name] = RemoteLink(number, global_id, body)
        return links[name]

    def wait(self, issue_id: int, now: datetime) -> timedelta:
        """How long this issue takes no more writes; nothing where it takes this one."""
        longest = LIMITS[-1][1]
        lately = [at for at in self._writes[issue_id] if at > now - longest]
        self._writes[issue_id] = lately
        for most, window in LIMITS:
            inside = [at for at in lately if at > now - window]
            if len(inside) >= most:
                return inside[0] + window - now
        lately.append(now)
        return timedelta(0)

    def body(self) -> dict[str, Any]:
        """As the state file keeps it."""
        links = [
            [issue, link.number, link.global_id, link.body]
            for issue, found in self.links.items()
            for link in found.values()
        ]
        return {"links": links, "descriptions": list(self.descriptions.items())}

    def restore(self, body: dict[str, Any]) -> None:
        self.descriptions = dict(body.get("descriptions", []))
        for issue, number, global_id, kept in body.get("links", []):
            self.links[issue][global_id or f"#{number}"] = RemoteLink(number, global_id, kept)

    def _next_number(self) -> int:
        numbers = [link.number for found in self.links.values() for link in found.values()]
        return max(numbers, default=9_999) + 1
