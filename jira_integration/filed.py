"""What feeds a key result, as a file of OKRs says it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jira_integration.calculation import Measure, Without
from jira_integration.descending import EVERY_LEVEL
from jira_integration.forms.link import KEY
from jira_integration.models import JiraLink, LinkKind
from jira_integration.models.link import HEAVIEST, LIGHTEST
from jira_integration.models.wanted import LEVELS
from okr.as_code.fields import Field, WrongError, by_name, choice, number, rows, taken, words
from okr.as_code.reading import NOWHERE, Node, Place

BELOW = "below"
KINDS = {
    "issue": LinkKind.ISSUE,
    BELOW: LinkKind.CHILDREN,
    "jql": LinkKind.QUERY,
    "filter": LinkKind.FILTER,
    "sprint": LinkKind.SPRINT,
    "version": LinkKind.VERSION,
}
NAMES = {kind.value: name for name, kind in KINDS.items()}
ALL = "all"
DEPTHS = {str(depth) if depth != EVERY_LEVEL else ALL: depth for depth in LEVELS}
ONE_OF = f"Say one of these of each link: {', '.join(KINDS)}."
NO_KEY = "Write the key of an issue, as PLAT-12."
NO_NUMBER = "Write Jira's number of it, as its address has it."
NO_WEIGHT = f"Write a whole number from {LIGHTEST} to {HEAVIEST}."
ONLY_BELOW = "Levels are for what is below an issue."


@dataclass(frozen=True, slots=True)
class Said:
    """A link: `what` is a key, JQL or a number; where it stands in the file does not count."""

    kind: str
    what: str
    levels: str = ""
    site: str = ""
    weight: str = "1"
    place: Place = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        levels = f", levels {self.levels}" if self.levels else ""
        site = f" in {self.site}" if self.site else ""
        weight = f", weight {self.weight}" if self.weight != "1" else ""
        return f"{self.kind} {self.what}{site}{levels}{weight}"

    @property
    def finds(self) -> tuple[str, ...]:
        """What makes it the same link."""
        return self.kind, self.what, self.levels, self.site


@dataclass(frozen=True, slots=True)
class Feed:
    """`fields` are pairs of a site's name and the fields by which its issues are weighed."""

    links: tuple[Said, ...] = ()
    measure: str = Measure.MEAN.value
    fields: tuple[tuple[str, str], ...] = ()
    without: str = Without.AVERAGE.value
    place: Place = field(default=NOWHERE, compare=False)

    def __post_init__(self) -> None:
        """Always in one order; and where nothing is weighed by a field, an empty one means
        nothing."""
        object.__setattr__(self, "links", tuple(sorted(self.links, key=_in_order)))
        if not self.fields:
            object.__setattr__(self, "without", Without.AVERAGE.value)

    def __str__(self) -> str:
        return "; ".join(self.listed)

    @property
    def listed(self) -> list[str]:
        fields = [f"{name} of {site}" if site else name for site, name in self.fields]
        told = [self.measure, *fields, *([self.without] if fields else [])]
        return [*map(str, self.links), *([] if told == [Measure.MEAN.value] else told)]


def _in_order(said: Said) -> tuple[object, ...]:
    """PLAT-9 stands before PLAT-10."""
    parts = re.split("([0-9]+)", said.what)
    what = [int(part) if place % 2 else part for place, part in enumerate(parts)]
    return list(KINDS).index(said.kind), said.site, what, said.levels


def _links(node: Node) -> tuple[Said, ...]:
    return tuple(_link(each) for each in rows(node))


def _link(node: Node) -> Said:
    told = taken(node, LINK)
    kinds = [name for name in KINDS if told[name]]
    if len(kinds) != 1:
        raise WrongError(ONE_OF, node.place)
    (kind,) = kinds
    what = told[kind]
    if kind in ("issue", BELOW) and not KEY.fullmatch(what):
        raise WrongError(NO_KEY, node.place, kind)
    if kind in ("filter", "sprint", "version") and not (what.isdecimal() and len(what) < 19):
        raise WrongError(NO_NUMBER, node.place, kind)
    if kind != BELOW and told["levels"]:
        raise WrongError(ONLY_BELOW, node.place, "levels")
    weight = told["weight"]
    if not (weight.isdecimal() and LIGHTEST <= int(weight[:9]) <= HEAVIEST):
        raise WrongError(NO_WEIGHT, node.place, "weight")
    levels = (told["levels"] or "1") if kind == BELOW else ""
    return Said(kind, what, levels, told["site"], weight, node.place)


def _fields(node: Node) -> tuple[tuple[str, str], ...]:
    told = (taken(each, FIELD) for each in rows(node))
    return tuple(sorted((each["site"], each["field"]) for each in told))


LINK: Mapping[str, Field] = by_name(
    *(Field(name, words) for name in KINDS),
    Field("levels", choice(*DEPTHS)),
    Field("site", words),
    Field("weight", number, "1"),
)
FIELD = by_name(Field("site", words), Field("field", words))
FEED = by_name(
    Field("measure", choice(*(each.value for each in Measure)), Measure.MEAN.value),
    Field("fields", _fields, ()),
    Field("without", choice(*(each.value for each in Without)), Without.AVERAGE.value),
    Field("links", _links, ()),
)


def read(node: Node) -> Feed:
    """Raises WrongError."""
    told = taken(node, FEED)
    usual = {name: each.usual for name, each in FEED.items()}
    return Feed(**{name: told[name] or usual[name] for name in FEED}, place=node.place)


def dumped(feed: Feed) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in ("measure", "without"):
        if getattr(feed, name) != FEED[name].usual:
            told[name] = getattr(feed, name)
    if feed.fields:
        told["fields"] = [
            {"site": site, "field": name} if site else {"field": name} for site, name in feed.fields
        ]
    told["links"] = [_dumped(each) for each in feed.links]
    return told


def _dumped(said: Said) -> dict[str, Any]:
    told: dict[str, Any] = {said.kind: said.what if said.kind == "jql" else _bare(said.what)}
    if said.levels not in ("", "1"):
        told["levels"] = _bare(said.levels)
    if said.site:
        told["site"] = said.site
    if said.weight != "1":
        told["weight"] = int(said.weight)
    return told


def _bare(text: str) -> Any:
    return int(text) if text.isdecimal() else text


def said_of(link: JiraLink, *, named: bool) -> Said:
    kind, issue = NAMES[link.kind], link.issue
    what = issue.key if issue else str(link.kept_id or link.jql.strip())
    depth = {number: word for word, number in DEPTHS.items()}
    levels = depth[link.depth or EVERY_LEVEL] if kind == BELOW else ""
    site = link.connection.name if named else ""
    return Said(kind, what, levels, site, str(link.weight))
