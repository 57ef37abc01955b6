"""The whole state of one Jira site: the only place where issues appear, move and disappear."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import RLock

from jira_sandbox.model.catalogue import KIND_BY_NAME, Resolution
from jira_sandbox.model.hook import CHANGED, CREATED, DELETED, Hook
from jira_sandbox.model.issue import Difference, Issue
from jira_sandbox.model.nouns import Account, Project, Role, Status, Token
from jira_sandbox.model.outside import Outside
from jira_sandbox.model.people import People
from jira_sandbox.model.planning import Release, SavedFilter
from jira_sandbox.model.sizes import resize
from jira_sandbox.model.wiki import Wiki
from jira_sandbox.model.workflow import resolve, transition

Listener = Callable[[str, Issue, tuple[Difference, ...]], None]
Clock = Callable[[], datetime]
FIRST_ISSUE_ID, FIRST_FILTER_ID = 10_001, 10_001


def clock_on_the_wall() -> datetime:
    return datetime.now(UTC)


class Site:
    """Take `lock` around every reading or change; `changed` listeners are called inside it."""

    def __init__(
        self,
        seed: str,
        accounts: Iterable[Account],
        tokens: Iterable[Token],
        projects: Iterable[Project],
        clock: Clock = clock_on_the_wall,
    ) -> None:
        self.seed = seed
        self.clock = clock
        self.lock = RLock()
        self.people = People(accounts, clock, self._tell)
        self.accounts = self.people.accounts
        self.tokens = {(token.account.email, token.secret): token for token in tokens}
        self.projects = {project.key: project for project in projects}
        self.issues: dict[int, Issue] = {}
        self.keys: dict[str, int] = {}
        self.numbers = dict.fromkeys(self.projects, 0)
        self.next_id = FIRST_ISSUE_ID
        self.weeks = 0
        self.dropped: set[str] = set()
        self.changed: list[Callable[[], None]] = []
        self.hooks: dict[int, Hook] = {}
        self.outside = Outside(seed)
        self.wiki = Wiki(clock, self._tell)
        self.filters: dict[int, SavedFilter] = {}
        self.heard: list[Listener] = []
        self._gathering = False

    @property
    def admin(self) -> Account:
        return next(one for one in self.accounts.values() if one.role is Role.ADMIN)

    @property
    def statuses(self) -> tuple[Status, ...]:
        found = {status.id: status for each in self.projects.values() for status in each.statuses}
        return tuple(found.values())

    def issue(self, id_or_key: str) -> Issue:
        """By numeric id, by key, or by a key that the issue had before it moved."""
        number = int(id_or_key) if id_or_key.isdecimal() else self.keys.get(id_or_key.upper(), 0)
        if number not in self.issues:
            raise LookupError(f"There is no issue {id_or_key}.")
        return self.issues[number]

    def children(self, issue: Issue) -> Iterator[Issue]:
        return (each for each in self.issues.values() if each.parent == issue.id)

    def add(self, issue: Issue) -> Issue:
        self.issues[issue.id] = issue
        self.keys[issue.key] = issue.id
        self.numbers[issue.project.key] = max(self.numbers[issue.project.key], issue.number)
        self.next_id = max(self.next_id, issue.id + 1)
        return issue

    def create(
        self,
        project: str,
        summary: str,
        *,
        status: str = "",
        kind: str = "Task",
        parent: str = "",
        points: float | None = None,
        reporter: Account | None = None,
    ) -> Issue:
        home, now = self.projects[project], self.clock()
        issue = Issue(
            id=self.next_id,
            key=f"{project}-{self.numbers[project] + 1}",
            project=home,
            kind=KIND_BY_NAME[kind],
            summary=summary,
            status=home.initial,
            created=now,
            updated=now,
            reporter=reporter or self.admin,
            parent=self.issue(parent).id if parent else None,
            points=points,
            category_since=now,
        )
        if status:
            transition(issue, home.status(status), self.admin, now)
        self._tell(CREATED, self.add(issue))
        return issue

    def move(self, issue: Issue, status: Status, author: Account | None = None) -> None:
        if transition(issue, status, author or self.admin, self.clock()):
            self._tell(CHANGED, issue)

    def note(self, issue: Issue, difference: Difference, author: Account | None = None) -> None:
        """A change of what is kept beside the issue."""
        issue.record(self.clock(), author or self.admin, difference)
        self._tell(CHANGED, issue)

    def resolve(
        self, issue: Issue, resolution: Resolution | None, author: Account | None = None
    ) -> None:
        if resolve(issue, resolution, author or self.admin, self.clock()):
            self._tell(CHANGED, issue)

    def resize(self, issue: Issue, **values: float | None) -> None:
        """`values` are points, estimate (in seconds) and clinics."""
        if resize(issue, values, self.admin, self.clock()):
            self._tell(CHANGED, issue)

    def relocate(self, issue: Issue, project: str) -> None:
        """Move to another project: a new key, the same id, and the old key still finds it."""
        old_key, home = issue.key, self.projects[project]
        if home == issue.project:
            return
        self.numbers[project] += 1
        issue.key = f"{project}-{self.numbers[project]}"
        self.keys[issue.key] = issue.id
        issue.project = home
        moved = Difference("Key", None, old_key, None, issue.key)
        issue.record(self.clock(), self.admin, moved)
        transition(issue, home.first(issue.category), self.admin, self.clock())
        self._tell(CHANGED, issue)

    def adopt(self, issue: Issue, parent: Issue | None) -> None:
        """Put the issue below another one, or take it from where it is."""
        if parent is issue or issue in self._above(parent):
            raise ValueError(f"{issue.key} cannot be below itself.")
        old = self.issues.get(issue.parent or 0)
        if old is parent:
            return
        issue.parent = parent.id if parent else None
        moved = Difference("Parent", *_id_and_key(old), *_id_and_key(parent))
        issue.record(self.clock(), self.admin, moved)
        self._tell(CHANGED, issue)

    def plan(self, issue: Issue, *, sprint: str | None = None, release: str | None = None) -> None:
        """Put the issue into a sprint or a fix version; an empty name takes it out."""
        differences = []
        if sprint is not None and sprint != issue.sprint:
            differences.append(Difference("Sprint", None, issue.sprint, None, sprint))
            issue.sprint = sprint
        if release is not None and release != issue.release:
            old, issue.release = issue.release, release
            differences.append(_fixed_in(issue, old, release))
        if differences:
            issue.record(self.clock(), self.admin, *differences)
            self._tell(CHANGED, issue)

    def save_filter(self, name: str, jql: str, *, shared: bool = True) -> SavedFilter:
        """A new filter, or the one of that name with another query."""
        known = next((each for each in self.filters.values() if each.name == name), None)
        number = known.id if known else max(self.filters, default=FIRST_FILTER_ID - 1) + 1
        self.filters[number] = SavedFilter(number, name, self.admin, shared, jql)
        self._tell()
        return self.filters[number]

    def _above(self, issue: Issue | None) -> Iterator[Issue]:
        while issue:
            issue = self.issues.get(issue.parent or 0)
            if issue:
                yield issue

    def lock_away(self, issue: Issue, *, locked: bool = True) -> None:
        """Give the issue a security level that only admins pass, or take it away."""
        issue.locked = locked
        self._tell(CHANGED, issue)

    def delete(self, issue: Issue) -> None:
        for child in list(self.children(issue)):
            child.parent = None
        del self.issues[issue.id]
        self.keys = {key: number for key, number in self.keys.items() if number != issue.id}
        self._tell(DELETED, issue)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Many changes, told to the listeners once."""
        with self.lock:
            self._gathering = True
            try:
                yield
            finally:
                self._gathering = False
                self._tell()

    def keep_hook(self, hook: Hook) -> None:
        self.hooks[hook.number] = hook
        self._tell()

    def drop_hook(self, number: int) -> None:
        del self.hooks[number]
        self._tell()

    def _tell(self, event: str = "", issue: Issue | None = None) -> None:
        """Events go out one by one even where the state is kept once for many changes."""
        if issue:
            differences = issue.history[-1].differences if issue.history else ()
            for each in self.heard:
                each(event, issue, differences)
        if self._gathering:
            return
        for listener in self.changed:
            listener()


def _id_and_key(issue: Issue | None) -> tuple[str | None, str | None]:
    return (str(issue.id), issue.key) if issue else (None, None)


def _fixed_in(issue: Issue, old: str, new: str) -> Difference:
    ids = [Release(issue.project, name).id if name else None for name in (old, new)]
    return Difference("Fix Version", ids[0], old or None, ids[1], new or None)
