"""`make run` as its user meets it: the real programs, started, disturbed and stopped."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from config.child import Child
from config.crew import Crew, leash
from tests.product import COMMAND, HOUSE, SOON, Product, wait_until


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the module, with a space in its name; the first start fills it."""
    return tmp_path_factory.mktemp("up") / "var of a house"


@pytest.fixture
def product(var: Path) -> Iterator[Product]:
    product = Product(var)
    product.start()
    yield product
    product.clean_up()


def test_it_serves_pages_a_sandbox_and_a_worker_and_stops_on_ctrl_c(product: Product) -> None:
    assert product.answers()
    assert requests.get(product.sandbox_address, timeout=60).ok
    wait_until(lambda: "pong" in ping(product))
    assert product.address in product.words()
    assert product.sandbox_address in product.words()

    assert product.stop() == 0
    assert product.survivors() == []


def ping(product: Product) -> str:
    """Asks the worker for a sign of life, over the same queue that the pages use."""
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "inspect", "ping"]
    asked = subprocess.run(
        [*command, "--timeout", "5"],
        cwd=HOUSE,
        env=product.environment(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    return asked.stdout + asked.stderr


def test_a_second_start_keeps_the_people_and_prints_them_again(product: Product) -> None:
    first = product.words()
    product.stop(signal.SIGTERM)

    product.start()

    people = [line for line in first.splitlines() if "@" in line]
    assert people
    assert [line for line in product.words().splitlines() if "@" in line] == people


def test_nothing_survives_its_sudden_death(product: Product) -> None:
    assert len(product.family) >= 3

    product.stop(signal.SIGKILL)

    wait_until(lambda: product.survivors() == [])


def test_what_dies_is_started_again(product: Product) -> None:
    web = next(member for member in product.family if "gunicorn" in member.cmdline())

    web.kill()

    wait_until(lambda: "The web stopped by itself" in product.words())
    wait_until(product.answers)
    assert product.stop() == 0


def test_what_keeps_dying_stops_everything_with_its_last_words(tmp_path: Path) -> None:
    hopeless = Child("fool", ["no_such_module"], tmp_path / "fool.log", os.environ)
    steady = Child("rock", ["http.server", "0"], tmp_path / "rock.log", os.environ)

    with leash() as pipe, pytest.raises(SystemExit, match=r"(?s)fool keeps.*no_such_module"):
        work(Crew([hopeless, steady], pipe))

    assert steady.has_ended()


def work(crew: Crew) -> None:
    with crew.at_work():
        wait_until(crew.look_after)


def test_it_stops_on_an_interrupt_that_a_shell_in_the_background_left_ignored(var: Path) -> None:
    product = Product(var)
    product.start(("sh", "-c", f"trap '' INT; exec '{sys.executable}' -m config.up"))

    assert product.stop(signal.SIGINT) == 0
    assert product.survivors() == []


def test_it_stops_when_make_is_gone(var: Path) -> None:
    product = Product(var)
    product.start(("sh", "-c", f"'{sys.executable}' -m config.up --with-parent & wait"))

    product.stop(signal.SIGKILL)

    wait_until(lambda: product.survivors() == [])


def test_a_second_one_on_the_same_folder_is_refused(product: Product) -> None:
    other = Product(product.var.parent / "other")
    environment = other.environment() | {"PLUMBLINE_VAR": str(product.var)}

    assert refusal(environment) == f"Plumbline is already running on {product.var}; stop it first."


@pytest.mark.parametrize("variable", ["PLUMBLINE_PORT", "PLUMBLINE_SANDBOX_PORT"])
def test_a_port_in_use_is_one_sentence(variable: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        said = refusal(Product(tmp_path).environment() | {variable: str(port)})

    assert said.startswith(f"Port {port} cannot be used")
    assert f"{variable}=" in said


@pytest.mark.parametrize("word", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_one_sentence(word: str, tmp_path: Path) -> None:
    said = refusal(Product(tmp_path).environment() | {"PLUMBLINE_PORT": word})

    assert said == f"PLUMBLINE_PORT is '{word}'; it must be a port number from 1 to 65535."


@pytest.mark.parametrize(
    ("variable", "word", "reason"),
    [
        ("DATABASE_URL", "postgresql://127.0.0.1:1/nowhere", "The database cannot be reached: "),
        ("PLUMBLINE_JIRA_SYNC_SECONDS", "often", "PLUMBLINE_JIRA_SYNC_SECONDS is 'often'; it"),
    ],
)
def test_what_cannot_be_prepared_is_said_without_a_traceback(
    variable: str, word: str, reason: str, tmp_path: Path
) -> None:
    product = Product(tmp_path)
    product.begin(environment=product.environment() | {variable: word})

    assert product.running.wait(SOON) == 1
    assert reason in product.words()
    assert "Traceback" not in product.words()


def refusal(environment: dict[str, str]) -> str:
    """The one line that a start which cannot be says before it ends."""
    refused = subprocess.run(
        COMMAND, cwd=HOUSE, env=environment, capture_output=True, text=True, timeout=120
    )
    assert refused.returncode != 0
    assert refused.stdout == ""
    return refused.stderr.strip()
