"""Growing a site from the tables of a seed, dated backwards from the day of its first start."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from jira_sandbox.model.catalogue import CATEGORY_BY_KEY, KIND_BY_NAME
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.nouns import Account, Project, Role, Status, Token
from jira_sandbox.model.organization_tables import Seeding
from jira_sandbox.model.planning import SavedFilter
from jira_sandbox.model.site import Clock, Site, clock_on_the_wall
from jira_sandbox.model.tables import Row, issue_tables, read_table
from jira_sandbox.model.wiki_seeding import seed_pages, seed_spaces
from jira_sandbox.model.workflow import transition

NAMESPACE = UUID("6f1d4f0e-6d0b-4c8e-9a57-6f6c61726b73")
OUTCOMES = {"duplicate": "Duplicate", "unseen": "Cannot Reproduce"}
FIRST_STATUS_ID = 10_000
FIRST_PROJECT_ID = 10_000
TEAM_MANAGED = "next-gen"


def bare_site(seed: str, clock: Clock = clock_on_the_wall) -> Site:
    """The site of a seed with its people, projects and spaces, but no issue and no page."""
    accounts = {row["name"]: _account(row) for row in read_table(seed, "people")}
    tokens = [
        Token(row["token"], accounts[row["account"]], frozenset(row["scopes"].split()))
        for row in read_table(seed, "tokens")
    ]
    site = Site(seed, accounts.values(), tokens, _projects(seed, accounts), clock)
    site.filters = {each.id: each for each in _filters(seed, accounts)}
    site.people.organizations = Seeding(NAMESPACE, accounts, clock()).organizations(seed)
    site.people.settle()
    seed_spaces(site)
    return site


def seeded_site(seed: str, clock: Clock = clock_on_the_wall) -> Site:
    site = bare_site(seed, clock)
    today = clock().date()
    for project, rows in issue_tables(seed, list(site.projects)):
        for row in rows:
            site.add(_issue(site, site.projects[project], row, today))
    seed_pages(site)
    return site


def _account(row: Row) -> Account:
    return Account(
        name=row["name"],
        id=f"712020:{uuid5(NAMESPACE, row['email'])}",
        display=row["display"],
        email=row["email"],
        email_shown=row["shown"] == "shown",
        active=row["active"] == "yes",
        role=Role(row["role"]),
    )


def _projects(seed: str, accounts: dict[str, Account]) -> Iterator[Project]:
    rows = read_table(seed, "projects")
    boards = _boards(seed, {row["key"] for row in rows if row["style"] == TEAM_MANAGED})
    for number, row in enumerate(rows, FIRST_PROJECT_ID):
        yield Project(
            id=str(number),
            key=row["key"],
            name=row["name"],
            team_managed=row["style"] == TEAM_MANAGED,
            lead=accounts[row["lead"]],
            browse=Role(row["browse"]),
            statuses=tuple(boards[row["key"]]),
        )


def _filters(seed: str, accounts: dict[str, Account]) -> Iterator[SavedFilter]:
    for row in read_table(seed, "filters"):
        shared, owner = row["shared"] == "shared", accounts[row["owner"]]
        yield SavedFilter(int(row["id"]), row["name"], owner, shared, row["jql"])


def _boards(seed: str, team_managed: set[str]) -> dict[str, list[Status]]:
    """Company-managed projects share a status of the same name; a team-managed one has its own."""
    boards: dict[str, list[Status]] = {}
    known: dict[tuple[str, str], Status] = {}
    for row in read_table(seed, "workflows"):
        scope = row["project"] if row["project"] in team_managed else ""
        status = known.setdefault(
            (row["status"], scope),
            Status(
                id=str(FIRST_STATUS_ID + len(known)),
                name=row["status"],
                category=CATEGORY_BY_KEY[row["category"]],
                resolution=row["resolution"],
                project=scope,
            ),
        )
        boards.setdefault(row["project"], []).append(status)
    return boards


def _issue(site: Site, project: Project, row: Row, today: date) -> Issue:
    born, moved = (int(days) for days in row["days"].split(".."))
    number = int(row["key"].rpartition("-")[2])
    issue = Issue(
        id=site.next_id,
        key=row["key"],
        project=project,
        kind=KIND_BY_NAME[row["type"]],
        summary=row["summary"],
        status=project.statuses[0],
        created=_moment(today, born, number),
        updated=_moment(today, born, number),
        reporter=project.lead,
        assignee=site.accounts.get(row["who"]),
        parent=site.issue(row["parent"]).id if row["parent"] else None,
        points=float(row["pts"]) if row["pts"] else None,
        labels=tuple(row["labels"].split()),
        category_since=_moment(today, born, number),
    )
    words = row["plan"].split()
    _apply_plan(issue, [word for word in words if word not in OUTCOMES])
    at = max(_moment(today, moved, number + 1), issue.created + timedelta(hours=1))
    outcome = next((OUTCOMES[word] for word in words if word in OUTCOMES), "")
    _walk(issue, project.status(row["status"]), at, outcome)
    return issue


def _moment(today: date, days_ago: int, number: int) -> datetime:
    """Somewhere in the working hours of that day, a little different for every issue."""
    at = time(8 + number % 9, number * 7 % 60, number * 13 % 60, tzinfo=UTC)
    return datetime.combine(today - timedelta(days=days_ago), at)


def _apply_plan(issue: Issue, words: list[str]) -> None:
    for word in words:
        if word == "locked":
            issue.locked = True
        elif word.startswith("s"):
            issue.sprint = f"Sprint {word[1:]}"
        elif word.startswith("c"):
            issue.clinics = float(word[1:])
        elif word.startswith("v"):
            issue.release = word[1:]
        else:
            issue.estimate = int(word.removesuffix("h")) * 3600


def _walk(issue: Issue, end: Status, at: datetime, outcome: str) -> None:
    """Move the issue along its board in even steps, so that its history is believable."""
    path = _path(issue.project, end)
    step = (at - issue.created) / max(len(path), 1)
    author = issue.assignee or issue.project.lead
    for count, status in enumerate(path, 1):
        moment = (issue.created + step * count).replace(microsecond=0)
        transition(issue, status, author, moment, outcome)


def _path(project: Project, end: Status) -> list[Status]:
    start, last = project.statuses[0], project.statuses.index(end)
    if end == start:
        return []
    between = project.statuses[1:last]
    return [*(status for status in between if status.category.key != "done"), end]
