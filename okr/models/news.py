"""Who is told what: whom a text mentions first, then who follows; nobody twice the same."""

from datetime import datetime
from typing import TYPE_CHECKING

from okr.models.check_in import CheckIn, Confidence
from okr.models.follow import Follow
from okr.models.mention import tell_mentioned
from okr.models.notification import Notification
from okr.models.preference import Occasion

if TYPE_CHECKING:
    from okr.models.comment import Comment

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


def dropped(before: str, confidence: str) -> bool:
    if not before:
        return False
    return FALLING.index(Confidence(confidence)) > FALLING.index(Confidence(before))
