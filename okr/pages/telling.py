"""A notification in words: what happened, to what, and where it leads."""

from dataclasses import dataclass

from django.urls import reverse

from okr.models import Notification, Occasion
from okr.models.mention import known_names

SENTENCES = {
    Occasion.CHECK_IN_DUE: "asks you to check in",
    Occasion.CONFIDENCE_DROPPED: "is less confident",
    Occasion.MENTION: "mentioned you",
    Occasion.COMMENT: "commented",
    Occasion.FOLLOWED: "checked in",
    Occasion.APPROVAL_ASKED: "asks for your approval",
    Occasion.APPROVAL_DECIDED: "decided on your objective",
    Occasion.REVIEW_GIVEN: "reviewed your objective",
    Occasion.CLOSED: "closed it",
    Occasion.RETROSPECTIVE_DUE: "asks for your retrospective",
    Occasion.HANDED_OVER: "handed this over to you",
    Occasion.LINK_BROKEN: "broke a link",
    Occasion.SYNC_FAILING: "reports a failing sync",
    Occasion.TOKEN_ENDING: "watches the tokens of integrations",
    Occasion.WEBHOOK_STOPPED: "switched a webhook off",
}
BY_THEMSELVES = {
    Occasion.CHECK_IN_DUE: "Your check-in is due",
    Occasion.HANDED_OVER: "This is yours now",
}


@dataclass(frozen=True, slots=True)
class Told:
    """`names` are those of the people whom the words mention."""

    notification: Notification
    names: frozenset[str]

    @property
    def sentence(self) -> str:
        kind, by = Occasion(self.notification.kind), self.notification.by
        return f"{by} {SENTENCES[kind]}" if by else BY_THEMSELVES.get(kind, kind.label)

    @property
    def words(self) -> str:
        """What was said; of a comment as it reads now."""
        comment = self.notification.comment
        return comment.words if comment else self.notification.words

    @property
    def title(self) -> str:
        """Of the objective or key result; empty where it is about neither."""
        return str(self.notification.key_result or self.notification.objective or "")

    @property
    def above(self) -> str:
        """The objective that a key result belongs to."""
        key_result = self.notification.key_result
        return str(key_result.objective) if key_result else ""

    @property
    def place(self) -> str:
        """The address of what it is about."""
        key_result, objective = self.notification.key_result_id, self.notification.objective_id
        if key_result:
            return reverse("okr:key_result", args=[key_result])
        if objective:
            return reverse("okr:objective", args=[objective])
        return reverse(ELSEWHERE.get(Occasion(self.notification.kind), "okr:my"))

    @property
    def url(self) -> str:
        comment = self.notification.comment_id
        return f"{self.place}#comment-{comment}" if comment else self.place


ELSEWHERE = {
    Occasion.CHECK_IN_DUE: "okr:check_in_queue",
    Occasion.LINK_BROKEN: "okr:integrations",
    Occasion.SYNC_FAILING: "okr:integrations",
    Occasion.TOKEN_ENDING: "okr:integrations",
    Occasion.WEBHOOK_STOPPED: "okr:webhooks",
}
WITH_PLACES = ("by", "objective", "key_result__objective", "comment")


def told(notifications: list[Notification]) -> list[Told]:
    """In words, with one query for the mentions of all."""
    bare = [Told(each, frozenset()) for each in notifications]
    names = known_names(each.words for each in bare)
    return [Told(each, names) for each in notifications]
