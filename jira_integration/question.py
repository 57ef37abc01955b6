"""A question of a dialog: what is about to happen, and the button that makes it happen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    title: str
    sentence: str
    answer: str
    is_danger: bool = False
