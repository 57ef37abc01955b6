"""All connected sites together: the worst of them speaks for the whole."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from jira_integration.health import Health, Standing
from jira_integration.models import IntegrationSettings, JiraConnection, SyncRun

WORST_FIRST = (Standing.FAILING, Standing.DELAYED, Standing.HEALTHY, Standing.OFF)
TOLD = {Standing.FAILING: "failing", Standing.DELAYED: "delayed", Standing.HEALTHY: "healthy"}
NOBODY = 0
LONG = 10  # digits; nothing has so many
ALL_OFF = "Progress updates are off. Key results are updated by hand."


def are_several() -> bool:
    """Whether sites have to be called by their names."""
    return JiraConnection.objects.count() > 1


def site_or_404(pk: int | None) -> JiraConnection | None:
    """By its number; without one the first, which may not be there."""
    return (
        JiraConnection.objects.first() if pk is None else get_object_or_404(JiraConnection, pk=pk)
    )


def site_asked(request: HttpRequest) -> int | None:
    """The number of the site that an admin's page is limited to, if there is one."""
    return _number((request.POST if request.method == "POST" else request.GET).get("site", ""))


def site_of(request: HttpRequest) -> JiraConnection | None:
    """The one that the address names, else the first; None while there is none."""
    named = request.GET.get("site", "")
    if not named:
        return JiraConnection.objects.first()
    return site_or_404(_number(named) or NOBODY)


def _number(named: str) -> int | None:
    return int(named) if named.isdecimal() and len(named) < LONG else None


@dataclass(frozen=True, slots=True)
class Sites:
    """`health` is that of the site that a page is about; None where it is about all of several."""

    each: list[Health]
    settings: IntegrationSettings
    health: Health | None

    @classmethod
    def load(cls, pk: int | None = None) -> "Sites":
        """About one site where it is named or the only one."""
        each = Health.of_every_site()
        chosen = next((health for health in each if health.number == pk), None)
        if chosen is None and len(each) < 2:
            chosen = each[0] if each else Health.load()
        return cls(each, each[0].settings if each else IntegrationSettings.load(), chosen)

    @property
    def several(self) -> bool:
        return len(self.each) > 1

    @property
    def connections(self) -> list[JiraConnection]:
        return [health.connection for health in self.about if health.connection]

    @property
    def about(self) -> list[Health]:
        return [self.health] if self.health else self.each

    @property
    def standing(self) -> Standing:
        standings = {health.standing for health in self.about}
        return next((each for each in WORST_FIRST if each in standings), Standing.OFF)

    @property
    def sentence(self) -> str:
        """3 sites are connected: 1 failing, 2 healthy."""
        if not self.settings.enabled:
            return ALL_OFF
        standings = [health.standing for health in self.each]
        counted = [f"{standings.count(each)} {TOLD[each]}" for each in TOLD if each in standings]
        return f"{len(standings)} sites are connected: {', '.join(counted)}."

    @property
    def run(self) -> SyncRun | None:
        """One that is under way: while there is one, a page asks again."""
        return next((health.run for health in self.about if health.run), None)

    @property
    def pause(self) -> int:
        return min((health.pause for health in self.about if health.run), default=5)

    @property
    def cannot_sync(self) -> str:
        """Why no site can be synced now; empty where one can."""
        reasons = [health.cannot_sync for health in self.about]
        return reasons[0] if reasons and all(reasons) else ""

    @property
    def to_sync(self) -> list[JiraConnection]:
        return [each.connection for each in self.about if each.connection and not each.cannot_sync]
