"""What somebody wants to reach in a cycle, and where it stands in the tree."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Q

from okr.models.alignment import Aligned, hold_graph, refuse_circle
from okr.models.approval import Approvable, Approval
from okr.models.change import OF_OBJECTIVE, Change
from okr.models.closure import Closure, lock_open_cycle, refuse_if_closed, unclosed, without_words
from okr.models.cycle import Cycle
from okr.models.happens import Happens
from okr.models.keyed import Keyed
from okr.models.outbox import happened
from okr.models.person import Person
from okr.models.policy import readable_by
from okr.models.review import Review
from okr.models.unit import Unit
from okr.models.upward import carry_upward
from okr.models.version import Versioned

MOST_TAGS = 3


class Level(models.TextChoices):
    COMPANY = "company", "Company"
    UNIT = "unit", "Unit"
    INDIVIDUAL = "individual", "Individual"


class Visibility(models.TextChoices):
    PUBLIC = "public", "Everyone"
    CONFIDENTIAL = "confidential", "Confidential"


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def visible_to(self, person: Person) -> Self:
        """Admins see all; what others see is told in the policy's `readable_by`."""
        return self if person.is_okr_admin else self.filter(readable_by(person))

    def open(self) -> Self:
        """Neither closed themselves nor in a closed cycle."""
        return self.filter(unclosed(), cycle__closed_at=None)

    def editable_by(self, person: Person) -> Self:
        """The owner's, their managers' and the admins', as long as they are open."""
        return self.open()._in_reach_of(person)

    def closable_by(self, person: Person) -> Self:
        """Who may edit may close, and may add the words that are missing."""
        return self.filter(without_words(), cycle__closed_at=None)._in_reach_of(person)

    def reopenable_by(self, person: Person) -> Self:
        """The owner's managers and admins, while the cycle is open."""
        closed = self.filter(closure__isnull=False, cycle__closed_at=None)
        return closed if person.is_okr_admin else closed.filter(_led_by(person))

    def reviewable_by(self, person: Person) -> Self:
        """The owner's managers and admins, while the cycle is open; never one's own."""
        rows = self.filter(cycle__closed_at=None).exclude(owner=person)
        return rows if person.is_okr_admin else rows.filter(_led_by(person))

    def _in_reach_of(self, person: Person) -> Self:
        return self if person.is_okr_admin else self.filter(person.in_line("owner"))

    def moving_their_parent(self) -> Self:
        """Approved ones; not the confidential under a public one, which that would give away."""
        return self.filter(approval=Approval.APPROVED).exclude(
            visibility=Visibility.CONFIDENTIAL, parent__visibility=Visibility.PUBLIC
        )

    def called(self, words: str) -> Self:
        """Those whose title or owner contains each of the words."""
        found = self
        for word in words.split():
            found = found.filter(Q(title__icontains=word) | Q(owner__name__icontains=word))
        return found

    def for_cards(self) -> Self:
        return self.select_related("owner", "unit", "cycle", "closure__by")


def _led_by(person: Person) -> Q:
    return person.in_line("owner") & ~Q(owner=person)


class Objective(Aligned, Approvable, Keyed, Versioned):
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="objectives")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="objectives")
    level = models.CharField(max_length=12, choices=Level, default=Level.INDIVIDUAL)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="objectives"
    )
    title = models.CharField(max_length=200)
    description = models.TextField(max_length=10_000, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    weight = models.DecimalField(
        max_digits=6,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(0)],
        help_text="How much it counts in its parent's progress; 0 is shown but not counted.",
    )
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    viewers = models.ManyToManyField(Person, blank=True, related_name="may_view")
    tags = models.ManyToManyField(
        "okr.Tag", through="okr.Tagging", blank=True, related_name="objectives"
    )
    progress = models.DecimalField(
        max_digits=7,
        decimal_places=4,
        null=True,
        editable=False,
        help_text="Derived from its parts, in percent; empty until a part is measured.",
    )
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="carried_on",
        help_text="What it goes on with, from an earlier cycle.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["cycle", "title", "id"], name="objectives_by_title")]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=0), name="objective_weight_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="no_objective_is_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(progress=None) | Q(progress__range=(0, 100)),
                name="objective_progress_in_range",
            ),
            models.UniqueConstraint(
                fields=["carried_from", "cycle"], name="carried_once_into_a_cycle"
            ),
            models.UniqueConstraint(fields=["key"], name="an_objective_has_its_own_key"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.level == Level.UNIT and self.unit is None:
            raise ValidationError({"unit": "Choose the unit that this objective belongs to."})
        if self.parent and self.parent.cycle_id != self.cycle_id:
            raise ValidationError({"parent": "The parent belongs to another cycle."})
        if self._moves_in() and Closure.objects.filter(objective=self.parent_id).exists():
            raise ValidationError({"parent": "That objective is closed. Choose one that is open."})
        if self.parent_id:
            refuse_circle(self, {self.parent_id}, "parent")
        if self.assigned_from:
            self.suits(self.assigned_from)

    def _moves_in(self) -> bool:
        """Whether its parent is another one than before."""
        return not Objective.objects.filter(pk=self.pk, parent=self.parent_id).exists()

    def moves(self, above: "Objective") -> bool:
        """Whether it counts there by its weight: approved, and nothing secret in a public one."""
        open_to_all = self.visibility == Visibility.PUBLIC
        seen = open_to_all or above.visibility != Visibility.PUBLIC
        return self.approval == Approval.APPROVED and seen

    def keep(self, *, by: Person | None = None, at: datetime | None = None) -> None:
        """Saves a new or changed objective and carries its number to where it counts.

        What changed is noted where `by` and `at` are known. Raises StaleError where somebody saved
        since this copy was read, ClosedError where it was closed since.
        """
        with transaction.atomic():
            self._hold_open()
            self.full_clean()
            self.claim_version()
            stored = Objective.objects.filter(pk=self.pk).first()
            if stored:
                self.approval = stored.approval
            self.save()
            Change.objects.note(stored, self, OF_OBJECTIVE, by=by, at=at)
            if stored is None:
                Change.objects.append(self, "created", by=by, at=at)
            before = stored.parent_id if stored else None
            assigned = self.children.exclude(assigned_from=None).values_list("pk", flat=True)
            carry_upward({before, self.parent_id, self.pk, *assigned} - {None}, at)
            kind = Happens.OBJECTIVE_CHANGED if stored else Happens.OBJECTIVE_ADDED
            happened(kind, self, by=by, at=at)

    def _hold_open(self) -> None:
        """Holds the cycle, and the one that it leaves; refuses where either is closed, or it."""
        left = Objective.objects.filter(pk=self.pk).values_list("cycle_id", flat=True)
        hold_graph(self.cycle_id, *left)
        lock_open_cycle(self.cycle_id)
        refuse_if_closed(self.pk)

    def last_saved(self) -> tuple[Person, datetime] | None:
        last = self.changes.filter(key_result=None).select_related("by").first()
        return (last.by, last.at) if last else None

    def show_to(
        self, people: Iterable[Person], *, by: Person | None = None, at: datetime | None = None
    ) -> None:
        """Names those who see it besides the owner, their managers and admins."""
        before = ", ".join(map(str, self.viewers.all()))
        self.viewers.set(people)
        after = ", ".join(map(str, self.viewers.all()))
        if before != after:
            Change.objects.append(self, "viewers", by=by, at=at, before=before, after=after)

    def close(
        self, *, by: Person, at: datetime, score: Decimal, retrospective: str, outcome: str
    ) -> Closure:
        """Makes it read-only, with what is aligned under it.

        Raises PermissionDenied where somebody else closed it, or its cycle, meanwhile.
        """
        return Closure.objects.close(
            self, by=by, at=at, score=score, retrospective=retrospective, outcome=outcome
        )

    def review(
        self, *, by: Person, at: datetime, rating: int, comment: str, outcome: str
    ) -> Review:
        """What a manager or admin says about it. Raises PermissionDenied in a closed cycle."""
        return Review.objects.say(self, by, at, rating=rating, comment=comment, outcome=outcome)

    def reopen(self, *, by: Person, at: datetime) -> None:
        """Opens it with what was closed with it. Raises PermissionDenied below a closed one."""
        Closure.objects.reopen(self, by, at)

    def tag(self, names: Sequence[str]) -> None:
        """Puts these tags in the place of those it has. Raises ValidationError for a fourth."""
        tags: Any = Objective._meta.get_field("tags").related_model
        tags.objects.put_on(self, names)

    def remove(self) -> None:
        """Deletes the objective with its key results; what was aligned under it stands free."""
        with transaction.atomic():
            self._hold_open()
            happened(Happens.OBJECTIVE_DELETED, self)
            self.children.update(parent=None, assigned_from=None)
            parent, moved = self.parent_id, self.assigned_from
            self.delete()
            if moved:
                moved.stand_still()
            carry_upward({parent} - {None})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.key_results.all().delete()
        return super().delete(*args, **kwargs)
