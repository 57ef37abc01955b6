"""What a person typed into the link dialog, and what Jira says to it."""

from dataclasses import dataclass, field

from jira_integration.client import (
    Issue,
    IssueKeys,
    Jql,
    Kept,
    Named,
    Reference,
    Suggestion,
    Words,
    read_reference,
)
from jira_integration.models import JiraConnection, Wanted

MOST_SHOWN = 10
MOST_READ = 1_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What the dialog holds: what stands in the field, and what was picked before.

    `kept` is a filter, a sprint or a version that was picked from the list; `depth` says how many
    levels below the one issue count instead of the issue itself, None where the issue counts.
    """

    text: str = ""
    as_jql: bool = False
    picked: tuple[str, ...] = ()
    kept: Named | None = None
    depth: int | None = None

    def means(self, connection: JiraConnection) -> Reference:
        found = read_reference(self.text, connection.site)
        written = self.as_jql and self.text and "://" not in self.text
        if written and isinstance(found, Words | IssueKeys):
            return Jql(self.text)
        if self.kept and isinstance(found, Words) and not found.words:
            return self.kept
        return found


@dataclass(slots=True)
class Proposal:
    """What the Jira of a `site` says to it.

    `matches` is what the query finds, or what is below the one issue, all of it only if `whole`.
    `children` is how many issues are right below the one that was chosen, None where that was not
    asked. `fault` is a sentence for the field; with `unreachable` it is Jira's and may pass by
    itself.
    """

    site: int = 0
    picked: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    jql: str = ""
    kept: Kept | None = None
    depth: int | None = None
    children: int | None = None
    matches: list[Issue] = field(default_factory=list)
    about: int = 0
    whole: bool = True
    words: str = ""
    suggestions: list[Suggestion] = field(default_factory=list)
    keepsakes: list[Kept] = field(default_factory=list)
    fault: str = ""
    unreachable: bool = False
    lost: list[str] = field(default_factory=list)
    withholds: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.issues or self.jql)

    @property
    def is_jql(self) -> bool:
        """Whether it was written out, and is not what Jira keeps."""
        return bool(self.jql) and self.kept is None

    @property
    def goes_below(self) -> bool:
        return self.depth is not None and len(self.issues) == 1

    @property
    def top(self) -> Issue | None:
        """The one issue whose children may count instead of it."""
        return self.issues[0] if len(self.issues) == 1 and not self.jql else None

    @property
    def found(self) -> list[Issue]:
        """What would count."""
        return self.matches if self.goes_below else [*self.issues, *self.matches]

    @property
    def first_matches(self) -> list[Issue]:
        return self.matches[:MOST_SHOWN]

    @property
    def is_too_long(self) -> bool:
        """More than is read here; the sync reads it all."""
        return not self.whole and len(self.matches) >= MOST_READ

    @property
    def wanted(self) -> Wanted:
        if self.goes_below:
            return Wanted(below=(self.issues[0], self.depth or 0))
        return Wanted(self.issues, "" if self.kept else self.jql, self.kept)
