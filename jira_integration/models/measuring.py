"""How the number of a key result is made of its issues, where its editors chose."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q

from jira_integration.calculation import Measure, Without
from jira_integration.counting import Way
from jira_integration.models.connection import JiraConnection
from jira_integration.models.link import NO_ACCESS
from jira_integration.models.settings import IntegrationSettings
from jira_integration.models.sync_run import SyncRun, Trigger
from okr.models import KeyResult, Person

NAMES = {
    Measure.MEAN: "Mean of the percentages",
    Measure.SHARE: "Share of Done",
    Measure.COUNT: "Number of Done",
    Measure.SUM: "Sum over Done",
}
NO_ROOM = "Counting what is Done needs a target above the start."
NO_FIELD = "Choose the field that is summed up."


class MeasuringQuerySet(models.QuerySet["Measuring"]):
    def of(self, key_result: KeyResult) -> Way:
        """Nobody chose: the mean of the percentages."""
        return self.of_many([key_result.pk]).get(key_result.pk, Way())

    def of_many(self, key_result_ids: Iterable[int]) -> dict[int, Way]:
        """Those that somebody chose."""
        rows = self.filter(key_result__pk__among=key_result_ids).select_related("key_result")
        return {row.key_result_id: row.way for row in rows}

    def feeding_on(self, connection_id: int) -> list[Way]:
        """The ways of the open key results that are linked to a site."""
        links = {
            "key_result__jira_links__connection": connection_id,
            "key_result__objective__cycle__closed_at": None,
        }
        rows = self.exclude(fields={}).filter(**links).select_related("key_result").distinct()
        return [row.way for row in rows]

    def choose(self, key_result: KeyResult, way: Way, by: Person) -> None:
        """Measures in this way from now on; Jira is asked only where fields have to be read.

        Raises PermissionDenied for a person outside the allowlist, and ValueError for a way that
        cannot be gone.
        """
        if not IntegrationSettings.load().may_link(by):
            raise PermissionDenied(NO_ACCESS)
        if fault := fault_of(way, key_result):
            raise ValueError(fault)
        trigger = Trigger.FIELD if way.fields else Trigger.MEASURE
        with transaction.atomic():
            self.update_or_create(key_result=key_result, defaults=columns(way))
            for connection in JiraConnection.objects.feeding(key_result):
                SyncRun.objects.ask(connection, trigger, key_result=key_result, by=by)


class Measuring(models.Model):
    key_result = models.OneToOneField(
        KeyResult, on_delete=models.CASCADE, related_name="jira_measuring"
    )
    measure = models.CharField(max_length=10, choices=[(each.value, NAMES[each]) for each in NAMES])
    fields = models.JSONField(
        default=dict, blank=True, help_text="The field of each site, by the connection's number."
    )
    unit = models.CharField(max_length=255, blank=True, default="", db_default="")
    without = models.CharField(
        max_length=10,
        choices=[(each.value, each.name) for each in Without],
        default=Without.AVERAGE,
        db_default=Without.AVERAGE.value,
    )

    objects = MeasuringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__in=[each.value for each in NAMES]), name="a_known_measure"
            ),
            models.CheckConstraint(
                condition=Q(without__in=[each.value for each in Without]),
                name="a_known_meaning_of_an_empty_field",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.key_result_id}"

    @property
    def way(self) -> Way:
        """With the start and the target that the key result has now."""
        fields = tuple(sorted((int(site), name) for site, name in self.fields.items()))
        way = Way(Measure(self.measure), fields, self.unit, Without(self.without))
        return placed(way, self.key_result)


def columns(way: Way) -> dict[str, object]:
    return {
        "measure": way.measure,
        "fields": {str(site): name for site, name in way.fields},
        "unit": way.unit,
        "without": way.without,
    }


def told(way: Way) -> str:
    """In words: Share of Done, by Story points."""
    if not way.fields:
        return NAMES[way.measure]
    by = "of" if way.measure is Measure.SUM else "by"
    return f"{NAMES[way.measure]}, {by} {way.unit}"


def fault_of(way: Way, key_result: KeyResult) -> str:
    """Why a key result cannot be measured in this way; empty where it can."""
    if way.measure is Measure.SUM and not way.fields:
        return NO_FIELD
    return "" if placed(way, key_result).has_room else NO_ROOM


def placed(way: Way, key_result: KeyResult) -> Way:
    """Between the start and the target of a key result."""
    return replace(way, start=Fraction(key_result.start), target=Fraction(key_result.target))
