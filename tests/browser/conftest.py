"""A real Chromium before a live server; any error in its console fails the test that caused it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    WebError,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from okr.models import Person
from tests.cast import signed_in
from tests.conftest import chromium
from tests.jira_integration.conftest import (  # noqa: F401  fixtures
    connection,
    creating,
    jira,
    key_result,
    showing,
    support,
    support_jira,
)

PATIENCE = 30_000  # milliseconds; generous, as a slow machine is not a fault
HEIGHTS = {390: 844}  # of a phone; every other width is a desk's
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

NO_ERRORS = ("422 (Unprocessable", "htmx:sendAbort", "htmx:afterRequest, [object")
"""A form that comes back with faults, as the browser reports it; and that htmx called off a request
which a newer one had overtaken."""


class Windows:
    """Opens pages as a given person sees them, and listens to what their consoles complain of."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(
        self,
        theme: str = "light",
        width: int = 1280,
        person: Person | None = None,
        *,
        javascript: bool = True,
    ) -> Page:
        """A new window without a past; `person` is signed in. Paths start at the address."""
        context = self.browser.new_context(
            base_url=self.address,
            color_scheme="dark" if theme == "dark" else "light",
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            reduced_motion="reduce",
            java_script_enabled=javascript,
        )
        context.set_default_timeout(PATIENCE)
        context.on("console", self._listen)
        context.on("weberror", self._note)
        self.contexts.append(context)
        if person is not None:
            self.sign_in(context, person)
        return context.new_page()

    def sign_in(self, context: BrowserContext, person: Person) -> None:
        client = signed_in(person)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        """What reports no error of ours is passed over."""
        if message.type == "error" and not any(each in message.text for each in NO_ERRORS):
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def _note(self, error: WebError) -> None:
        self.complaints.append(f"{error.page.url if error.page else ''}: {error.error}")


@contextmanager
def windows_on(browser: Browser, address: str) -> Iterator[Windows]:
    """At the end no console may have complained; `complaints` may be cleared if expected."""
    windows = Windows(browser, address)
    yield windows
    windows.close()
    assert not windows.complaints, "The console complained:\n" + "\n".join(windows.complaints)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def live(live_server: LiveServer, transactional_db: Any) -> LiveServer:
    """The product, served from this process to a browser."""
    return live_server


@pytest.fixture
def page(browser: Browser, live: LiveServer) -> Iterator[Windows]:
    """`page(theme, width, person)` opens a window on the live server."""
    with windows_on(browser, live.url) as windows:
        yield windows
