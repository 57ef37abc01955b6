"""How the number of a key result is made of its issues, where its editors chose."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from jira_integration.calculation import Measure
from jira_integration.models.connection import JiraConnection
from jira_integration.models.link import NO_ACCESS
from jira_integration.models.settings import IntegrationSettings
from jira_integration.models.sync_run import SyncRun, Trigger
from okr.models import KeyResult, Person

NAMES = {
    Measure.MEAN: "Mean of the percentages",
    Measure.SHARE: "Share of Done",
}


class MeasuringQuerySet(models.QuerySet["Measuring"]):
    def of(self, key_result: KeyResult) -> Measure:
        """Nobody chose: the mean of the percentages."""
        return self.of_many([key_result.pk]).get(key_result.pk, Measure.MEAN)

    def of_many(self, key_result_ids: Iterable[int]) -> dict[int, Measure]:
        """Those that somebody chose."""
        rows = self.filter(key_result__in=key_result_ids).values_list("key_result_id", "measure")
        return {pk: Measure(measure) for pk, measure in rows}

    def choose(self, key_result: KeyResult, measure: Measure, by: Person) -> None:
        """Measures by this from now on; the number is worked out anew without a call to Jira.

        Raises PermissionDenied for a person outside the allowlist, whatever the way here.
        """
        if not IntegrationSettings.load().may_link(by):
            raise PermissionDenied(NO_ACCESS)
        with transaction.atomic():
            self.update_or_create(key_result=key_result, defaults={"measure": measure})
            sites = JiraConnection.objects.filter(links__key_result=key_result).distinct()
            for connection in sites:
                SyncRun.objects.ask(connection, Trigger.MEASURE, key_result=key_result, by=by)


class Measuring(models.Model):
    key_result = models.OneToOneField(
        KeyResult, on_delete=models.CASCADE, related_name="jira_measuring"
    )
    measure = models.CharField(max_length=10, choices=[(each.value, NAMES[each]) for each in NAMES])

    objects = MeasuringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(measure__in=[each.value for each in NAMES]),
                name="a_known_measure",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.key_result_id}"
