"""What the company decided about its OKRs: who writes and reads them, and when they are due."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q

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


class Factors(models.TextChoices):
    NOBODY = "nobody", "Nobody"
    ADMINS = "admins", "OKR admins"
    EVERYONE = "everyone", "Everyone"


class Passwords(models.TextChoices):
    EVERYONE = "everyone", "Everybody who has one"
    NAMED = "named", "Only named OKR admins"


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
    second_factor = models.CharField(
        max_length=10,
        choices=Factors,
        default=Factors.NOBODY,
        db_default=Factors.NOBODY.value,
        help_text="Who signs in with more than a password.",
    )

    passwords = models.CharField(
        max_length=10,
        choices=Passwords,
        default=Passwords.EVERYONE,
        db_default=Passwords.EVERYONE.value,
        help_text="Who signs in with a password; all others come by a provider of the company.",
    )

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

    @property
    def is_company_only(self) -> bool:
        """Whether a password lets in nobody but the OKR admins who are named for emergencies."""
        return self.passwords == Passwords.NAMED

    def asks_for_factor(self, person: "Person") -> bool:
        if self.is_company_only and person.is_for_emergencies:
            return True
        admins_only = self.second_factor == Factors.ADMINS
        return self.second_factor == Factors.EVERYONE or (admins_only and person.is_okr_admin)

    @property
    def check_in_day(self) -> Weekday:
        return Weekday(self.checkin_weekday)

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
    lets read them, and whoever owns a key result in them.
    """
    below = apps.get_model("okr", "Person").objects.filter(person.in_line()).order_by()
    named = apps.get_model("okr", "Objective").viewers.through.objects.filter(person=person.pk)
    return (
        _open_to(person, way)
        | Q(**{f"{way}owner__in": below.values("pk")})
        | Q(**{f"{way}pk__in": named.values("objective")})
    )


def open_to_all(way: str = "") -> Q:
    """The objectives that everybody sees, whoever they are; `way` as above."""
    public = Q(**{f"{way}visibility": "public"})
    if Policy.load().individual_readers == Readers.EVERYONE:
        return public
    return public & ~Q(**{f"{way}level": "individual"})


def told_outside(way: str = "") -> Q:
    """What may leave the product: everybody here may read it, and it is approved."""
    return open_to_all(way) & Q(**{f"{way}approval": "approved"})


def _open_to(person: "Person", way: str) -> Q:
    """The public ones, as far as the policy goes."""
    public = Q(**{f"{way}visibility": "public"})
    readers = person.policy.individual_readers
    if readers == Readers.EVERYONE:
        return public
    owned = apps.get_model("okr", "KeyResult").objects.filter(person.in_line("owner"))
    entrusted = Q(**{f"{way}pk__in": owned.values("objective")})
    near = ~Q(**{f"{way}level": "individual"}) | entrusted
    if readers == Readers.UNIT and person.unit_id:
        near |= Q(**{f"{way}owner__unit": person.unit_id})
    return public & near


def may_write_individual(person: "Person") -> bool:
    """Whether the policy lets this employee create objectives for a person."""
    creators = person.policy.individual_creators
    if not person.is_active or creators == Creators.ADMINS:
        return False
    if creators == Creators.EVERYONE:
        return True
    return person.reports.filter(is_active=True).exists() or person.leads.exists()
