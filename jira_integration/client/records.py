"""What Jira knows, as our own small values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from .places import Shorthand

TIMES = frozenset(
    {
        *("timeoriginalestimate", "timeestimate", "timespent"),
        *("aggregatetimeoriginalestimate", "aggregatetimeestimate", "aggregatetimespent"),
    }
)
DERIVED = frozenset({"workratio"})
RANK = "-rank"
CUSTOM = "customfield_"
EPIC_LINK = "com.pyxis.greenhopper.jira:gh-epic-link"
POINT_ESTIMATE = "com.pyxis.greenhopper.jira:jsw-story-points"
NO_NUMBERS: Mapping[str, Decimal] = MappingProxyType({})
FLOAT = ".customfieldtypes:float"


class Category(StrEnum):
    """Decides by Jira's key; the names differ by language and site."""

    NEW = "new"
    INDETERMINATE = "indeterminate"
    DONE = "done"
    UNDEFINED = "undefined"

    @classmethod
    def _missing_(cls, _: object) -> "Category":
        return cls.UNDEFINED


@dataclass(frozen=True, slots=True)
class Resolution:
    id: str
    name: str


class Issue(NamedTuple):
    id: int
    """The identity: it survives moves and renames, the key does not."""
    key: str
    summary: str
    status: str
    category: Category
    type_name: str
    updated: datetime | None
    resolution: Resolution | None = None
    numbers: Mapping[str, Decimal] = NO_NUMBERS
    """The numeric fields that were asked for, by id, where the issue has them; times in hours."""
    project_id: int | None = None
    parents: frozenset[str] = frozenset()
    """Ids and keys of what it is below, where that was asked for."""
    is_subtask: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """Fields that are read beside the usual: sizes, and those that name what an issue is below."""

    numbers: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.numbers, *self.parents)


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved filter, a sprint or a fix version, as Jira names it."""

    shorthand: Shorthand
    id: int
    name: str
    place: str = ""
    """The project of a version, the state of a sprint; empty where Jira does not say."""

    @property
    def jql(self) -> str:
        return self.shorthand.query(self.id)


@dataclass(frozen=True, slots=True)
class Poisoned:
    """An issue whose body cannot be read. It was seen, so it has not vanished."""

    id: int | None
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    name: str
    email: str
    """Empty where Jira hides it."""
    login: str = ""
    """The user name, which Data Center alone has."""


@dataclass(frozen=True, slots=True)
class Server:
    title: str
    version: str
    deployment: str
    """"Cloud"; anything else is a Data Center or a server."""
    base_url: str
    numbers: tuple[int, ...] = ()
    """The version, as (9, 12, 4); empty where it cannot be told."""

    @property
    def is_cloud(self) -> bool:
        return self.deployment == "Cloud"

    @property
    def takes_access_tokens(self) -> bool:
        """Data Center knows personal access tokens from 8.14 on."""
        return not self.is_cloud and (not self.numbers or self.numbers >= (8, 14))

    @property
    def doubts_passwords(self) -> bool:
        """From 11 on Data Center takes a password only where its administrator switched that on."""
        return not self.is_cloud and self.numbers >= (11,)

    @property
    def signs_webhooks(self) -> bool:
        """Data Center signs its events from 10 on; nothing is known of it before."""
        return self.is_cloud or self.numbers >= (10,)


@dataclass(frozen=True, slots=True)
class Project:
    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    key: str
    summary: str


@dataclass(frozen=True, slots=True)
class Field:
    id: str
    name: str
    custom: bool
    kind: str
    """The value's type, as "number"."""
    custom_kind: str

    @property
    def is_number(self) -> bool:
        """Whether issues can be sized by it; what Jira works out from other fields is no size."""
        derived = self.id in DERIVED or self.custom_kind.endswith(RANK)
        return self.kind == "number" and not derived

    @property
    def is_time(self) -> bool:
        """Jira counts it in seconds, we in hours."""
        return self.id in TIMES

    @property
    def epic_link(self) -> str:
        """Its number, if stories name their epic in it; empty otherwise."""
        named = self.id.removeprefix(CUSTOM) if self.custom_kind == EPIC_LINK else ""
        return named if named.isdecimal() else ""

    @property
    def is_points(self) -> bool:
        """Both kinds of story points that a site may have at once."""
        if self.custom_kind == POINT_ESTIMATE:
            return True
        return self.custom_kind.endswith(FLOAT) and self.name.casefold() == "story points"


@dataclass(frozen=True, slots=True)
class Status:
    id: str
    name: str
    category: Category


@dataclass(frozen=True, slots=True)
class RemoteLink:
    """What an issue shows of something outside Jira; `global_id` is who it is, for ever."""

    global_id: str
    url: str
    title: str
    summary: str
    status: str
    """Told by its icon."""
    resolved: bool
    """Jira strikes it through."""
    relationship: str
    application: str
    application_type: str
    icon_url: str
    status_icon_url: str


@dataclass(frozen=True, slots=True)
class IssueType:
    id: str
    name: str
    is_subtask: bool = False


@dataclass(frozen=True, slots=True)
class NeededField:
    id: str
    name: str
    is_needed: bool = True
    """Whether Jira wants it from whoever creates an issue."""


@dataclass(frozen=True, slots=True)
class NewIssue:
    id: int
    key: str
