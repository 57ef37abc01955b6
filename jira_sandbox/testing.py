"""A sandbox for tests: on a free port, in a thread of the test's own process."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jira_sandbox.cloud.dialect import PAGE_SIZE
from jira_sandbox.data_center.dialect import CONTEXT, VERSION, DataCenter
from jira_sandbox.faults import Fault
from jira_sandbox.gateway import CLOUD_ID
from jira_sandbox.ledger import Call
from jira_sandbox.model.catalogue import RESOLUTION_BY_NAME
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.outside import RemoteLink
from jira_sandbox.model.planning import release_of
from jira_sandbox.model.seeding import seeded_site
from jira_sandbox.model.site import Clock, Site, clock_on_the_wall
from jira_sandbox.model.state_file import kept_site
from jira_sandbox.model.week import let_a_week_pass
from jira_sandbox.sandbox import Sandbox, on_cloud

TOKEN, EMAIL = "sandbox-token", "jira-bot@larkspur.example"
SCOPED_TOKEN, THIN_TOKEN = "sandbox-scoped-token", "sandbox-thin-token"
ADMIN_TOKEN, ADMIN_ACCESS_TOKEN = "sandbox-admin-token", "sandbox-admin-pat"
WRITE_TOKEN = "sandbox-write-token"  # noqa: S105
PEOPLE_TOKEN, REMOVAL_TOKEN = "sandbox-people-token", "sandbox-removal-token"
NOBODY_EMAIL, NOBODY_TOKEN = "nobody@larkspur.example", "nobody-token"


@dataclass(frozen=True, slots=True)
class Seen:
    """An issue as it stood when it was asked for."""

    id: int
    key: str
    summary: str
    status: str
    category: str
    points: float | None


class SandboxJira:
    """What a test does to the sandbox from behind; everything else goes over HTTP."""

    email, token, scoped_token, thin_token = EMAIL, TOKEN, SCOPED_TOKEN, THIN_TOKEN
    write_token = WRITE_TOKEN
    nobody_email, nobody_token = NOBODY_EMAIL, NOBODY_TOKEN
    admin_token, people_token, removal_token = ADMIN_TOKEN, PEOPLE_TOKEN, REMOVAL_TOKEN
    """All of an administrator: for everything, for reading users, and for removing them too."""
    cloud_id = CLOUD_ID
    reads_at, searches_at, projects_at = "*/issue/bulkfetch", "*/search/jql", "*/project/search"
    """Where issues are read by number, where queries are asked, and where the projects are."""

    def __init__(self, sandbox: Sandbox, url: str) -> None:
        self.sandbox = sandbox
        self.url = url

    @property
    def place(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def site(self) -> Site:
        return self.sandbox.site

    @property
    def account_id(self) -> str:
        return self.site.tokens[self.email, self.token].account.id

    @property
    def admin_email(self) -> str:
        return self.site.admin.email

    @property
    def gateway(self) -> str:
        """The base address of the same site for scoped tokens."""
        return f"{self.url}/ex/jira/{self.cloud_id}"

    @property
    def calls(self) -> tuple[Call, ...]:
        return self.sandbox.ledger.calls

    def forget_calls(self) -> None:
        self.sandbox.ledger.clear()

    def issue(self, id_or_key: str | int) -> Seen:
        with self.site.lock:
            return _seen(self.site.issue(str(id_or_key)))

    def issues(self, project: str = "") -> list[Seen]:
        with self.site.lock:
            found = self.site.issues.values()
            return [_seen(each) for each in found if project in ("", each.project.key)]

    def create(
        self,
        project: str,
        summary: str,
        *,
        status: str = "",
        kind: str = "Task",
        parent: str = "",
        points: float | None = None,
    ) -> Seen:
        with self.site.lock:
            return _seen(
                self.site.create(
                    project, summary, status=status, kind=kind, parent=parent, points=points
                )
            )

    def create_many(
        self, project: str, count: int, *, status: str = "", parent: str = ""
    ) -> list[Seen]:
        with self.site.together():
            rows = range(1, count + 1)
            return [
                self.create(project, f"Issue {row}", status=status, parent=parent) for row in rows
            ]

    def move(self, key: str, status: str) -> Seen:
        with self.site.lock:
            issue = self.site.issue(key)
            self.site.move(issue, issue.project.status(status))
            return _seen(issue)

    def resolve(self, key: str, resolution: str = "") -> Seen:
        """By the name of a resolution; without one the issue is unresolved again."""
        with self.site.lock:
            issue = self.site.issue(key)
            self.site.resolve(issue, RESOLUTION_BY_NAME[resolution] if resolution else None)
            return _seen(issue)

    def resize(self, key: str, **values: float | None) -> Seen:
        """`values` are points, estimate (in seconds) and clinics; None takes one away."""
        with self.site.lock:
            issue = self.site.issue(key)
            self.site.resize(issue, **values)
            return _seen(issue)

    def drop_field(self, name: str) -> None:
        """An administrator takes a field out of Jira, by its id."""
        with self.site.lock:
            self.site.dropped.add(name)

    def relocate(self, key: str, project: str) -> Seen:
        with self.site.lock:
            issue = self.site.issue(key)
            self.site.relocate(issue, project)
            return _seen(issue)

    def rename(self, key: str, summary: str) -> Seen:
        with self.site.lock:
            issue = self.site.issue(key)
            issue.summary = summary
            return _seen(issue)

    def hide(self, key: str) -> None:
        with self.site.lock:
            self.site.lock_away(self.site.issue(key))

    def show(self, key: str) -> None:
        with self.site.lock:
            self.site.lock_away(self.site.issue(key), locked=False)

    def delete(self, key: str) -> None:
        with self.site.lock:
            self.site.delete(self.site.issue(key))

    def adopt(self, key: str, parent: str) -> Seen:
        """Put an issue below another one; an empty key takes it out."""
        with self.site.lock:
            issue = self.site.issue(key)
            self.site.adopt(issue, self.site.issue(parent) if parent else None)
            return _seen(issue)

    def plan(self, key: str, *, sprint: str | None = None, release: str | None = None) -> Seen:
        with self.site.lock:
            issue = self.site.issue(key)
            self.site.plan(issue, sprint=sprint, release=release)
            return _seen(issue)

    def save_filter(self, name: str, jql: str, *, shared: bool = True) -> int:
        with self.site.lock:
            return self.site.save_filter(name, jql, shared=shared).id

    def release_id(self, key: str) -> int:
        """The number of the fix version that an issue is planned for."""
        with self.site.lock:
            if release := release_of(self.site.issue(key)):
                return int(release.id)
        raise LookupError(f"{key} is planned for no version.")

    def let_a_week_pass(self) -> list[Seen]:
        with self.site.lock:
            return [_seen(issue) for issue in let_a_week_pass(self.site)]

    def remote_links(self, key: str) -> list[RemoteLink]:
        with self.site.lock:
            return list(self.site.outside.links[self.site.issue(key).id].values())

    def description(self, key: str) -> str:
        return self.site.outside.descriptions.get(self.issue(key).id, "")

    def withhold(self, permission: str, project: str) -> None:
        """From now on only administrators have this permission there."""
        self.site.outside.withheld.add((permission, project))

    def need(self, project: str, field: str, label: str) -> None:
        """From now on the project takes no issue without this field."""
        self.site.outside.needed[project] = ((field, label),)

    def fault(self, kind: str, **options: Any) -> Fault:
        """See `jira_sandbox.fault_kinds.KINDS` and the options of `Fault`."""
        return self.sandbox.faults.add(kind, **options)

    def clear_faults(self) -> None:
        self.sandbox.faults.clear()


class SandboxDataCenter(SandboxJira):
    """The same site as a Data Center; its account is known by user name, and has a password too."""

    email, token, password = "bot", "sandbox-pat", "sandbox-password"
    admin_token = ADMIN_ACCESS_TOKEN
    nobody_email, nobody_token = "visitor", "nobody-password"
    reads_at = searches_at = "*/search"
    projects_at = "*/project"

    def __init__(self, sandbox: Sandbox, url: str, data_center: DataCenter) -> None:
        super().__init__(sandbox, url + data_center.context)
        self.data_center = data_center

    @property
    def account_id(self) -> str:
        return self.site.accounts[self.email].key

    @property
    def admin_email(self) -> str:
        return self.site.admin.name

    def solve_captchas(self) -> None:
        self.data_center.doors.forgive()


@contextmanager
def running_data_center(
    seed: str = "company",
    *,
    version: tuple[int, ...] = VERSION,
    context: str = CONTEXT,
    clock: Clock = clock_on_the_wall,
    **options: Any,
) -> Iterator[SandboxDataCenter]:
    """`options` are those of `DataCenter`."""
    site = seeded_site(seed, clock)
    data_center = DataCenter(site, version, context, **options)
    sandbox = Sandbox(site, data_center)
    server = sandbox.serve("127.0.0.1", 0)
    try:
        yield SandboxDataCenter(sandbox, server.address, data_center)
    finally:
        sandbox.stop(server)


@contextmanager
def running_sandbox(
    seed: str = "company",
    *,
    state: Path | None = None,
    page_size: int = PAGE_SIZE,
    clock: Clock = clock_on_the_wall,
    host: str = "127.0.0.1",
    port: int = 0,
) -> Iterator[SandboxJira]:
    site = kept_site(state, seed, clock) if state else seeded_site(seed, clock)
    sandbox = Sandbox(site, on_cloud(site, page_size))
    server = sandbox.serve(host, port)
    try:
        yield SandboxJira(sandbox, server.address)
    finally:
        sandbox.stop(server)


def basic(email: str = EMAIL, token: str = TOKEN) -> dict[str, str]:
    """The header that signs a request."""
    return {"Authorization": "Basic " + base64.b64encode(f"{email}:{token}".encode()).decode()}


def _seen(issue: Issue) -> Seen:
    return Seen(issue.id, issue.key, issue.summary, issue.status.name, issue.category, issue.points)
