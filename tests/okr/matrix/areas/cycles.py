"""Cycles, and what ends an objective."""

from datetime import date

from okr.models import Cycle
from tests.cast import make_cycle
from tests.okr.matrix.declaring import ADMINS, route

ROUTES = {
    "okr:cycles": route("GET", ADMINS),
    "okr:cycle_new": route("GET POST", ADMINS),
    "okr:cycles_generate": route("GET POST", ADMINS),
    "okr:cycle_edit": route("GET POST", ADMINS, pk="cycle"),
    "okr:cycle_delete": route("GET POST", ADMINS, pk="empty_cycle"),
}


def empty_cycle() -> int:
    dates = {"starts_on": date(2031, 1, 1), "ends_on": date(2031, 3, 31)}
    found = Cycle.objects.filter(name="Empty").first() or make_cycle("Empty", **dates)
    return found.pk


NOUNS = {"empty_cycle": lambda _key_result: empty_cycle()}
