"""What a run is about to read, as plain values: no query is behind them any more."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from jira_integration.calculation import IssueId, Method, Scale, Work
from jira_integration.counting import Seen, Way
from jira_integration.descending import Top

MEAN = Way()
Search = str | Top


@dataclass(slots=True)
class PlannedLink:
    """A link as it was when the run began.

    `issue` is the linked issue, or None for a search; `top` is what issues are below of that
    count. `counted` is what counted in the last measurement, `requeried` says that it was found by
    another query than this one.
    """

    id: int
    key_result_id: int
    site: int
    issue: IssueId | None
    jql: str
    weight: int
    top: Top | None
    requeried: bool
    failure_code: str
    read_at: datetime | None
    counted: dict[IssueId, Work] = field(default_factory=dict)

    @property
    def search(self) -> Search:
        """What Jira is asked for it; empty where that is the issue itself."""
        return self.top or self.jql


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run reads of its `site`, our number of the connection.

    `links` are all links of the key results concerned; those to other sites are not read, and
    count as their mirror tells. `mirror` is the last known state of every issue that counts,
    `changed_at` when Jira changed it to that, and `lost` are those of this site that could not be
    read the last time. `marks` are the issues that Jira said have changed, and the events that said
    so; where `partial`, they alone are read, and searches run if they have to. `keys` are the last
    known ones of the tops, by number. `numbers` are the fields to read, `gone` those that Jira no
    longer lists. `ways` names what was chosen for a key result; the others are the mean. `unlinked`
    counted by links that are gone, `measured_at` is when what mixes sites was measured last.
    `outside` lies in no chosen project and counts nowhere.
    """

    site: int
    scale: Scale
    links: tuple[PlannedLink, ...]
    mirror: dict[IssueId, Seen] = field(default_factory=dict)
    changed_at: dict[int, datetime] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    ways: dict[int, Way] = field(default_factory=dict)
    left_out: dict[int, frozenset[str]] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()
    unlinked: dict[int, dict[IssueId, Work]] = field(default_factory=dict)
    measured_at: dict[int, datetime | None] = field(default_factory=dict)
    outside: set[IssueId] = field(default_factory=set)
    marks: dict[int, list[int]] = field(default_factory=dict)
    partial: bool = False
    searches: bool = True
    keys: dict[int, str] = field(default_factory=dict)

    @property
    def own_links(self) -> list[PlannedLink]:
        """Those to the site that is read."""
        return [link for link in self.links if link.site == self.site]

    @property
    def known(self) -> set[int]:
        """The issues of this site that count, by Jira's number."""
        return {name.number for name in self.mirror if name.site == self.site}

    @property
    def issue_ids(self) -> list[int]:
        """Issues that are linked one by one and have to be read, each once."""
        linked = {link.issue.number for link in self.own_links if link.issue} | self.keys.keys()
        return sorted(linked & self.marks.keys() if self.partial else linked)

    @property
    def hinted(self) -> list[int]:
        """Changed issues that searches found: read by number, since Jira's search lags behind."""
        return sorted((self.marks.keys() & self.known) - set(self.issue_ids))

    @property
    def has_queries(self) -> bool:
        return any(link.search for link in self.own_links)

    @property
    def queries(self) -> list[str]:
        return sorted({link.jql for link in self.own_links if link.jql})

    @property
    def tops(self) -> list[Top]:
        return sorted({link.top for link in self.own_links if link.top})

    def way_of(self, key_result_id: int) -> Way:
        return self.ways.get(key_result_id, MEAN)

    def method_of(self, key_result_id: int, sites: Iterable[int]) -> Method:
        out = {site: self.left_out[site] for site in sites if self.left_out.get(site)}
        return self.way_of(key_result_id).method(self.scale, out)

    def know(
        self, name: IssueId, told: Seen, changed_at: datetime | None, lost: datetime | None
    ) -> None:
        self.mirror[name] = told
        if name.site == self.site and changed_at:
            self.changed_at[name.number] = changed_at
        if name.site == self.site and lost:
            self.lost.add(name.number)
