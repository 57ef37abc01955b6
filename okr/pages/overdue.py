"""Whom of a unit a person may remind of check-ins that are due."""

from datetime import datetime

from okr.models import KeyResult, Person, Reminder, Unit
from okr.models.due import waiting


def may_remind(unit: Unit, by: Person) -> bool:
    """The unit's lead, OKR admins, and who has somebody in it report to them."""
    if by.is_okr_admin or by.leads_unit(unit):
        return True
    others = Person.objects.active().filter(unit=unit).exclude(pk=by.pk)
    return bool(others.in_line_of(by).exists())


def remindable(unit: Unit, by: Person, now: datetime) -> list[Person]:
    """Those whose check-ins are due as far as `by` may see, and whom nobody reminded today.

    The unit's lead and OKR admins may remind everybody in it, others those who report to them.
    """
    due = KeyResult.objects.visible_to(by).filter(waiting(now)).order_by()
    people = Person.objects.active().filter(unit=unit, pk__in=due.values("owner")).exclude(pk=by.pk)
    if not (by.is_okr_admin or by.leads_unit(unit)):
        people = people.in_line_of(by)
    return Reminder.objects.remindable(people.order_by("name", "id"), now)
