"""What a run is about to read, as plain values: no query is behind them any more."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from jira_integration.calculation import IssueId, Method, Scale, Work
from jira_integration.counting import Way
from jira_integration.descending import Top

MEAN = Way()
Search = str | Top


@dataclass(slots=True)
class PlannedLink:
    """A link as it was when it was looked at.

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
    """What one run reads of its `site`, our number of the connection, and by which rules.

    `issue_ids` are linked one by one and have to be read, each once; `hinted` are changed issues
    that searches found: read by number, since Jira's search lags behind. `searching` are the links
    that search, `keys` the last known ones of their tops, by number. `known` is how many issues
    count until now. `noted` are the links of this site that no reading has seen yet, or that
    somebody waits for.

    `marks` are the issues that Jira said have changed, and the events that said so; where
    `partial`, they alone are read, and searches run if they have to. `numbers` are the fields to
    read, `gone` those that Jira no longer lists. `key_results` are the only ones to work out; None
    where it is all of the site, or as far as `sparing` allows: those alone for which something
    moved. `outside` lies in no chosen project and counts nowhere; None: as the database tells.
    """

    site: int
    scale: Scale
    left_out: dict[int, frozenset[str]] = field(default_factory=dict)
    issue_ids: list[int] = field(default_factory=list)
    hinted: list[int] = field(default_factory=list)
    searching: tuple[PlannedLink, ...] = ()
    keys: dict[int, str] = field(default_factory=dict)
    known: int = 0
    noted: frozenset[int] = frozenset()
    numbers: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()
    marks: dict[int, list[int]] = field(default_factory=dict)
    partial: bool = False
    searches: bool = True
    sparing: bool = False
    key_results: tuple[int, ...] | None = None
    outside: frozenset[IssueId] | None = None

    @property
    def queries(self) -> list[str]:
        return sorted({link.jql for link in self.searching if link.jql})

    @property
    def tops(self) -> list[Top]:
        return sorted({link.top for link in self.searching if link.top})

    @property
    def concerns_nothing(self) -> bool:
        """An event about issues that count nowhere."""
        return self.partial and not self.key_results

    def method_of(self, way: Way, sites: Iterable[int]) -> Method:
        out = {site: self.left_out[site] for site in sites if self.left_out.get(site)}
        return way.method(self.scale, out)
