"""What the company decided about its OKRs: who writes and reads them, and when they are due."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, Q

from okr.models.version import Versioned

if TYPE_CHECKING:
    from okr.models.person import Person


class Creators(models.TextChoices):
    EVERYONE = "everyone", "Everyone"
    MANAGERS = "managers", "Managers"
    ADMINS = "admins", "OKR admins only"


class Readers(models.TextChoices):
    EVERYONE = "everyone", "Everyone"
    UNIT = "unit", "Their unit"
    LINE = "line", "Only their managers"


class RatingScale(models.IntegerChoices):
    THREE = 3, "3 points"
    FIVE = 5, "5 points"


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class Month(models.IntegerChoices):
    JANUARY = 1, "January"
    FEBRUARY = 2, "February"
    MARCH = 3, "March"
    APRIL = 4, "April"
    MAY = 5, "May"
    JUNE = 6, "June"
    JULY = 7, "July"
    AUGUST = 8, "August"
    SEPTEMBER = 9, "September"
    OCTOBER = 10, "October"
    NOVEMBER = 11, "November"
    DECEMBER = 12, "December"


class Policy(Versioned):
    """The one row of the company."""

    individual_creators = models.CharField(
        max_length=10, choices=Creators, default=Creators.EVERYONE
    )
    individual_readers = models.CharField(max_length=10, choices=Readers, default=Readers.EVERYONE)
    approval_on = models.BooleanField(default=False)
    rating_scale = models.PositiveSmallIntegerField(choices=RatingScale, default=RatingScale.FIVE)
    fiscal_year_start = models.PositiveSmallIntegerField(
        choices=Month,
        default=Month.JANUARY,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text="The month in which a year of the company begins.",
    )
    checkin_weekday = models.PositiveSmallIntegerField(
        choices=Weekday, default=Weekday.MONDAY, validators=[MaxValueValidator(6)]
    )
    reminders_on = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_row_of_policies"),
            models.CheckConstraint(
                condition=Q(rating_scale__in=(3, 5)), name="a_rating_has_3_or_5_points"
            ),
            models.CheckConstraint(
                condition=Q(fiscal_year_start__range=(1, 12)), name="a_year_starts_in_a_month"
            ),
            models.CheckConstraint(
                condition=Q(checkin_weekday__range=(0, 6)), name="check_ins_are_due_on_a_weekday"
            ),
        ]

    def __str__(self) -> str:
        return "Policies"

    @classmethod
    def load(cls) -> "Policy":
        """The usual ones until something was decided: looking writes nothing."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def keep(self) -> None:
        """Saves what was decided. Raises StaleError where it was saved meanwhile."""
        self.full_clean(exclude=["id"])
        with transaction.atomic():
            Policy.objects.get_or_create(pk=1)
            self.claim_version()
            self.save()


def readable_by(person: "Person", way: str = "") -> Q:
    """The objectives that a person sees; `way` leads to the objective, as "objective__".

    Confidential ones: the owner, their managers and named viewers. Individual ones: whom the policy
    lets read them, and whoever owns a key result in them. The policy is asked within the query.
    """
    public = Q(**{f"{way}visibility": "public"})
    elsewhere = ~Q(**{f"{way}level": "individual"})
    elsewhere |= Q(~Exists(_reading(Readers.UNIT, Readers.LINE)))
    if person.unit_id:
        same_unit = Q(**{f"{way}owner__unit": person.unit_id})
        elsewhere |= same_unit & Q(Exists(_reading(Readers.UNIT)))
    entrusted = apps.get_model("okr", "KeyResult").objects.filter(person.in_line("owner"))
    return (
        public & (elsewhere | Q(**{f"{way}pk__in": entrusted.values("objective")}))
        | person.in_line(f"{way}owner")
        | Q(**{f"{way}pk__in": person.may_view.values("pk")})
    )


def may_write_individual(person: "Person") -> bool:
    """Whether the policy lets this employee create objectives for a person."""
    if not person.is_active:
        return False
    leads = person.reports.filter(is_active=True)
    refused = Policy.objects.filter(
        Q(individual_creators=Creators.ADMINS)
        | Q(individual_creators=Creators.MANAGERS) & ~Exists(leads) & ~Exists(person.leads.all())
    )
    return not refused.exists()


def _reading(*readers: Readers) -> "models.QuerySet[Policy]":
    return Policy.objects.filter(individual_readers__in=readers)
