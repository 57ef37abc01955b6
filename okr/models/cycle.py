"""The dated period that objectives belong to, and the verbs that close and open it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from okr import progress
from okr.fiscal import Period
from okr.models.closure import Closure, without_words
from okr.models.happens import Happens
from okr.models.keyed import Keyed
from okr.models.news import tell_of_closed_cycle
from okr.models.notification import Notification
from okr.models.outbox import happened, happened_to_each
from okr.models.person import Person
from okr.models.preference import Occasion
from okr.models.version import Versioned

REMINDER = "{} is about to be closed. Write a few words for each of your objectives."


class CycleKind(models.TextChoices):
    QUARTER = "quarter", "Quarter"
    YEAR = "year", "Year"
    CUSTOM = "custom", "Custom"


class CycleQuerySet(models.QuerySet["Cycle"]):
    def newest_first(self) -> Self:
        return self.order_by("-starts_on", "-id")

    def current(self, today: date) -> "Cycle | None":
        """The running cycle; else the next one to come; else the last one that was."""
        running = self.filter(closed_at=None, starts_on__lte=today, ends_on__gte=today)
        return (
            running.order_by("ends_on", "id").first()
            or self.filter(starts_on__gt=today).order_by("starts_on", "id").first()
            or self.newest_first().first()
        )

    def overlapping(self, starts_on: date, ends_on: date) -> Self:
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)

    def one_at_a_time(self) -> None:
        """Whoever adds or moves a cycle waits for whoever does; call it in the transaction."""
        list(self.model.objects.order_by("pk").select_for_update().values_list("pk", flat=True))

    def make(self, periods: Iterable[Period]) -> list["Cycle"]:
        """Adds those that fit; what is there already, or would overlap, is left as it is."""
        made = []
        with transaction.atomic():
            self.one_at_a_time()
            for period in periods:
                cycle = Cycle.of(period)
                if cycle.obstacle() is None:
                    cycle.save()
                    made.append(cycle)
            happened_to_each(Happens.CYCLE_ADDED, made)
        return made


class Cycle(Keyed, Versioned):
    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=CycleKind, default=CycleKind.CUSTOM)
    starts_on = models.DateField()
    ends_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        "okr.Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("ends_on")), name="a_cycle_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["quarter", "year", "custom"]), name="a_cycle_has_a_kind"
            ),
            models.UniqueConstraint(
                fields=["kind", "starts_on"],
                condition=~Q(kind="custom"),
                name="one_quarter_and_one_year_from_a_day",
                violation_error_message="Another cycle of this kind starts on that day.",
            ),
            models.UniqueConstraint(fields=["key"], name="a_cycle_has_its_own_key"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, period: Period) -> "Cycle":
        return cls(
            name=period.name,
            kind=period.kind,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
        )

    @property
    def dates(self) -> str:
        return f"{self.starts_on:%-d %B %Y} – {self.ends_on:%-d %B %Y}"

    def pace(self, today: date) -> Decimal:
        """The progress that the calendar expects by the end of `today`, in percent."""
        return progress.pace(self.starts_on, self.ends_on, today)

    def week(self, today: date) -> tuple[int, int]:
        """Which week of the cycle it is, and of how many; bounded to the cycle."""
        weeks = -(-((self.ends_on - self.starts_on).days + 1) // 7)
        return min(max((today - self.starts_on).days // 7 + 1, 0), weeks), weeks

    def state(self, today: date) -> str:
        if self.closed_at:
            return "closed"
        return "planned" if today < self.starts_on else "running"

    def clean(self) -> None:
        if not (self.starts_on and self.ends_on):
            return
        if self.ends_on <= self.starts_on:
            after = f"Choose a day after {self.starts_on:%-d %B %Y}, on which it starts."
            raise ValidationError({"ends_on": after})
        if other := self.overlapped():
            kind = self.get_kind_display().lower()
            raise ValidationError(
                {"starts_on": f"It overlaps with the {kind} cycle “{other}”, {other.dates}."}
            )

    def overlapped(self) -> "Cycle | None":
        """Another cycle of the same kind within its days: only kinds may lie over each other."""
        others = Cycle.objects.filter(kind=self.kind).exclude(pk=self.pk)
        return others.overlapping(self.starts_on, self.ends_on).order_by("starts_on").first()

    def obstacle(self) -> "Cycle | None":
        """What stands in the way of adding it: a cycle over it, or one of its name."""
        return self.overlapped() or Cycle.objects.filter(name=self.name).first()

    def keep(self) -> None:
        """Saves a new or changed cycle; of two at once, the second sees the first.

        Raises StaleError where somebody saved since this copy was read.
        """
        with transaction.atomic():
            Cycle.objects.one_at_a_time()
            self.full_clean()
            kind = Happens.CYCLE_CHANGED if self.pk else Happens.CYCLE_ADDED
            self.claim_version()
            self.save()
            happened(kind, self)

    def close(self, *, by: Person, at: datetime) -> bool:
        """Closes it with every objective in it; answers False where somebody else just did.

        Those without a closure of their own receive their progress as score, and no words.
        """
        with transaction.atomic():
            if not Cycle.objects.filter(pk=self.pk, closed_at=None).update(
                closed_at=at, closed_by=by
            ):
                return False
            closed = Closure.objects.close_the_rest(self.pk, by, at)
            tell_of_closed_cycle(self, by, at, [each.owner for each in closed])
            happened(Happens.CYCLE_CLOSED, self, by=by, at=at)
        self.refresh_from_db()
        return True

    def remind_owners(self, *, by: Person, at: datetime) -> int:
        """Asks whoever still owes a retrospective, once a day; answers how many were asked."""
        key = f"retrospective-{self.pk}-{timezone.localdate(at)}"
        told = Notification.objects.filter(key=key).values("person")
        owners = (
            Person.objects.active()
            .filter(without_words("objectives__"), objectives__cycle=self)
            .distinct()
        )
        asked = list(owners.exclude(pk__in=[by.pk]).exclude(pk__in=told))
        kind, words = Occasion.RETROSPECTIVE_DUE, REMINDER.format(self)
        Notification.objects.tell(asked, kind, by=by, at=at, words=words, key=key)
        return len(asked)

    def reopen(self) -> None:
        """Opens it, and the objectives that were closed by nothing but its closing."""
        with transaction.atomic():
            Cycle.objects.filter(pk=self.pk).update(closed_at=None, closed_by=None)
            Closure.objects.reopen_with_cycle(self.pk)
            happened(Happens.CYCLE_REOPENED, self)
        self.refresh_from_db()

    def remove(self) -> bool:
        """Deletes it while it is empty; answers whether it was."""
        try:
            with transaction.atomic():
                happened(Happens.CYCLE_DELETED, self)
                self.delete()
        except (models.ProtectedError, IntegrityError):
            return False
        return True
