"""The real workers: prefork children that carry out runs, with what they used of the machine."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from config.plan import HOUSE
from jira_integration.models import JiraConnection, State, SyncRun
from okr.models import KeyResult

PATIENCE = 600.0
LOOKS_EVERY = 0.01
LOOK = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a run took. `seconds` from asking to its end, `cpu` and `peak` of the child, in MB."""

    run: SyncRun
    seconds: float
    cpu: float
    peak: float


class Worker:
    """One of `celery worker --pool prefork --concurrency 1`: a parent and a child."""

    def __init__(self, log: Path) -> None:
        size = ["--pool", "prefork", "--concurrency", "1", "--hostname", f"{log.stem}@%h"]
        command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", *size, *LOOK]
        with log.open("wb") as words:
            self.program = psutil.Popen(command, cwd=HOUSE, stdout=words, stderr=words)

    @property
    def child(self) -> psutil.Process:
        """It is there once the worker is ready."""
        patience = time.monotonic() + 60
        while not (children := self.program.children()):
            if time.monotonic() > patience:
                raise SystemExit("The worker does not start.")
            time.sleep(0.1)
        return children[0]

    def stop(self) -> None:
        self.program.terminate()
        self.program.wait(30)


@contextmanager
def at_work(folder: Path, number: int = 1) -> Iterator[list[Worker]]:
    workers = [Worker(folder / f"worker-{each}.log") for each in range(number)]
    try:
        for worker in workers:
            _ = worker.child
        yield workers
    finally:
        for worker in workers:
            worker.stop()


def carried_out(
    worker: Worker, connection: JiraConnection, trigger: str, key_result: KeyResult | None = None
) -> Spent:
    """Asks for a run, as the product does, and waits for the worker to end it."""
    child = worker.child
    before = _cpu(child)
    run = SyncRun.objects.ask(connection, trigger, key_result=key_result)
    wait_for([run])
    assert run.finished_at  # noqa: S101  narrows the type
    seconds = (run.finished_at - run.asked_at).total_seconds()
    return Spent(run, seconds, _cpu(child) - before, peak_of(child))


def wait_for(runs: list[SyncRun]) -> None:
    patience = time.monotonic() + PATIENCE
    open_ones = SyncRun.objects.open().filter(pk__in=[run.pk for run in runs])
    while open_ones.exists():
        if time.monotonic() > patience:
            raise SystemExit("A run does not end: is there a worker?")
        time.sleep(LOOKS_EVERY)
    for run in runs:
        run.refresh_from_db()
        if run.state != State.DONE:
            raise SystemExit(f"A run ended as {run.state}: {run.failure_code}")


def peak_of(child: psutil.Process) -> float:
    """The most memory that it ever held, with all that it shares with its parent; in MB."""
    lines = Path(f"/proc/{child.pid}/status").read_text().splitlines()
    told = next(line for line in lines if line.startswith("VmHWM:"))
    return int(told.split()[1]) * 1024 / 1_000_000


def _cpu(child: psutil.Process) -> float:
    times = child.cpu_times()
    return float(times.user + times.system)
