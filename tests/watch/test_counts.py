"""Requests are counted right under several processes that come and go."""

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from config.watch import counts
from config.watch.counts import counted, instruments, prepared

FORK = multiprocessing.get_context("fork")
ROUTE = "okr:of-this-test"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder of its own, in which nothing is counted so far."""
    instruments()
    monkeypatch.setenv(counts.VARIABLE, str(tmp_path))
    return tmp_path


def in_another(work: Callable[[], None]) -> int:
    child = FORK.Process(target=work)
    child.start()
    child.join()
    assert child.exitcode == 0
    assert child.pid
    return child.pid


def answer(times: int = 1, status: int = 200) -> None:
    for _ in range(times):
        instruments().count(ROUTE, status, 0.2)


def sums() -> dict[str, float]:
    """The number of answers by code, and of durations by class and bound."""
    found = {}
    for family in counted():
        for sample in family.samples:
            if sample.labels["route"] != ROUTE:
                continue
            if sample.name == "plumbline_http_answers_total":
                found[sample.labels["code"]] = sample.value
            elif "le" in sample.labels:
                found[f"{sample.labels['status']} ≤ {sample.labels['le']}"] = sample.value
    return found


def test_what_several_processes_counted_is_added_up():
    in_another(lambda: answer(2))
    in_another(lambda: answer(3))
    in_another(lambda: answer(1, status=503))
    assert (sums()["200"], sums()["503"]) == (5, 1)
    assert (sums()["2xx ≤ 0.1"], sums()["2xx ≤ 0.25"], sums()["2xx ≤ +Inf"]) == (0, 5, 5)


def test_sums_never_fall_and_the_folder_stays_small_while_processes_come_and_go(folder):
    for turn in range(1, 6):
        in_another(lambda: answer(10))
        assert sums()["200"] == turn * 10
        assert sums()["2xx ≤ +Inf"] == turn * 10
    assert sorted(file.name for file in folder.glob("*.db")) == [
        "counter_gone.db",
        "histogram_gone.db",
    ]


def test_whoever_counts_and_lives_keeps_its_file(folder):
    def live() -> None:
        answer(4)
        in_another(lambda: answer(3))
        assert sums()["200"] == 7
        assert counts.alive(folder) == [os.getpid()]
        answer()
        assert sums()["200"] == 8

    in_another(live)


def test_folders_of_machines_that_are_gone_go_too(tmp_path):
    old, young = tmp_path / "web-1", tmp_path / "web-2"
    for other in (old, young):
        other.mkdir()
    os.utime(old, (0, 0))
    prepared(tmp_path / "web-3")
    assert sorted(Path(each).name for each in tmp_path.iterdir()) == ["web-2", "web-3"]
