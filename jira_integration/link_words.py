"""What the shapes of a link are called, and how the dialog speaks of them."""

from jira_integration.models import LinkKind
from jira_integration.proposal import Proposal

ICONS = {
    LinkKind.ISSUE: "square-check",
    LinkKind.CHILDREN: "list-tree",
    LinkKind.QUERY: "list-filter",
    LinkKind.FILTER: "bookmark",
    LinkKind.SPRINT: "timer",
    LinkKind.VERSION: "tag",
}
FOLLOWS = {
    LinkKind.FILTER: "The link follows the filter: what its owner changes in it counts here too.",
    LinkKind.SPRINT: "The link follows the sprint: what is moved into it or out of it counts here"
    " too.",
    LinkKind.VERSION: "The link follows the version: what is planned for it, or taken out of it,"
    " counts here too.",
}
DEPTHS = {1: "Its children", 2: "Two levels", 3: "Three levels", 0: "All levels"}
SHORT = {LinkKind.FILTER: "filter", LinkKind.SPRINT: "sprint", LinkKind.VERSION: "version"}


def button(proposal: Proposal, new: int) -> str:
    """What the button of the dialog does: Link 3 issues and this search."""
    issues = f"{new} issue{'' if new == 1 else 's'}"
    if proposal.goes_below:
        number = len(proposal.matches)
        return f"Link {number:,} issues below it" if number > 1 else "Link what is below it"
    if proposal.jql:
        kind = SHORT[LinkKind(proposal.kept.shorthand.value)] if proposal.kept else "search"
        return f"Link {issues} and this {kind}" if new else f"Link this {kind}"
    return f"Link {issues}" if new else "Link issues"


def depths(proposal: Proposal) -> list[tuple[int, str]]:
    """How far below the chosen issue one may go; the first says how many issues that would be."""
    first = f"{DEPTHS[1]} ({proposal.children})" if proposal.children is not None else DEPTHS[1]
    return list((DEPTHS | {1: first}).items())
