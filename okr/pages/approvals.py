"""Approval on screen: where an objective stands, who may decide, and what waits for whom."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery

from okr.access import may_edit
from okr.forms.approvals import verbs_for
from okr.models import Approval, ApprovalStep, Objective, Person
from okr.models.approval import Verb, approves, change_reopens, nearest_approvers, waiting_for

A_PAGE = 25
MOST_OWN = 100
WORDS = {
    Approval.APPROVED: "It is approved and counts in what is above it.",
    Approval.DRAFT: "It is a draft. Until it is approved it moves nothing above it.",
    Approval.WAITING: "It waits for approval. Until then it moves nothing above it.",
    Approval.SENT_BACK: "It was sent back. Until it is approved it moves nothing above it.",
}
OFF = "Approval is turned off now: whoever may change it may let it count."


@dataclass(frozen=True, slots=True)
class ApprovalPage:
    objective: Objective
    steps: list[ApprovalStep]
    verbs: list[Verb]
    who: str

    @property
    def sentence(self) -> str:
        return WORDS[Approval(self.objective.approval)]


def approval_page(objective: Objective, person: Person) -> ApprovalPage:
    is_on = person.policy.approval_on
    edits = may_edit(person, objective)
    decides = edits and (approves(person, objective) or not is_on)
    verbs = verbs_for(person, objective, edits=edits, decides=decides) if edits else []
    steps = list(objective.approval_steps.select_related("by"))
    return ApprovalPage(objective, steps, verbs, _who(objective) if is_on else OFF)


def _who(objective: Objective) -> str:
    """Whom it goes to, by name where that is one person."""
    if objective.is_approved:
        return ""
    asked = nearest_approvers(objective)
    if len(asked) == 1:
        return f"{asked[0]} approves it."
    return "The OKR admins approve it."


def warning(objective: Objective, person: Person) -> str:
    """What a change would set in motion, said before it is saved."""
    if not change_reopens(objective, person):
        return ""
    return (
        "This objective is approved. A change of what it says puts it back to waiting, and it moves"
        " nothing above it until it is approved again."
    )


@dataclass(frozen=True, slots=True)
class ApprovalsPage:
    is_on: bool
    waiting: "Page[Objective]"
    own: "Page[Objective]"


def approvals_page(person: Person, number: str | None) -> ApprovalsPage:
    """`number` is the page of what waits; of what was sent the first hundred are enough."""
    return ApprovalsPage(
        person.policy.approval_on,
        Paginator(listed(waiting_for(person)), A_PAGE).get_page(number),
        Paginator(listed(sent_by(person)), MOST_OWN).get_page(1),
    )


def sent_by(person: Person) -> QuerySet[Objective]:
    """What the person owns or sent, and nobody has approved yet."""
    sent = ApprovalStep.objects.filter(verb=Verb.SUBMIT, by=person).values("objective")
    rows = Objective.objects.visible_to(person).open().exclude(approval=Approval.APPROVED)
    return rows.filter(Q(owner=person) | Q(pk__in=sent))


def listed(objectives: QuerySet[Objective]) -> QuerySet[Objective]:
    """The longest without a step first, with what was said last."""
    last = ApprovalStep.objects.filter(objective=OuterRef("pk")).order_by("-at", "-id")
    return (
        objectives.select_related("owner", "unit", "closure")
        .annotate(
            stepped_at=Subquery(last.values("at")[:1]),
            said=Subquery(last.values("comment")[:1]),
            said_by=Subquery(last.values("by__name")[:1]),
        )
        .order_by("stepped_at", "id")
    )
