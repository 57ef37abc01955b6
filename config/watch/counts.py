"""Counts answered requests, right under several web processes that come and go.

Each process counts in a file of its own (prometheus-client's mode for that); whoever is asked adds
the files up. Files of processes that have ended are folded into one, so that sums never fall and
the folder stays small. The main program of the web imports this only where numbers are asked for.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram, Metric

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
GONE = "gone"
FORGOTTEN_AFTER = 7 * 86_400.0
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


class Instruments:
    def __init__(self, duration: "Histogram", answers: "Counter") -> None:
        self.duration = duration
        self.answers = answers

    def count(self, route: str, status: int, seconds: float) -> None:
        self.duration.labels(route, f"{status // 100}xx").observe(seconds)
        self.answers.labels(route, str(status)).inc()


@cache
def instruments() -> Instruments:
    """The variable decides how prometheus-client counts, and is read when it is imported."""
    os.environ.setdefault(VARIABLE, str(prepared(settings.NUMBERS_FOLDER)))
    from prometheus_client import CollectorRegistry, Counter, Histogram

    ours = CollectorRegistry()
    words = "How long answers took, in seconds, by the name of the route and the class of status."
    duration = Histogram(
        "plumbline_http_request_duration_seconds",
        words,
        ["route", "status"],
        buckets=SECONDS,
        registry=ours,
    )
    counted = "Answers by the name of the route and the status."
    return Instruments(
        duration, Counter("plumbline_http_answers", counted, ["route", "code"], registry=ours)
    )


def prepared(folder: Path) -> Path:
    """One folder a machine; those of machines that are gone go with the time."""
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.parent.iterdir():
        if other != folder and other.stat().st_mtime < time.time() - FORGOTTEN_AFTER:
            shutil.rmtree(other, ignore_errors=True)
    os.utime(folder)
    return folder


def counted() -> Iterable["Metric"]:
    """What all web processes of this machine counted, those that have ended included."""
    from prometheus_client.multiprocess import MultiProcessCollector

    folder = Path(os.environ[VARIABLE])
    with locked(folder):
        for kind in ("counter", "histogram"):
            fold(folder, kind)
        collector: Any = MultiProcessCollector(None, str(folder))  # type: ignore[no-untyped-call]
        return list(collector.collect())


def alive(folder: Path) -> list[int]:
    """The numbers of the processes that count, and live."""
    return [pid for pid in (number_of(file) for file in folder.glob("counter_*.db")) if lives(pid)]


def fold(folder: Path, kind: str) -> None:
    """Adds the files of ended processes to the one of all that have ended."""
    from prometheus_client.mmap_dict import MmapedDict, mmap_key
    from prometheus_client.multiprocess import MultiProcessCollector

    ended = [
        file
        for file in folder.glob(f"{kind}_*.db")
        if number_of(file) and not lives(number_of(file))
    ]
    if not ended:
        return
    kept, new = folder / f"{kind}_{GONE}.db", folder / f"{kind}_{GONE}.new"
    new.unlink(missing_ok=True)
    sources = [str(file) for file in (*ended, kept) if file.exists()]
    merged: Any = MultiProcessCollector.merge(sources, accumulate=False)  # type: ignore[no-untyped-call]
    sums: Any = MmapedDict(str(new))  # type: ignore[no-untyped-call]
    for family in merged:
        for sample in family.samples:
            names, values = list(sample.labels), list(sample.labels.values())
            key = mmap_key(family.name, sample.name, names, values, family.documentation)
            sums.write_value(key, sample.value, 0.0)
    sums.close()
    new.replace(kept)
    for file in ended:
        file.unlink(missing_ok=True)


def number_of(file: Path) -> int:
    """Of the process that wrote it; 0 for the one of all that have ended."""
    last = file.stem.rpartition("_")[2]
    return int(last) if last.isdecimal() else 0


def lives(pid: int) -> bool:
    if not pid:
        return False
    with suppress(ProcessLookupError):
        try:
            os.kill(pid, 0)
        except PermissionError:
            return True
        return True
    return False


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Two who add up at once would count what has ended twice."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
