"""Tells OKR admins on the list of people who may link Jira issues."""

from collections.abc import Sequence

from jira_integration.models import IntegrationSettings, WhoMayLink
from okr.models import Person
from okr.slots import PeopleColumn, fill

LABEL = "Jira access"


@fill("people.columns")
def column(people: Sequence[Person]) -> PeopleColumn | None:
    """At most two queries for any number of people; nothing while the switch is off."""
    settings = IntegrationSettings.load()
    if not settings.enabled:
        return None
    active = {person.pk for person in people if person.is_active}
    if settings.who_may_link == WhoMayLink.SELECTED:
        chosen = settings.selected_people.filter(pk__in=active)
        active = set(chosen.values_list("pk", flat=True))
    return PeopleColumn(LABEL, {each.pk: "Yes" if each.pk in active else "No" for each in people})
