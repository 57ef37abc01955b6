"""Who is told what: whom a text mentions first, then who follows; nobody twice the same."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from okr.models.check_in import CheckIn, Confidence
from okr.models.follow import Follow
from okr.models.mention import tell_mentioned
from okr.models.notification import Notification
from okr.models.person import Person
from okr.models.preference import Occasion
from okr.models.readers import able_to_see

if TYPE_CHECKING:
    from okr.models.closure import Closure
    from okr.models.comment import Comment
    from okr.models.cycle import Cycle
    from okr.models.objective import Objective
    from okr.models.review import Review

CLOSED_WITH_IT = "What is aligned under it was closed with it, yours too."
CLOSED_ALONG = "It was closed together with what it contributes to."
CLOSED_WITH_CYCLE = "{} is closed, and what you had open in it."
FALLING = list(Confidence)


def tell_of_comment(comment: "Comment", at: datetime) -> None:
    """The followers once; those whom it mentions also when they are named only later."""
    key = f"comment-{comment.pk}"
    tell_mentioned(comment.words, comment, by=comment.by, at=at, key=key)
    if comment.edited_at is None:
        followers = Follow.objects.followers_of(comment.about)
        Notification.objects.tell(
            followers, Occasion.COMMENT, about=comment, by=comment.by, at=at, key=key
        )
        Follow.objects.begin([comment.by], comment.about)


def tell_of_check_in(check_in: CheckIn, before: str) -> None:
    """The followers; when confidence dropped from `before` also the owner and their manager."""
    key_result, by, at = check_in.key_result, check_in.by, check_in.at
    key = f"check-in-{check_in.pk}"
    tell_mentioned(check_in.note, check_in, by=by, at=at, key=key)
    people = Follow.objects.followers_of(key_result)
    kind, words = Occasion.FOLLOWED, f"{check_in.get_confidence_display()}. {check_in.note}"
    if dropped(before, check_in.confidence):
        kind, words = Occasion.CONFIDENCE_DROPPED, f"From {Confidence(before).label} to {words}"
        people += [each for each in (key_result.owner, key_result.owner.manager) if each]
    Notification.objects.tell(
        people, kind, about=check_in, by=by, at=at, words=words.strip(), key=key
    )


def tell_of_review(review: "Review") -> None:
    """The owner, each time it is written anew."""
    key, by, at = f"review-{review.pk}", review.reviewer, review.at
    tell_mentioned(review.comment, review, by=by, at=at, key=key)
    Notification.objects.tell(
        [review.objective.owner],
        Occasion.REVIEW_GIVEN,
        about=review,
        by=by,
        at=at,
        words=f"{review.rating} of {review.scale}. {review.comment}",
    )


def tell_of_closure(closure: "Closure", along: Iterable["Objective"] = ()) -> None:
    """The owner and followers of what a person closed; whose objectives went along, each once."""
    key, by, at = f"closure-{closure.pk}", closure.by, closure.at
    tell_mentioned(closure.retrospective, closure, by=by, at=at, key=key)
    _tell_of_going_along(closure, along, key)
    people = [closure.objective.owner, *Follow.objects.followers_of(closure.objective)]
    words = f"Closed with {closure.score}. {closure.retrospective}"
    Notification.objects.tell(
        people, Occasion.CLOSED, about=closure, by=by, at=at, words=words, key=key
    )


def _tell_of_going_along(closure: "Closure", along: Iterable["Objective"], key: str) -> None:
    """Of what was closed where they may see that, else of the first of their own."""
    kind = Occasion.CLOSED
    told: dict[str, Any] = {"by": closure.by, "at": closure.at, "key": key}
    owned = {each.owner: each for each in reversed([*along])}
    seeing = able_to_see(owned, closure.objective)
    Notification.objects.tell(seeing, kind, about=closure, words=CLOSED_WITH_IT, **told)
    for owner in owned.keys() - set(seeing):
        Notification.objects.tell([owner], kind, about=owned[owner], words=CLOSED_ALONG, **told)


def tell_of_closed_cycle(
    cycle: "Cycle", by: Person, at: datetime, owners: Iterable[Person]
) -> None:
    """Each owner of what was still open, once."""
    words, key = CLOSED_WITH_CYCLE.format(cycle), f"closed-cycle-{cycle.pk}-{at.isoformat()}"
    Notification.objects.tell(owners, Occasion.CLOSED, by=by, at=at, words=words, key=key)


def dropped(before: str, confidence: str) -> bool:
    if not before:
        return False
    return FALLING.index(Confidence(confidence)) > FALLING.index(Confidence(before))
