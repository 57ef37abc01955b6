"""Moving an issue to another status, with everything that Jira changes along the way."""

from datetime import datetime

from jira_sandbox.model.catalogue import RESOLUTION_BY_NAME, Resolution
from jira_sandbox.model.issue import Difference, Issue
from jira_sandbox.model.nouns import Account, Status


def transition(
    issue: Issue, status: Status, author: Account, at: datetime, outcome: str = ""
) -> bool:
    """Whether the issue moved; moving to where it is already changes nothing.

    `outcome` names another resolution than a done status usually brings."""
    if status == issue.status:
        return False
    differences = [Difference("status", issue.status.id, issue.status.name, status.id, status.name)]
    resolution = RESOLUTION_BY_NAME.get((status.resolution and outcome) or status.resolution)
    if resolution != issue.resolution:
        differences.append(_resolving(issue.resolution, resolution))
        issue.resolution = resolution
        issue.resolved = at if resolution else None
    if status.category != issue.status.category:
        issue.category_since = at
    issue.status = status
    issue.record(at, author, *differences)
    return True


def resolve(issue: Issue, resolution: Resolution | None, author: Account, at: datetime) -> bool:
    """Whether another resolution stands there than before, wherever the issue is on its board."""
    if resolution == issue.resolution:
        return False
    difference = _resolving(issue.resolution, resolution)
    issue.resolution = resolution
    issue.resolved = (issue.resolved or at) if resolution else None
    issue.record(at, author, difference)
    return True


def _resolving(old: Resolution | None, new: Resolution | None) -> Difference:
    return Difference(
        "resolution",
        old.id if old else None,
        old.name if old else None,
        new.id if new else None,
        new.name if new else None,
    )
