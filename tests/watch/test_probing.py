"""What may hang is asked once for all, waited for briefly, and its answer kept for a moment."""

from collections.abc import Iterator
from threading import Event, Thread

import pytest

from config.watch.probing import GIVEN_UP_AFTER, HANGING_AT_MOST, KEPT, Probe


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Question:
    """Counts how often it is asked; hangs until it may answer."""

    def __init__(self, *, hangs: bool = False) -> None:
        self.asked = 0
        self.thawed = Event()
        if not hangs:
            self.thawed.set()

    def __call__(self) -> int:
        self.asked += 1
        self.thawed.wait()
        return self.asked


@pytest.fixture
def hanging() -> Iterator[Question]:
    question = Question(hangs=True)
    yield question
    question.thawed.set()


def test_a_storm_of_questions_asks_once_until_the_answer_is_old():
    clock = Clock()
    probe = Probe(Question(), 0, clock=clock)

    assert [probe.answer() for _ in range(50)] == [1] * 50
    clock.now += KEPT
    assert probe.answer() == 2


def test_a_question_that_hangs_is_silence_and_is_not_asked_twice(hanging):
    probe = Probe(hanging, 0, patience=0.01)

    assert [probe.answer() for _ in range(20)] == [0] * 20
    assert hanging.asked == 1


def test_whoever_comes_later_waits_only_for_the_rest_of_the_patience(hanging):
    clock = Clock()
    probe = Probe(hanging, 0, patience=GIVEN_UP_AFTER, clock=clock)
    probe.ask()
    clock.now += GIVEN_UP_AFTER

    assert probe.answer() == 0


def test_what_hangs_for_long_is_asked_again_by_a_few_threads_at_most(hanging):
    clock = Clock()
    probe = Probe(hanging, 0, patience=0.01, clock=clock)

    for _ in range(10):
        probe.answer()
        clock.now += GIVEN_UP_AFTER + 1
    assert hanging.asked == HANGING_AT_MOST


def test_a_question_that_fails_is_silence():
    assert Probe(lambda: 1 // 0, -1).answer() == -1


def test_many_who_ask_at_once_share_the_answer(hanging):
    answers: list[int] = []
    probe = Probe(hanging, 0, patience=60.0)
    threads = [Thread(target=lambda: answers.append(probe.answer())) for _ in range(20)]
    for each in threads:
        each.start()
    hanging.thawed.set()
    for each in threads:
        each.join()

    assert (answers, hanging.asked) == ([1] * 20, 1)
