"""Why one issue cannot be read: the likely causes, in order, each with what speaks for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from jira_integration.client import AnonymousAnswer, Issue, JiraClient, Project, QueryRefused
from jira_integration.models import JiraConnection, JiraIssue

WAITS = 10.0
"""Seconds for one answer of Jira."""
MOST_PROJECTS = 2_000

READABLE = "{key} can be read. Nothing stands in the way."
OUT_OF_BOUNDS = (
    "{key} can be read, but its project is not among those that may be linked here, so it counts"
    " nowhere."
)
MOVED = (
    "The issue can be read: it was moved and has another key now. Links follow it by its number."
)
NOT_READ = "{key} cannot be read. These are the likely causes, the likeliest first."


@dataclass(frozen=True, slots=True)
class Cause:
    """`evidence` is what we know that speaks for it; `way_out` is what to do in Jira."""

    title: str
    evidence: str
    way_out: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    key: str
    sentence: str
    is_readable: bool
    causes: tuple[Cause, ...] = ()
    new_key: str = ""
    """For those with Jira access alone."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a key that Jira did not answer. `highest` is the largest number that the
    account sees in the project; 0 where it sees no issue."""

    key: str
    connection: JiraConnection
    projects: list[Project] = field(default_factory=list)
    may_browse: bool = False
    highest: int = 0
    mirror: JiraIssue | None = None

    @property
    def project(self) -> Project | None:
        named = self.key.rpartition("-")[0]
        return next((each for each in self.projects if each.key == named), None)

    @property
    def number(self) -> int:
        return int(self.key.rpartition("-")[2])


def diagnose(connection: JiraConnection, key: str) -> Diagnosis:
    """Asks Jira with a handful of calls; `key` is one in upper case. May raise JiraError."""
    mirror = JiraIssue.objects.filter(connection=connection, key=key).first()
    with connection.client(WAITS, bounded=False) as client:
        if client.myself().id != connection.account_id:
            raise AnonymousAnswer(host=connection.host, email=connection.email)
        names: list[int | str] = [key, *([mirror.jira_id] if mirror else [])]
        found = [issue for page in client.read_issues(names) for issue in page]
        if found:
            return _readable(key, found[0], connection)
        known = _known(client, key, connection, mirror)
    return Diagnosis(key, NOT_READ.format(key=key), False, tuple(_causes(known)))


def _readable(key: str, issue: Issue, connection: JiraConnection) -> Diagnosis:
    count = connection.projects_that_count()
    if count is not None and issue.project_id not in count:
        return Diagnosis(key, OUT_OF_BOUNDS.format(key=key), is_readable=False)
    if issue.key != key:
        return Diagnosis(key, MOVED, is_readable=True, new_key=issue.key)
    return Diagnosis(key, READABLE.format(key=key), is_readable=True)


def _known(
    client: JiraClient, key: str, connection: JiraConnection, mirror: JiraIssue | None
) -> Known:
    known = Known(key, connection, client.projects(MOST_PROJECTS), mirror=mirror)
    if (project := known.project) is None:
        return known
    held = client.rights_in([project.id], ["BROWSE_PROJECTS"])
    return Known(
        key, connection, known.projects, bool(held[project.id]), _highest(client, project), mirror
    )


def _highest(client: JiraClient, project: Project) -> int:
    try:
        pages = client.search(f"project = {project.id} ORDER BY key DESC", limit=1)
        return max(
            (int(issue.key.rpartition("-")[2]) for page in pages for issue in page), default=0
        )
    except QueryRefused:
        return 0


def _causes(known: Known) -> Iterator[Cause]:
    if known.project is None:
        yield _not_visible(known)
        yield _elsewhere(known)
        yield _archived(known)
        return
    if not known.may_browse:
        yield _not_visible(known)
    in_order = [_secured(known), _gone(known), _archived(known)]
    yield from in_order if _has_existed(known) else [in_order[1], in_order[0], in_order[2]]


def _has_existed(known: Known) -> bool:
    """An issue that we once read, or whose number is below another one's, was there."""
    return known.mirror is not None or known.number < known.highest


def _not_visible(known: Known) -> Cause:
    named = known.key.rpartition("-")[0]
    account = known.connection.account_name
    count = len(known.projects)
    counted = "1 project" if count == 1 else f"{count:,} projects"
    told = f"{account} sees {counted}, and {named} is not among them."
    if known.project is not None:
        told = f"{account} does not hold Browse Projects in {named}."
    return Cause(
        "The project is not visible to the connected account",
        told,
        f"In Jira: Project settings › Permissions of {named} (its permission scheme), add the"
        " account to Browse Projects. On Cloud it also needs access to the product it is in.",
    )


def _secured(known: Known) -> Cause:
    return Cause(
        "Issue security hides it",
        f"{_seen_before(known)} Jira answers the same for a hidden issue as for none.",
        "In Jira: open the issue, look at its security level, and add the account to that level"
        " under Project settings › Issue security.",
    )


def _gone(known: Known) -> Cause:
    if known.mirror is None and known.number > known.highest > 0:
        told = f"The highest number that the account sees in its project is {known.highest}."
    else:
        told = _seen_before(known)
    return Cause(
        "It does not exist: mistyped, deleted, or moved to where the account sees nothing",
        told,
        "Open the key in Jira, signed in as somebody who saw it. A deleted issue is gone for good:"
        " remove its link.",
    )


def _elsewhere(known: Known) -> Cause:
    return Cause(
        "The key is mistyped, or its project was renamed or deleted",
        f"{_seen_before(known)} Jira answers the same for what is hidden and what is not there.",
        "Open the key in Jira, and copy it from the address of the page.",
    )


def _archived(known: Known) -> Cause:
    return Cause(
        "The issue or its project is archived",
        "Archived work is left out of what Jira answers, whoever asks."
        if known.project
        else "An archived project is missing from the list of projects as well.",
        "In Jira: Projects › Archived, or Issues › Archived issues, and restore it.",
    )


def _seen_before(known: Known) -> str:
    if known.mirror is None:
        return "It was never read here."
    since = known.mirror.unreadable_since
    if since is None:
        return "It could be read when it was last looked at."
    return f"It was read until {timezone.localtime(since):%-d %B, %H:%M}, and not since."
