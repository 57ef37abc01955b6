"""Who lets an objective count, and every step on the way: sent, approved, sent back."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from okr.models.closure import lock_open_cycle
from okr.models.happens import Happens
from okr.models.notification import Notification
from okr.models.outbox import happened
from okr.models.person import Person, Role
from okr.models.policy import Policy
from okr.models.preference import Occasion
from okr.models.upward import carry_upward

if TYPE_CHECKING:
    from okr.models.objective import Objective

MOST_LETTERS = 2_000


class Approval(models.TextChoices):
    APPROVED = "approved", "Approved"
    DRAFT = "draft", "Draft"
    WAITING = "waiting", "Waiting for approval"
    SENT_BACK = "sent_back", "Sent back"


class Verb(models.TextChoices):
    SUBMIT = "submit", "sent it for approval"
    APPROVE = "approve", "approved it"
    SEND_BACK = "send_back", "sent it back"
    CHANGE = "change", "changed it after it was approved"


LEADS_TO = {
    Verb.SUBMIT: Approval.WAITING,
    Verb.APPROVE: Approval.APPROVED,
    Verb.SEND_BACK: Approval.SENT_BACK,
    Verb.CHANGE: Approval.WAITING,
}
TOLD_OUTSIDE = {
    Verb.SUBMIT: Happens.OBJECTIVE_SUBMITTED,
    Verb.APPROVE: Happens.OBJECTIVE_APPROVED,
    Verb.SEND_BACK: Happens.OBJECTIVE_SENT_BACK,
}
STARTS_FROM = {
    Verb.SUBMIT: (Approval.DRAFT, Approval.SENT_BACK),
    Verb.APPROVE: (Approval.WAITING, Approval.DRAFT, Approval.SENT_BACK),
    Verb.SEND_BACK: (Approval.WAITING,),
    Verb.CHANGE: (Approval.APPROVED,),
}


class DecidedError(Exception):
    """Somebody decided, or changed the objective, since it was read; the message tells."""


class StepQuerySet(models.QuerySet["ApprovalStep"]):
    def take(
        self,
        objective: Any,
        verb: str,
        *,
        by: Person,
        at: datetime,
        comment: str = "",
        seen: int | None = None,
    ) -> "ApprovalStep":
        """Appends a step; of two at once one is taken. `seen` is the version that was decided on.

        Raises DecidedError for the other, and PermissionDenied where the cycle was closed.
        """
        with transaction.atomic():
            lock_open_cycle(objective.cycle_id)
            rows = type(objective).objects.open().filter(pk=objective.pk)
            as_seen = rows if seen is None else rows.filter(version=seen)
            if not as_seen.filter(approval__in=STARTS_FROM[Verb(verb)]).update(
                approval=LEADS_TO[Verb(verb)]
            ):
                raise DecidedError(self._why_not(rows, objective))
            step = self.create(objective=objective, verb=verb, by=by, at=at, comment=comment)
            objective.refresh_from_db(fields=["approval", "parent"])
            carry_upward({objective.pk, objective.parent_id} - {None})
            if kind := TOLD_OUTSIDE.get(Verb(verb)):
                happened(kind, objective, by=by, at=at)
            step.tell()
        return step

    def _why_not(self, rows: models.QuerySet["Objective"], objective: "Objective") -> str:
        stored = rows.first()
        if stored is None:
            return "This objective was closed or deleted meanwhile."
        if stored.approval == objective.approval:
            return "This objective was changed meanwhile. Read it again, then decide."
        last = self.filter(objective=objective).select_related("by").last()
        who = f"{last.by} {last.get_verb_display()} meanwhile" if last else "It was decided"
        return f"{who}, so nothing was changed."


class ApprovalStep(models.Model):
    """Appended, never changed."""

    objective = models.ForeignKey(
        "okr.Objective", on_delete=models.CASCADE, related_name="approval_steps"
    )
    verb = models.CharField(max_length=10, choices=Verb)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    comment = models.TextField(max_length=MOST_LETTERS, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.by} {self.get_verb_display()}"

    def tell(self) -> None:
        """Who is asked, or who asked, hears of it."""
        asked = LEADS_TO[Verb(self.verb)] == Approval.WAITING
        kind = Occasion.APPROVAL_ASKED if asked else Occasion.APPROVAL_DECIDED
        people = nearest_approvers(self.objective) if asked else self._who_asked()
        decided = "" if asked else f"{self.get_verb_display().capitalize()}. "
        words = f"{decided}{self.comment}".strip()
        Notification.objects.tell(
            people, kind, about=self.objective, by=self.by, at=self.at, words=words
        )

    def _who_asked(self) -> list[Person]:
        asking = self.objective.approval_steps.filter(verb=Verb.SUBMIT).select_related("by")
        return list({self.objective.owner, *(step.by for step in asking)})


class Approvable(models.Model):
    """What somebody may have to approve before it counts."""

    approval = models.CharField(
        max_length=10,
        choices=Approval,
        default=Approval.APPROVED,
        editable=False,
        help_text="What is not approved is shown as such and moves nothing above it.",
    )

    class Meta:
        abstract = True

    @property
    def is_approved(self) -> bool:
        return self.approval == Approval.APPROVED

    def submit(self, **told: Any) -> None:
        """Asks whoever may approve it: `by`, `at`, `comment`. Raises DecidedError."""
        ApprovalStep.objects.take(self, Verb.SUBMIT, **told)

    def approve(self, **told: Any) -> None:
        """From now on it counts above. Raises DecidedError where it is not as `by` saw it."""
        ApprovalStep.objects.take(self, Verb.APPROVE, **told)

    def send_back(self, **told: Any) -> None:
        """With a `comment` that says what to change. Raises DecidedError, see `approve`."""
        ApprovalStep.objects.take(self, Verb.SEND_BACK, **told)

    def ask_again(self, *, by: Person, at: datetime) -> None:
        """After it was approved somebody changed what it says."""
        ApprovalStep.objects.take(self, Verb.CHANGE, by=by, at=at)


def approves(person: Person, objective: "Objective") -> bool:
    """A manager in the owner's line or an admin; what belongs to the company: admins alone."""
    if person.is_okr_admin:
        return True
    if objective.level == "company" or objective.owner_id == person.pk or not person.line:
        return False
    return objective.owner.line.startswith(person.line)


def approvable(person: Person) -> Q:
    """The same as a condition."""
    if person.is_okr_admin:
        return Q()
    return person.in_line("owner") & ~Q(owner=person) & ~Q(level="company")


def begin(objective: "Objective", by: Person) -> None:
    """How a new objective starts: approved, or as a draft where somebody else must approve it."""
    if not approves(by, objective) and Policy.load().approval_on:
        objective.approval = Approval.DRAFT


def change_reopens(objective: "Objective", by: Person) -> bool:
    """Whether a change by this person makes an approved objective wait again."""
    return (
        objective.approval == Approval.APPROVED
        and not approves(by, objective)
        and Policy.load().approval_on
    )


def nearest_approvers(objective: "Objective") -> list[Person]:
    """Whom to ask: the first manager above the owner who is still here; else the admins."""
    above = [int(pk) for pk in objective.owner.line.split("/") if pk][:-1]
    managers = Person.objects.active().in_bulk(above) if objective.level != "company" else {}
    for pk in reversed(above):
        if pk in managers:
            return [managers[pk]]
    admins = Person.objects.active().filter(role=Role.OKR_ADMIN)
    return list(admins)


def waiting_for(person: Person) -> models.QuerySet["Objective"]:
    """What waits for this person's approval while the policy is on."""
    objectives = apps.get_model("okr", "Objective").objects
    rows: models.QuerySet[Objective] = (
        objectives.visible_to(person).open().filter(approvable(person), approval=Approval.WAITING)
    )
    return rows if person.policy.approval_on else rows.none()
