"""Who signs in, owns objectives and judges them."""

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import is_password_usable
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from okr.models.happens import Happens
from okr.models.outbox import happened
from okr.models.people import People, State
from okr.models.policy import Policy, may_write_individual
from okr.models.refusing import RefusedError, refuse_if_last_admin
from okr.models.signed_in import SignedIn
from okr.models.unit import Unit
from okr.models.version import Versioned

if TYPE_CHECKING:
    from okr.models.key_result import KeyResult
    from okr.models.objective import Level, Objective


class Role(models.TextChoices):
    EMPLOYEE = "employee", "Employee"
    OKR_ADMIN = "okr_admin", "OKR Admin"


class Theme(models.TextChoices):
    SYSTEM = "system", "System"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


DEEPEST_LINE = 36
"""How many people may stand above each other; more would not fit into `line`."""


class Person(SignedIn, Versioned):
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
    time_zone = models.CharField(
        max_length=60, blank=True, help_text="As Europe/Berlin; empty is the company's."
    )
    wants_mail = models.BooleanField(
        default=True, help_text="A daily e-mail of what they have not read."
    )
    is_active = models.BooleanField(default=True)
    keeps_password = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="Named for emergencies: a password lets them in, whatever the company decided.",
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    invited_at = models.DateTimeField(null=True, editable=False)
    link_asked_at = models.DateTimeField(
        null=True, editable=False, help_text="Since when a link to a new password is to be sent."
    )
    left_at = models.DateTimeField(null=True, editable=False)

    objects = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name", "id"]
        indexes = [models.Index(Lower("name"), "name", "id", name="people_by_name")]
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

    @property
    def is_for_emergencies(self) -> bool:
        return self.is_okr_admin and self.keeps_password

    @property
    def may_use_password(self) -> bool:
        """Or a passkey, or a link to a new password: whatever does not come by the company."""
        return self.is_for_emergencies or not self.policy.is_company_only

    def want_no_mail(self) -> None:
        self.wants_mail = False
        self.save(update_fields=["wants_mail"])

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
    def policy(self) -> Policy:
        """What the company decided, asked once a person and request."""
        return Policy.load()

    @cached_property
    def may_write_individual(self) -> bool:
        """Asked once a person and request; an admin may in any case."""
        return may_write_individual(self)

    @property
    def open_objectives(self) -> "models.QuerySet[Objective]":
        """What somebody else has to take over when the person leaves."""
        return self.objectives.open()

    @property
    def open_key_results(self) -> "models.QuerySet[KeyResult]":
        return self.key_results.filter(objective__cycle__closed_at=None, objective__closure=None)

    @property
    def may_create_any(self) -> bool:
        return self.is_okr_admin or self.may_write_individual or self.leads.exists()

    @property
    def state(self) -> State:
        if not self.is_active:
            return State.DEACTIVATED
        if self.last_login or is_password_usable(self.password):
            return State.ACTIVE
        return State.INVITED if self.invited_at else State.NOT_INVITED

    def keep(self) -> None:
        """Saves who the person is; the manager and the role have verbs of their own."""
        with transaction.atomic():
            Person.objects.one_at_a_time()
            self.claim_version()
            self.save(update_fields=["email", "name", "designation", "unit"])
            happened(Happens.PERSON_CHANGED, self)

    def set_for_themselves(self, *, name: str, time_zone: str, theme: str) -> None:
        """What needs nobody's permission. Whoever edits the person meanwhile is told."""
        own = {"name": name, "time_zone": time_zone, "theme": theme}
        with transaction.atomic():
            rows = Person.objects.filter(pk=self.pk)
            is_renamed = rows.exclude(name=name).exists()
            rows.update(**own, version=models.F("version") + 1)
            if is_renamed:
                happened(Happens.PERSON_CHANGED, self, by=self)
        self.refresh_from_db()

    def report_to(self, manager: "Person | None") -> None:
        """Moves the person, and everybody below them, under another manager.

        Raises RefusedError where the manager is the person or reports to them.
        """
        with transaction.atomic():
            Person.objects.one_at_a_time()
            involved = Person.objects.filter(pk__in=[self.pk, manager.pk if manager else None])
            lines = dict(involved.values_list("pk", "line"))
            old, above = lines[self.pk], lines[manager.pk] if manager else "/"
            if manager and old and above.startswith(old):
                raise RefusedError(f"{manager} reports to {self}, so that would close a circle.")
            self.manager, self.line = manager, f"{above}{self.pk}/"
            _refuse_too_deep(self)
            self.save(update_fields=["manager", "line"])
            if old and old != self.line:
                self._carry_line_down(old)

    def take_role(self, role: str) -> None:
        """Raises RefusedError where nobody would be left to administer the company."""
        with transaction.atomic():
            Person.objects.one_at_a_time()
            if role != Role.OKR_ADMIN:
                refuse_if_last_admin(self)
                Person.objects.filter(pk=self.pk).update(keeps_password=False)
            self.role = role
            self.save(update_fields=["role"])

    def leave(self, *, by: "Person", at: datetime, heir: "Person | None" = None) -> None:
        """Ends every session and token, hands what is open to the heir, reports to the manager.

        Raises RefusedError with the reason; history stays in the person's name.
        """
        with transaction.atomic():
            Person.objects.one_at_a_time()
            if self.pk == by.pk:
                raise RefusedError("You cannot deactivate yourself. Ask another OKR admin.")
            refuse_if_last_admin(self)
            self._refuse_heir(heir)
            self._hand_over(heir, by, at)
            self._release_reports()
            left = Person.objects.filter(pk=self.pk, is_active=True)
            ended = {"signed_out": models.F("signed_out") + 1, "invited_at": None}
            left.update(is_active=False, left_at=at, **ended)
            self.api_tokens.filter(revoked_at=None).update(revoked_at=at)
            self.sign_ins.end()
            happened(Happens.PERSON_LEFT, self, by=by, at=at)
            self.refresh_from_db()

    def end_sign_ins(self, but: int = 0) -> None:
        """Every session is worthless; one that is to go on has to be given the new hash."""
        with transaction.atomic():
            Person.objects.filter(pk=self.pk).update(signed_out=models.F("signed_out") + 1)
            self.sign_ins.exclude(pk=but).end()
        self.refresh_from_db(fields=["signed_out"])

    def come_back(self) -> None:
        """What they owned stays with whom it was given to."""
        with transaction.atomic():
            Person.objects.filter(pk=self.pk).update(is_active=True, left_at=None)
            happened(Happens.PERSON_RETURNED, self)
        self.refresh_from_db()

    def invite(self, at: datetime) -> None:
        """Makes every link of an earlier invitation worthless."""
        Person.objects.filter(pk=self.pk).update(invited_at=at)
        self.invited_at = at

    def accept_invitation(self, password: str) -> bool:
        """Takes a first or a new password, which ends what the old one began; False where the link
        was used in the meantime."""
        before = self.password
        self.set_password(password)
        waiting = Person.objects.filter(pk=self.pk, password=before, is_active=True)
        self.invited_at = None
        taken = bool(waiting.update(password=self.password, invited_at=None))
        if taken:
            self.sign_ins.end()
        return taken

    def _refuse_heir(self, heir: "Person | None") -> None:
        if heir is None:
            if self.open_objectives.exists() or self.open_key_results.exists():
                raise RefusedError(f"Choose who takes over what {self} owns.")
        elif not Person.objects.active().exclude(pk=self.pk).filter(pk=heir.pk).exists():
            raise RefusedError(f"{heir} cannot take over. Choose somebody who is active.")

    def _hand_over(self, heir: "Person | None", by: "Person", at: datetime) -> None:
        from okr.models.handover import hand_over  # it knows objectives, which know people

        self.leads.update(lead=heir)
        if heir is not None:
            hand_over(self, heir, by=by, at=at)

    def _release_reports(self) -> None:
        """Everybody below moves up by one: the line loses this person, the reports a manager."""
        self.refresh_from_db(fields=["manager", "line"])
        self.reports.update(manager=self.manager)
        above = self.line.removesuffix(f"{self.pk}/")
        self._carry_line_down(self.line, above)

    def _carry_line_down(self, old: str, new: str | None = None) -> None:
        below = Person.objects.filter(line__startswith=old).exclude(pk=self.pk)
        for person in below:
            person.line = (new or self.line) + person.line.removeprefix(old)
            _refuse_too_deep(person)
        Person.objects.bulk_update(below, ["line"], batch_size=500)


def _refuse_too_deep(person: Person) -> None:
    if person.line.count("/") - 1 > DEEPEST_LINE:
        raise RefusedError(f"The reporting line would be more than {DEEPEST_LINE} people deep.")
