"""Choosing among the connected sites."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db.models import Model, Q

from atlassian.health import to_be_read
from atlassian.lease import LeasedQuerySet
from jira_integration.client import WrongCredentials

if TYPE_CHECKING:
    from jira_integration.models.connection import JiraConnection  # noqa: F401 - named below


class JiraConnectionQuerySet(LeasedQuerySet["JiraConnection"]):
    def due(self, now: datetime) -> Self:
        """Those to be read now, by the schedule; a suspended one waits for a person."""
        return self.filter(to_be_read(now, settings.JIRA_TICK_SECONDS) | self._with_a_way_out())

    def _with_a_way_out(self) -> Q:
        """Refused, but with other credentials in place that have not been used yet."""
        code = WrongCredentials.code
        return Q(suspended=True, failure_code=code, successor__isnull=False)

    def left_out(self) -> dict[int, frozenset[str]]:
        """The resolutions that count neither way, by site; only sites that have any."""
        return {pk: frozenset(ids) for pk, ids in self.values_list("pk", "left_out") if ids}

    def feeding(self, key_result: Model) -> Self:
        """The sites to which a key result is linked."""
        return self.filter(links__key_result=key_result.pk).distinct().order_by("pk")

    def others_called(self, name: str, pk: int | None) -> Self:
        """The site, other than `pk`, that bears this name; capitals make no difference."""
        return self.filter(name__iexact=name).exclude(pk=pk)
