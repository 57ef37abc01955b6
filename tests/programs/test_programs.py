"""Production as it runs: three programs on real servers, from the first page to the last signal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jira_sandbox.testing import SandboxJira, running_sandbox
from tests.product import wait_until
from tests.programs.installation import PROGRAMS, STOPS_WITHIN, Browser, Installation
from tests.servers import Servers

pytestmark = pytest.mark.servers
LEEWAY = 12.0  # seconds; generous, as a slow machine is not a fault


@pytest.fixture
def jira() -> Iterator[SandboxJira]:
    with running_sandbox("small") as sandbox:
        yield sandbox


@pytest.fixture
def installation(tmp_path: Path, servers: Servers, jira: SandboxJira) -> Iterator[Installation]:
    installation = Installation(tmp_path, servers, jira.place)
    yield installation
    installation.clean_up()


def test_an_issue_moves_a_number_and_a_stop_leaves_nothing_half_done(
    installation: Installation, jira: SandboxJira
) -> None:
    installation.say("manage.py", "migrate", "--verbosity", "0")
    installation.say("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    page = f"/key-results/{installation.say('-m', 'tests.programs.stage', jira.url)}/"
    for program in PROGRAMS:
        installation.start(program)
    wait_until(lambda: installation.parts().get("worker") == "ok")
    browser = Browser(installation.port)
    browser.sign_in()
    wait_until(lambda: browser.number(page) == "25%")

    jira.move("DEMO-10", "Done")
    wait_until(lambda: browser.number(page) == "75%")
    assert browser.get(page).headers["Content-Encoding"] == "gzip"

    hang = jira.fault("timeout", path=jira.reads_at)
    wait_until(lambda: hang.used)
    assert installation.stop("worker") < STOPS_WITHIN + LEEWAY
    assert any(b"run_waiting" in message for message in installation.messages())

    jira.clear_faults()
    jira.move("DEMO-8", "Done")
    installation.start("worker")
    wait_until(lambda: browser.number(page) == "100%")
    assert installation.stop(*PROGRAMS) < STOPS_WITHIN + LEEWAY
    assert {each.returncode for each in installation.running.values()} == {0}
