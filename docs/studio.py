"""What taking pictures needs: the product on ports of its own, windows on it, and the ways in."""

import json
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import chromium
from tests.product import HOUSE, Product

SANDBOX_PORT = 8031  # as `make run` has it, so that the pictures show what a reader sees
JIRA = "/okr-admin/integration/jira/"
FOLLOWED = "Guided setup for new clinics"
TO_LINK, QUERY = "Pay salaries straight from the product", "parent = PAY-16"


@dataclass(frozen=True)
class Look:
    theme: Literal["light", "dark"] = "light"
    width: int = 1280
    height: int = 900


DESK = Look()


@contextmanager
def running_product() -> Iterator[Product]:
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder) / "var")
        product.sandbox_port = usual(SANDBOX_PORT, otherwise=product.sandbox_port)
        product.start()
        try:
            yield product
            product.stop()
        finally:
            product.clean_up()


def usual(port: int, otherwise: int) -> int:
    with socket.socket() as probe:
        return otherwise if probe.connect_ex(("127.0.0.1", port)) == 0 else port


@contextmanager
def running_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


class Studio:
    """Windows on the product, as a given person sees it; each person signs in once."""

    def __init__(self, browser: Browser, product: Product) -> None:
        self.browser = browser
        self.product = product
        self.signed_in: dict[str, Any] = {}

    def window(self, name: str = "", look: Look = DESK) -> Page:
        if name and name not in self.signed_in:
            self.signed_in[name] = self.sign_in(name)
        return self.open(look, self.signed_in.get(name))

    def open(self, look: Look, state: Any = None) -> Page:
        context = self.browser.new_context(
            base_url=self.product.address,
            color_scheme=look.theme,
            viewport={"width": look.width, "height": look.height},
            reduced_motion="reduce",
            storage_state=state,
        )
        return context.new_page()

    def sign_in(self, name: str) -> Any:
        page = self.open(DESK)
        page.goto("/")
        page.get_by_label("Email").fill(f"{name}@larkspur.example")
        page.get_by_label("Password", exact=True).fill("plumbline-demo")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/my/")
        return page.context.storage_state()

    def link_the_demo(self) -> None:
        """What sixteen people would do by hand."""
        server = self.product.sandbox_address
        hosts = {"PLUMBLINE_JIRA_HOSTS": server.removeprefix("http://")}
        command = [sys.executable, "manage.py", "demo_links", "--server", server]
        environment = self.product.environment() | hosts
        subprocess.run(command, cwd=HOUSE, env=environment, check=True)  # noqa: S603  our own

    def faults(self, *wanted: dict[str, Any]) -> None:
        """What the sandbox does wrong from now on."""
        for method, body in [("DELETE", None), *(("POST", fault) for fault in wanted)]:
            request = urllib.request.Request(  # noqa: S310  our own sandbox
                f"{self.product.sandbox_address}/sandbox/faults",
                data=json.dumps(body).encode() if body else None,
                headers={"Content-Type": "application/json"},
                method=method,
            )
            urllib.request.urlopen(request).close()  # noqa: S310


def connect(olga: Page, email: str, server: str, token: str) -> None:
    fill_connect(olga, email, server, token)
    olga.get_by_role("button", name="Connect").click()
    olga.get_by_text("There is a problem").or_(olga.get_by_text("Connected to ")).wait_for()


def fill_connect(olga: Page, email: str, server: str, token: str) -> None:
    olga.goto(JIRA)
    olga.get_by_role("switch").click()
    olga.get_by_label("Email Address (In Jira)").fill(email)
    olga.get_by_label("Server").fill(server)
    olga.get_by_label("API Token", exact=True).fill(token)


def propose(hannah: Page) -> None:
    open_key_result(hannah, TO_LINK)
    hannah.get_by_role("link", name="Link Jira issue").click()
    hannah.get_by_role("combobox").fill(QUERY)
    hannah.get_by_text("Progress would go from").wait_for()


def open_key_result(owner: Page, title: str) -> None:
    owner.goto("/my/")
    owner.get_by_role("link", name=title, exact=True).click()
    owner.get_by_role("heading", name=title).wait_for()
