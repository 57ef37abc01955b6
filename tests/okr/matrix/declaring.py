"""The words in which an address says who is let in; see README.md in this folder."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from okr.models import KeyResult

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
ROLES = ("anonymous", "inactive", "elsewhere", "viewer", "owner", "manager", "admin")
SIGNED_IN = ("elsewhere", "viewer", "owner", "manager", "admin")

READING = ("GET", "HEAD")

IN, DOOR, REFUSED, UNSEEN, NOT_ALLOWED = "let in", "sent to sign in", "403", "404", "405"

Audience = Callable[[str, bool], str]
"""(role, is what it is about confidential?) → what is answered to somebody who is signed in."""


@dataclass(frozen=True)
class Declared:
    """`args` name what the address is about; each name is a noun of the world. `spoken` is JSON:
    without a session the answer is 401, not a way to the door. `deleting` where that is for others
    than `posting`."""

    methods: tuple[str, ...]
    audience: Audience
    posting: Audience
    args: dict[str, str] = field(default_factory=dict)
    open: bool = False
    spoken: bool = False
    deleting: Audience | None = None

    def expects(self, role: str, method: str, confidential: bool) -> str:
        if role not in SIGNED_IN and not self.open:
            return REFUSED if self.spoken else DOOR
        if method not in self.methods:
            return NOT_ALLOWED
        writing = self.deleting if self.deleting and method == "DELETE" else self.posting
        audience = self.audience if method in READING else writing
        return audience(role, confidential)


def route(methods: str, audience: Audience, post: Audience | None = None, **args: str) -> Declared:
    """`methods` as "GET POST"; HEAD goes with GET. `post` where fewer may send than look."""
    named = tuple(methods.split())
    with_head = (*named, "HEAD") if "GET" in named else named
    return Declared(with_head, audience, post or audience, args, open=audience is ANYBODY)


def api(
    methods: str,
    audience: Audience,
    writing: Audience | None = None,
    deleting: Audience | None = None,
    **args: str,
) -> Declared:
    """An address of the API; `writing` where fewer may change than read, `deleting` where taking
    back is for others again."""
    declared = route(methods, audience, writing, **args)
    return replace(declared, spoken=True, deleting=deleting)


def only(*roles: str, others: str = REFUSED) -> Audience:
    return lambda role, _: IN if role in roles else others


def _seen(role: str, confidential: bool) -> str:
    return UNSEEN if confidential and role == "elsewhere" else IN


def _edited(role: str, confidential: bool) -> str:
    if _seen(role, confidential) == UNSEEN:
        return UNSEEN
    return IN if role in ("owner", "manager", "admin") else REFUSED


ANYBODY: Audience = lambda _, __: IN  # noqa: E731  one of the words
EVERYBODY = only(*SIGNED_IN)
READERS: Audience = _seen
EDITORS: Audience = _edited
ADMINS = only("admin")
LEADERS = only("manager", "admin")
OWNER = only("owner", others=UNSEEN)


@dataclass(frozen=True)
class Pair:
    """What addresses name: a public one, and a confidential one that `elsewhere` may not see."""

    public: Any
    confidential: Any


Noun = Callable[[KeyResult], Any]
"""A key result of the owner, in an objective of theirs → what stands in the address."""
