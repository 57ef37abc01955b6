"""Who signs in, owns objectives and judges them."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from okr.models.policy import may_write_individual
from okr.models.unit import Unit

if TYPE_CHECKING:
    from okr.models.objective import Level


class Role(models.TextChoices):
    EMPLOYEE = "employee", "Employee"
    OKR_ADMIN = "okr_admin", "OKR Admin"


class Theme(models.TextChoices):
    SYSTEM = "system", "System"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def in_line_of(self, person: "Person") -> Self:
        """The person and everybody who reports to them, directly or through others."""
        return self.filter(person.in_line())

    def matching(self, words: str) -> Self:
        """Everybody whose name, designation or unit contains each of the words."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(name__icontains=word)
                | Q(designation__icontains=word)
                | Q(unit__name__icontains=word)
            )
        return found


class People(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def join(
        self,
        *,
        email: str,
        name: str,
        password: str | None = None,
        reports_to: "Person | None" = None,
        **fields: Any,
    ) -> "Person":
        """Adds a person; without a password they cannot sign in with one."""
        person: Person = self.model(email=email.strip().lower(), name=name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        person.report_to(reports_to)
        return person


class Person(AbstractBaseUser):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    designation = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    manager = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    line = models.CharField(
        max_length=400,
        db_index=True,
        editable=False,
        default="",
        help_text="The ids from the top of the reporting line to this person, as /1/7/42/.",
    )
    role = models.CharField(max_length=20, choices=Role, default=Role.EMPLOYEE)
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.SYSTEM)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_email"),
            models.CheckConstraint(
                condition=~Q(manager=models.F("id")), name="nobody_reports_to_themselves"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_okr_admin(self) -> bool:
        return self.role == Role.OKR_ADMIN

    def in_line(self, owner: str = "") -> Q:
        """What belongs to the person or to somebody below; `owner` is the way to whom it belongs.

        Somebody without a place in the line yet has nothing: an empty line begins every line.
        """
        path = f"{owner}__line__startswith" if owner else "line__startswith"
        return Q(**{path: self.line}) if self.line else Q(pk__in=[])

    def leads_unit(self, unit: Unit | None) -> bool:
        return unit is not None and unit.lead_id == self.pk

    def may_create(self, level: "Level | str", unit: Unit | None) -> bool:
        """Company level: admins. A unit's: its lead too. Individual: whom the policy lets."""
        if self.is_okr_admin:
            return True
        if level == "individual":
            return self.may_write_individual
        return level == "unit" and self.leads_unit(unit)

    @cached_property
    def may_write_individual(self) -> bool:
        """Asked once a person and request; an admin may in any case."""
        return may_write_individual(self)

    @property
    def may_create_any(self) -> bool:
        return self.is_okr_admin or self.may_write_individual or self.leads.exists()

    def report_to(self, manager: "Person | None") -> None:
        """Moves the person, and everybody below them, under another manager.

        Raises ValueError where the manager is the person or reports to them.
        """
        with transaction.atomic():
            involved = Person.objects.filter(pk__in=[self.pk, manager.pk if manager else None])
            lines = dict(involved.select_for_update().order_by("pk").values_list("pk", "line"))
            old, above = lines[self.pk], lines[manager.pk] if manager else "/"
            if manager and old and above.startswith(old):
                raise ValueError(f"{manager} reports to {self}")
            self.manager, self.line = manager, f"{above}{self.pk}/"
            self.save(update_fields=["manager", "line"])
            if old and old != self.line:
                self._carry_line_down(old)

    def _carry_line_down(self, old: str) -> None:
        below = Person.objects.filter(line__startswith=old).exclude(pk=self.pk)
        for person in below:
            person.line = self.line + person.line.removeprefix(old)
        Person.objects.bulk_update(below, ["line"], batch_size=500)
