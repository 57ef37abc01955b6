"""What comes while somebody works is done together by the next; everybody gets their answer."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from jira_integration.batching import Batches
from tests.product import wait_until


class Counter:
    """Answers each number with its double; the first batch waits until it may go on."""

    def __init__(self) -> None:
        self.begun, self.may_go_on = Event(), Event()
        self.batches: list[list[int]] = []

    def work(self, asked: Sequence[int]) -> list[int]:
        self.batches.append(list(asked))
        self.begun.set()
        assert self.may_go_on.wait(60)
        if 13 in asked:
            raise ValueError(asked)
        return [2 * each for each in asked]


def asked_together(*numbers: int) -> tuple[Counter, list[Future[int]]]:
    """The first alone, and the others while it is under way."""
    counter = Counter()
    batches = Batches(counter.work)
    with ThreadPoolExecutor(len(numbers)) as pool:
        futures = [pool.submit(batches, numbers[0])]
        assert counter.begun.wait(60)
        futures += [pool.submit(batches, number) for number in numbers[1:]]
        wait_until(lambda: len(batches._waiting) == len(numbers) - 1)
        counter.may_go_on.set()
    return counter, futures


def test_who_comes_meanwhile_is_done_together():
    counter, futures = asked_together(1, 2, 3, 4)

    assert [each.result() for each in futures] == [2, 4, 6, 8]
    assert [sorted(batch) for batch in counter.batches] == [[1], [2, 3, 4]]


def test_a_failure_is_told_to_everybody_of_the_batch_and_to_nobody_else():
    _, futures = asked_together(1, 2, 13)

    assert futures[0].result() == 2
    for each in futures[1:]:
        with pytest.raises(ValueError, match="13"):
            each.result()


def test_after_a_failure_the_next_is_answered():
    batches = Batches[int, float](lambda asked: [1 / each for each in asked])

    with pytest.raises(ZeroDivisionError):
        batches(0)
    assert batches(4) == 0.25
