"""What the admin decided: on or off, the three percentages, and who may link."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from jira_integration.calculation import Scale
from okr.models import KeyResult, Person
from okr.models.people import PersonQuerySet

SOURCE = "jira"
IN_ORDER = "Values must rise in this order: To Do < In Progress < Done."


class WhoMayLink(models.TextChoices):
    ALL = "all", "Allow all users"
    SELECTED = "selected", "Allow selected users"


class IntegrationSettings(models.Model):
    """The one row of the room; `version` counts changes of whatever all numbers depend on."""

    enabled = models.BooleanField("Turn on progress update using Jira", default=False)
    to_do = models.PositiveSmallIntegerField("To Do", default=0)
    in_progress = models.PositiveSmallIntegerField("In Progress", default=50)
    done = models.PositiveSmallIntegerField("Done", default=100)
    version = models.PositiveIntegerField(default=1)
    who_may_link = models.CharField(max_length=10, choices=WhoMayLink, default=WhoMayLink.ALL)
    selected_people = models.ManyToManyField(Person, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_row_of_jira_settings"),
            models.CheckConstraint(
                condition=Q(
                    to_do__gte=0,
                    to_do__lt=F("in_progress"),
                    in_progress__lt=F("done"),
                    done__lte=100,
                ),
                name="percentages_rise",
                violation_error_message=IN_ORDER,
            ),
        ]

    def __str__(self) -> str:
        return "Jira settings"

    @classmethod
    def load(cls) -> "IntegrationSettings":
        """As it is before anybody decided until then: looking writes nothing."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def scale(self) -> Scale:
        return Scale(self.to_do, self.in_progress, self.done, self.version)

    def clean(self) -> None:
        errors = ordering_errors(self.to_do, self.in_progress, self.done)
        if errors:
            raise ValidationError(errors)

    def may_link(self, person: Person) -> bool:
        """Jira access: linking issues, and seeing their keys and summaries."""
        if not (self.enabled and person.is_active):
            return False
        if self.who_may_link == WhoMayLink.ALL:
            return True
        return self.selected_people.filter(pk=person.pk).exists()

    def rescale(self, to_do: int, in_progress: int, done: int) -> None:
        """Saves new percentages under a new version. Raises ValidationError out of order."""
        self.to_do, self.in_progress, self.done = to_do, in_progress, done
        self.version += 1
        self.full_clean(exclude=["id"])
        self._keep("to_do", "in_progress", "done", "version")

    def renew(self) -> None:
        """A new version: a run that was planned under the one before records nothing."""
        IntegrationSettings.objects.get_or_create(pk=1)
        IntegrationSettings.objects.filter(pk=self.pk).update(version=F("version") + 1)
        self.refresh_from_db(fields=["version"])

    def turn_on(self) -> None:
        """From now on the linked key results follow Jira."""
        with transaction.atomic():
            self.enabled = True
            self._keep("enabled")
            KeyResult.objects.filter(jira_links__isnull=False).track_by(SOURCE)

    def turn_off(self) -> None:
        """Links and credentials stay; progress stays as it is and opens for people again."""
        with transaction.atomic():
            self.enabled = False
            self._keep("enabled")
            KeyResult.objects.filter(tracked_by=SOURCE).untrack()

    def allow_all(self) -> None:
        self.who_may_link = WhoMayLink.ALL
        self._keep("who_may_link")

    def allow_only(self, people: PersonQuerySet) -> None:
        """Raises ValidationError where nobody active is among them."""
        chosen = people.active()
        if not chosen.exists():
            raise ValidationError("Select at least one person.")
        with transaction.atomic():
            self.who_may_link = WhoMayLink.SELECTED
            self._keep("who_may_link")
            self.selected_people.set(chosen)

    def _keep(self, *names: str) -> None:
        IntegrationSettings.objects.get_or_create(pk=1)
        self.save(update_fields=names)


def ordering_errors(to_do: Any, in_progress: Any, done: Any) -> dict[str, str]:
    """A sentence for each box that is out of range or out of order."""
    boxes = {"to_do": to_do, "in_progress": in_progress, "done": done}
    errors = {
        name: "Enter a whole number from 0 to 100."
        for name, value in boxes.items()
        if not isinstance(value, int) or not 0 <= value <= 100
    }
    comparable = boxes.keys() - errors.keys()
    if comparable >= {"to_do", "in_progress"} and in_progress <= to_do:
        errors["in_progress"] = f"In Progress must be higher than To Do ({to_do}%)."
    if comparable >= {"in_progress", "done"} and done <= in_progress:
        errors["done"] = f"Done must be higher than In Progress ({in_progress}%)."
    return errors
