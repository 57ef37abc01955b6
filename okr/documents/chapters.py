"""An objective as a chapter of a document: its key results, how it ended, and what was said."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from okr.documents.blocks import (
    Bar,
    Block,
    Fold,
    Heading,
    Inline,
    Judgement,
    Line,
    Link,
    Paragraph,
    Prose,
    Table,
    Words,
)
from okr.models import CheckIn, Closure, Confidence, Level, Objective, Review
from okr.pages import words
from okr.pages.rows import Row
from okr.pages.unit_review import Chapter

HEAD = ("Key result", "Stands at", "Confidence", "Progress", "Source")
NO_STATUS = "No status"


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in the chapters beside the numbers."""

    endings: bool = True
    """Scores and retrospectives."""
    reviews: bool = False
    """Ratings, and what reviewers said of the work of a colleague."""
    notes: bool = True
    """What was noted at check-ins."""


ONLY_NUMBERS = Contents(endings=False, reviews=False, notes=False)


def chapter(found: Chapter, contents: Contents, level: int) -> Iterator[Block]:
    objective = found.objective
    yield Heading(level, (Link(objective.title, address_of("okr:objective", objective.pk)),))
    yield Paragraph(_belongs(found))
    if objective.description:
        yield Prose(objective.description)
    yield _key_results(found) if found.rows else Paragraph((Words("No key results."),))
    if contents.endings and found.closure:
        yield from _ending(found.closure)
    if contents.reviews:
        for review in found.reviews:
            yield from _review(review)
    if contents.notes and found.notes:
        yield _notes(found.notes)


def address_of(name: str, *args: object) -> str:
    """Leads back to a page of the product, which asks to sign in."""
    return str(settings.PUBLIC_ADDRESS) + reverse(name, args=args)


def judgement(confidence: str) -> Judgement:
    named = dict(Confidence.choices)
    return Judgement(
        str(named.get(confidence, NO_STATUS)), confidence if confidence in named else ""
    )


def between(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)


def _belongs(found: Chapter) -> Line:
    objective, confidence = found.objective, found.confidence
    told = between([_home(objective), objective.owner.name])
    return (
        Bar(objective.progress, confidence),
        Words(" "),
        judgement(confidence),
        Words(f" {told}"),
    )


def _home(objective: Objective) -> str:
    if objective.level == Level.UNIT and objective.unit:
        return objective.unit.name
    return str(objective.get_level_display())


def _key_results(found: Chapter) -> Table:
    return Table(HEAD, tuple(_row(row, found.objective) for row in found.rows))


def _row(row: Row, objective: Objective) -> tuple[Line, ...]:
    key_result = row.key_result
    title: list[Inline] = [Link(key_result.title, address_of("okr:key_result", key_result.pk))]
    if key_result.owner_id != objective.owner_id:
        title.append(Words(f" · {key_result.owner.name}"))
    return (
        tuple(title),
        (Words(words.way(key_result)),),
        (judgement(key_result.confidence),),
        (Bar(key_result.progress, key_result.confidence),),
        tuple(_source(row)),
    )


def _source(row: Row) -> Iterator[Words]:
    yield Words(row.source_name)
    if row.read_at:
        yield Words(f", {timezone.localtime(row.read_at):%-d %b}", passing=True)


def _ending(closure: Closure) -> Iterator[Block]:
    outcome = Judgement(str(closure.get_outcome_display()))
    yield Paragraph((Words(f"Score {closure.score} ", strong=True), outcome))
    if closure.retrospective:
        yield Prose(closure.retrospective)
    else:
        yield Paragraph((Words("No retrospective was given."),))


def _review(review: Review) -> Iterator[Block]:
    rated = f"{review.reviewer.name} rated it {review.rating} of {review.scale} "
    outcome = Judgement(str(review.get_outcome_display()))
    yield Paragraph((Words(rated, strong=True), outcome))
    yield Prose(review.comment)


def _notes(notes: list[CheckIn]) -> Fold:
    number = len(notes)
    title = f"{number} note{'' if number == 1 else 's'} from check-ins"
    return Fold(title, tuple(block for note in notes for block in _note(note)))


def _note(check_in: CheckIn) -> Iterator[Block]:
    day = f"{timezone.localtime(check_in.at):%-d %b}"
    told = between([day, check_in.by.name, check_in.key_result.title])
    yield Paragraph((judgement(check_in.confidence), Words(f" {told}")))
    yield Prose(check_in.note)
