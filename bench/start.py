"""Row 7: how long the product takes to start, in a fresh copy of this checkout and once more.

    python -m bench.start --to FILE [--small]

The first `make run` sets everything up; what it spends on the dependencies hangs on the network and
is told apart. With --small nothing is set up: the environment in use starts an empty folder twice.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from bench.figures import Figure, hand_over
from config.plan import HOST, HOUSE
from config.up import answers
from tests.servers import free_port

FIRST_PAGE_WITHIN = 5.0
PATIENCE = 900.0
INSTALLED = "The dependencies are installed."
STARTS = 3


def main() -> None:
    options = _options()
    with TemporaryDirectory(prefix="plumbline-start-") as folder:
        home = Path(folder)
        environment = _environment(home)
        if options.small:
            found = list(_starts(HOUSE, [sys.executable, "-m", "config.up"], environment, 1))
        else:
            house = _copied(home / "house")
            found = list(_starts(house, ["make", "run"], environment, STARTS))
        found.append(_imported(environment, 1 if options.small else STARTS))
    hand_over(found, options.to)


def _environment(home: Path) -> dict[str, str]:
    """Of somebody who has just come to this machine: an empty home, nothing cached."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    indexes = ("PIP_", "UV_INDEX", "UV_DEFAULT_INDEX", "SSL_", "HTTP_", "HTTPS_", "NO_PROXY")
    network = {name: value for name, value in os.environ.items() if name.startswith(indexes)}
    ports = {"PLUMBLINE_PORT": free_port(), "PLUMBLINE_SANDBOX_PORT": free_port()}
    ours = {"HOME": str(home), "PLUMBLINE_VAR": str(home / "var")}
    return kept | network | ours | {name: str(port) for name, port in ports.items()}


def _copied(house: Path) -> Path:
    """As it is committed, without what an earlier run has left."""
    words = ["git", "clone", "--quiet", "--depth", "1", f"file://{HOUSE}", str(house)]
    subprocess.run(words, check=True)  # noqa: S603
    return house


def _starts(
    house: Path, command: Sequence[str], environment: Mapping[str, str], times: int
) -> Iterator[Figure]:
    first, installing = _started(house, command, environment)
    yield Figure("7", "first start, dependencies installed", installing, "s")
    yield Figure("7", "first start, from then to the first page", first - installing, "s")
    again = [_started(house, command, environment)[0] for _ in range(times)]
    yield Figure.at_most(
        "7", "second start to the first page, median", median(again), "s", FIRST_PAGE_WITHIN
    )


def _started(
    house: Path, command: Sequence[str], environment: Mapping[str, str]
) -> tuple[float, float]:
    """The seconds until the first page, and until the dependencies were there."""
    printed, begun = Path(environment["HOME"]) / "printed.txt", time.monotonic()
    installed = 0.0
    with printed.open("wb") as output:
        program = subprocess.Popen(  # noqa: S603
            command, cwd=house, env=environment, stdout=output, stderr=output
        )
    try:
        while not answers(int(environment["PLUMBLINE_PORT"])):
            if program.poll() is not None or time.monotonic() > begun + PATIENCE:
                raise SystemExit(f"Nothing answers at {HOST}:\n{printed.read_text()}")
            if not installed and INSTALLED in printed.read_text():
                installed = time.monotonic() - begun
            time.sleep(0.02)
        return time.monotonic() - begun, installed
    finally:
        family = psutil.Process(program.pid).children(recursive=True)
        program.terminate()
        program.wait(60)
        psutil.wait_procs(family, 60)


def _imported(environment: Mapping[str, str], times: int) -> Figure:
    """With every address, as the first page needs them."""
    code = "import config.wsgi, django.urls as urls; urls.get_resolver().url_patterns"
    took = []
    for _ in range(times):
        begun = time.monotonic()
        words = [sys.executable, "-c", code]
        subprocess.run(words, cwd=HOUSE, env=environment, check=True)  # noqa: S603
        took.append(time.monotonic() - begun)
    return Figure("7", "import of the web process with every address, median", median(took), "s")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.start", description=__doc__)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--small", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
