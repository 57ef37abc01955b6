"""The wiki of a sandbox for tests: on a free port, in a thread of the test's own process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jira_sandbox.cloud.dialect import Cloud
from jira_sandbox.confluence.bodies import user_key
from jira_sandbox.confluence.cloud.dialect import CONTEXT, ConfluenceCloud
from jira_sandbox.confluence.data_center import dialect as data_center
from jira_sandbox.confluence.data_center.dialect import ConfluenceDataCenter
from jira_sandbox.confluence.links import cloud_address, server_address, tiny_address
from jira_sandbox.faults import Fault
from jira_sandbox.gateway import CLOUD_ID
from jira_sandbox.ledger import Call
from jira_sandbox.model.page import Page
from jira_sandbox.model.seeding import seeded_site
from jira_sandbox.model.site import Clock, Site, clock_on_the_wall
from jira_sandbox.model.wiki import Wiki
from jira_sandbox.sandbox import Editions, Sandbox
from jira_sandbox.testing import EMAIL, NOBODY_EMAIL, NOBODY_TOKEN, TOKEN

PAGE_TOKEN, PUBLISH_TOKEN = "sandbox-page-token", "sandbox-publish-token"


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as it stood when it was asked for."""

    id: str
    title: str
    space: str
    body: str
    version: int
    author: str
    message: str
    status: str
    parent: str
    address: str
    tiny: str


class SandboxConfluence:
    """What a test does to the wiki from behind; everything else goes over HTTP."""

    email, token = EMAIL, TOKEN
    page_token, publish_token = PAGE_TOKEN, PUBLISH_TOKEN
    """Scoped, for the gateway alone: one reads, the other writes too."""
    nobody_email, nobody_token = NOBODY_EMAIL, NOBODY_TOKEN
    cloud_id = CLOUD_ID
    context = CONTEXT
    pages_at, page_at, search_at, user_at = "*/pages", "*/pages/*", "*/search", "*/user/current"
    """Where faults meet the making of pages, one page, the search and who the caller is."""

    def __init__(self, sandbox: Sandbox, server: str) -> None:
        self.sandbox = sandbox
        self.server = server

    @property
    def url(self) -> str:
        """The address of the wiki."""
        return self.server + self.context

    @property
    def gateway(self) -> str:
        return f"{self.server}/ex/confluence/{self.cloud_id}"

    @property
    def site(self) -> Site:
        return self.sandbox.site

    @property
    def wiki(self) -> Wiki:
        return self.site.wiki

    @property
    def account_id(self) -> str:
        return self.site.tokens[self.email, self.token].account.id

    @property
    def calls(self) -> tuple[Call, ...]:
        return self.sandbox.ledger.calls

    def forget_calls(self) -> None:
        self.sandbox.ledger.clear()

    def page(self, number: str | int) -> SeenPage:
        with self.site.lock:
            return self._seen(self.wiki.page(int(number)))

    def titled(self, title: str, space: str) -> SeenPage | None:
        with self.site.lock:
            page = self.wiki.titled(title, self.wiki.spaces[space])
            return self._seen(page) if page else None

    def pages(self, space: str = "") -> list[SeenPage]:
        with self.site.lock:
            every = self.wiki.pages.values()
            return [self._seen(page) for page in every if space in ("", page.space.key)]

    def create(self, space: str, title: str, body: str = "", parent: str = "") -> SeenPage:
        above = int(parent) if parent else None
        with self.site.lock:
            home, author = self.wiki.spaces[space], self.site.admin
            return self._seen(self.wiki.create(home, title, body, author, parent=above))

    def amend(
        self, number: str | int, body: str = "", title: str = "", author: str = ""
    ) -> SeenPage:
        """Somebody saves the page in the browser; `author` is the name of an account."""
        with self.site.lock:
            page = self.wiki.page(int(number))
            who = self.site.accounts[author] if author else self.site.admin
            return self._seen(self.wiki.amend(page, body or page.now.body, who, title))

    def restrict(self, number: str | int, *readers: str) -> None:
        """To these accounts and to administrators; without any it is open again."""
        with self.site.lock:
            page = self.wiki.page(int(number))
            self.wiki.restrict(page, readers)

    def hide(self, number: str | int) -> None:
        """From everybody but administrators."""
        self.restrict(number, self.site.admin.name)

    def lock(self, number: str | int, *, locked: bool = True) -> None:
        """From now on administrators alone change it."""
        with self.site.lock:
            self.wiki.lock(self.wiki.page(int(number)), locked=locked)

    def trash(self, number: str | int, *, trashed: bool = True) -> None:
        with self.site.lock:
            self.wiki.trash(self.wiki.page(int(number)), trashed=trashed)

    def archive(self, number: str | int, *, archived: bool = True) -> None:
        with self.site.lock:
            self.wiki.archive(self.wiki.page(int(number)), archived=archived)

    def purge(self, number: str | int) -> None:
        with self.site.lock:
            self.wiki.purge(self.wiki.page(int(number)))

    def fault(self, kind: str, **options: Any) -> Fault:
        """See `jira_sandbox.fault_kinds.KINDS`; a page is named by its number as `key`."""
        return self.sandbox.faults.add(kind, **options)

    def clear_faults(self) -> None:
        self.sandbox.faults.clear()

    def address_of(self, page: Page) -> str:
        return cloud_address(page)

    def _seen(self, page: Page) -> SeenPage:
        return SeenPage(
            id=str(page.id),
            title=page.title,
            space=page.space.key,
            body=page.now.body,
            version=page.now.number,
            author=page.now.author.name,
            message=page.now.message,
            status=page.status,
            parent=str(page.parent or ""),
            address=self.url + self.address_of(page),
            tiny=self.url + tiny_address(page),
        )


class SandboxConfluenceDataCenter(SandboxConfluence):
    """The same wiki as a Data Center; its account is known by user name, and has a password too."""

    email, token, password = "bot", "sandbox-pat", "sandbox-password"
    nobody_email, nobody_token = "visitor", "nobody-password"
    context = data_center.CONTEXT
    pages_at, page_at = "*/content", "*/content/*"

    @property
    def account_id(self) -> str:
        return user_key(self.site.accounts[self.email])

    def address_of(self, page: Page) -> str:
        return server_address(page)


@contextmanager
def running_confluence(
    seed: str = "company", *, clock: Clock = clock_on_the_wall
) -> Iterator[SandboxConfluence]:
    """At the place that it has on a real site, beside Jira."""
    site = seeded_site(seed, clock)
    with _serving(Sandbox(site, Editions(Cloud(site), ConfluenceCloud(site)))) as running:
        yield SandboxConfluence(*running)


@contextmanager
def running_confluence_data_center(
    seed: str = "company",
    *,
    version: tuple[int, ...] = data_center.VERSION,
    context: str = data_center.CONTEXT,
    clock: Clock = clock_on_the_wall,
    **options: Any,
) -> Iterator[SandboxConfluenceDataCenter]:
    """Alone, at any version and context; `options` are those of `ConfluenceDataCenter`."""
    site = seeded_site(seed, clock)
    dialect = ConfluenceDataCenter(site, version, context, **options)
    with _serving(Sandbox(site, dialect)) as running:
        wiki = SandboxConfluenceDataCenter(*running)
        wiki.context = context
        yield wiki


@contextmanager
def _serving(sandbox: Sandbox) -> Iterator[tuple[Sandbox, str]]:
    server = sandbox.serve("127.0.0.1", 0)
    try:
        yield sandbox, server.address
    finally:
        sandbox.stop(server)
