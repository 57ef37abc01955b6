"""That an objective is closed: what it scored, what was learnt, and whether it goes on."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from okr.models.change import Change
from okr.models.happens import Happens
from okr.models.news import tell_of_closure
from okr.models.outbox import happened
from okr.progress import WHOLE, score

if TYPE_CHECKING:
    from okr.models.objective import Objective
    from okr.models.person import Person

BATCH = 500
MOST_LETTERS = 10_000
ALREADY_CLOSED = "This was closed meanwhile. Reload the page to see what was written."
CYCLE_CLOSED = "The cycle was closed meanwhile, so nothing in it can change."
CLOSED_ABOVE = "What it contributes to is closed. Reopen that first."


class ClosedError(PermissionDenied):
    """What should have changed was closed meanwhile; its sentence is for whoever wanted that."""


class Outcome(models.TextChoices):
    CONTINUE = "continue", "Continue"
    CLOSE = "close", "Close"


class ClosureQuerySet(models.QuerySet["Closure"]):
    def close(self, objective: "Objective", **judged: Any) -> "Closure":
        """Closes an objective with what is aligned under it; or adds the words that are missing.

        Raises PermissionDenied where somebody else closed it, or its cycle, meanwhile.
        """
        with transaction.atomic():
            lock_open_cycle(objective.cycle_id)
            closure = self.filter(objective=objective).first()
            if closure and closure.retrospective:
                raise PermissionDenied(ALREADY_CLOSED)
            below = below_all({objective.pk})
            _hold_still({objective.pk, *below})
            closure = closure or Closure(objective=objective)
            for name, value in (judged | {"with_objective": None}).items():
                setattr(closure, name, value)
            closure.full_clean()
            closure.save()
            along = self._append(below, judged["by"], judged["at"], with_objective=objective)
            tell_of_closure(closure, along)
            Change.objects.append(
                objective, "closure", by=closure.by, at=closure.at, after=str(closure.score)
            )
            happened(Happens.OBJECTIVE_CLOSED, objective, by=closure.by, at=closure.at)
        return closure

    def close_the_rest(self, cycle_id: int, by: "Person", at: datetime) -> "list[Objective]":
        """Closes what is still open in a cycle; call it in the transaction that closes that."""
        objectives = apps.get_model("okr", "Objective").objects.filter(cycle=cycle_id)
        ids = set(objectives.values_list("pk", flat=True))
        _hold_still(ids)
        return self._append(ids, by, at, with_cycle=True)

    def reopen(self, objective: "Objective", by: "Person", at: datetime) -> None:
        """Opens an objective and what was closed with it. Raises PermissionDenied, see `close`."""
        with transaction.atomic():
            lock_open_cycle(objective.cycle_id)
            closure = self.filter(objective=objective).first()
            if closure is None:
                return
            self._lift(Q(objective=objective) | Q(with_objective=objective), objective.cycle_id)
            if self.filter(objective=objective).exists():
                raise PermissionDenied(CLOSED_ABOVE)
            before = f"{closure.score}. {closure.retrospective}".strip()
            Change.objects.append(objective, "closure", by=by, at=at, before=before)
            happened(Happens.OBJECTIVE_REOPENED, objective, by=by, at=at)

    def reopen_with_cycle(self, cycle_id: int) -> None:
        """Opens what only the closing of the cycle had closed."""
        self._lift(Q(with_cycle=True), cycle_id)

    def _append(
        self, ids: Collection[int], by: "Person", at: datetime, **closed_with: Any
    ) -> "list[Objective]":
        """Answers those that were still open, with their owners."""
        objectives = apps.get_model("okr", "Objective").objects
        still_open = list(objectives.filter(pk__in=ids, closure=None).select_related("owner"))
        self.bulk_create(
            [Closure.of(objective, by=by, at=at, **closed_with) for objective in still_open],
            batch_size=BATCH,
        )
        return still_open

    def _lift(self, chosen: Q, cycle_id: int) -> None:
        """Deletes closures, but none below an objective that stays closed: it would move that."""
        rows = self.filter(objective__cycle=cycle_id)
        closed = set(rows.values_list("objective_id", flat=True))
        lifted = set(rows.filter(chosen).values_list("objective_id", flat=True))
        stuck = below_all(closed - lifted)
        rows.filter(objective__in=lifted - stuck).delete()


class Closure(models.Model):
    objective = models.OneToOneField(
        "okr.Objective", on_delete=models.CASCADE, related_name="closure"
    )
    by = models.ForeignKey("okr.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    score = models.DecimalField(
        max_digits=2, decimal_places=1, help_text="From 0.0 to 1.0, as a person judged it."
    )
    retrospective = models.TextField(
        max_length=MOST_LETTERS, blank=True, help_text="Empty where nobody said anything."
    )
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.CLOSE)
    with_objective = models.ForeignKey(
        "okr.Objective",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="What it was aligned under, where it was closed with that.",
    )
    with_cycle = models.BooleanField(default=False, help_text="Closed by closing the cycle.")

    objects = ClosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score__range=(0, 1)),
                name="a_score_lies_between_0_and_1",
                violation_error_message="A score lies between 0.0 and 1.0.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["continue", "close"]), name="a_closure_has_an_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} at {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def of(cls, objective: "Objective", **fields: Any) -> "Closure":
        """What is written where nobody said anything: the progress, and on with what is left."""
        return cls(
            objective=objective,
            score=score(objective.progress),
            outcome=Outcome.CLOSE if objective.progress == WHOLE else Outcome.CONTINUE,
            **fields,
        )

    @property
    def was_along(self) -> bool:
        """Closed with something else, before anybody spoke about it."""
        return not self.retrospective


def unclosed(way: str = "") -> Q:
    """Objectives that nobody has closed; `way` leads to them, as "objective__".

    Asked as what does not exist: of a joined row that is absent PostgreSQL expects one at most,
    and then reads a whole cycle to find the objectives of one person.
    """
    return Q(~Exists(Closure.objects.filter(objective=OuterRef(f"{way}pk"))))


def without_words(way: str = "") -> Q:
    """Objectives that nobody has spoken about; `way` leads to them, as "objectives__"."""
    return Q(**{f"{way}closure": None}) | Q(**{f"{way}closure__retrospective": ""})


def lock_open_cycle(cycle_id: int) -> None:
    """Waits for whoever changes the cycle. Raises ClosedError where it is closed."""
    cycle = apps.get_model("okr", "Cycle").objects.select_for_update().get(pk=cycle_id)
    if cycle.closed_at:
        raise ClosedError(CYCLE_CLOSED)


def below_all(objective_ids: Collection[int]) -> set[int]:
    """The ids of everything aligned under these, at any depth; a query for each level."""
    objectives = apps.get_model("okr", "Objective").objects
    found: set[int] = set()
    level = set(objective_ids)
    while level:
        level = set(objectives.filter(parent__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found


def _hold_still(objective_ids: Collection[int]) -> None:
    """Locks the numbers, so that no check-in lands in an objective while it is being closed."""
    key_results = apps.get_model("okr", "KeyResult").objects.filter(objective__in=objective_ids)
    list(key_results.order_by("pk").select_for_update().values_list("pk", flat=True))


def refuse_if_closed(objective_id: int) -> None:
    """For a verb that holds the lock of the cycle, or of a number. Raises ClosedError."""
    closed = Q(closure__isnull=False) | Q(cycle__closed_at__isnull=False)
    if apps.get_model("okr", "Objective").objects.filter(closed, pk=objective_id).exists():
        raise ClosedError(ALREADY_CLOSED)


def scores() -> list[Decimal]:
    """From 0.0 to 1.0."""
    return [Decimal(tenth).scaleb(-1) for tenth in range(11)]
