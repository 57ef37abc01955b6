"""The check-in queue: what a person has to judge one after the other, and where they are in it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from okr.models import CheckIn, KeyResult, Person
from okr.models.due import in_a_running_cycle, waiting
from okr.models.key_result import KeyResultQuerySet
from okr.models.policy import Weekday
from okr.pages.calendar import Calendar, start_of
from okr.pages.rows import Row, rows_of


@dataclass(frozen=True, slots=True)
class Stop:
    """A key result of the queue, and what the person has said about it today.

    That can be corrected as long as it is the `latest` word of anybody.
    """

    key_result: KeyResult
    said: CheckIn | None
    latest: CheckIn | None

    @property
    def corrected(self) -> CheckIn | None:
        return self.said if self.said == self.latest else None


@dataclass(frozen=True, slots=True)
class Queue:
    """`place` is where one is among the stops; None before the first and after the last."""

    stops: list[Stop]
    place: int | None

    @property
    def stop(self) -> Stop | None:
        return None if self.place is None else self.stops[self.place]

    @property
    def number(self) -> int:
        return 0 if self.place is None else self.place + 1

    @property
    def total(self) -> int:
        return len(self.stops)

    @property
    def said(self) -> list[Stop]:
        return [stop for stop in self.stops if stop.said]

    @property
    def left(self) -> list[Stop]:
        return [stop for stop in self.stops if not stop.said]

    @property
    def before(self) -> Stop | None:
        return self.stops[self.place - 1] if self.place else None

    @property
    def following(self) -> Stop | None:
        """The next one after this that is still to be judged."""
        return next((stop for stop in self.stops[self.number :] if not stop.said), None)


@dataclass(frozen=True, slots=True)
class Step:
    """What one sees of a key result while judging it."""

    queue: Queue
    row: Row
    calendar: Calendar
    last: CheckIn | None

    @property
    def key_result(self) -> KeyResult:
        return self.row.key_result


def due(person: Person, now: datetime) -> KeyResultQuerySet:
    """A person's own key results that wait for their judgement."""
    return _own(person).filter(waiting(now))


def check_in_queue(person: Person, now: datetime, at: int | None = None) -> Queue:
    """What is due, what was judged today, and the key result `at` which one wants to be."""
    today = start_of(timezone.localdate(now))
    standing = CheckIn.objects.standing().filter(at__gte=today)
    judged = Exists(standing.filter(by=person, key_result=OuterRef("pk")))
    members = _own(person).filter(in_a_running_cycle(now), waiting(now) | Q(judged) | Q(pk=at))
    found = list(members.select_related("objective__cycle").order_by("objective_id", "pk"))
    heard = list(standing.filter(key_result__in=found).order_by("pk"))
    latest = {each.key_result_id: each for each in heard}
    own = {each.key_result_id: each for each in heard if each.by_id == person.pk}
    stops = [Stop(each, own.get(each.pk), latest.get(each.pk)) for each in found]
    places = {stop.key_result.pk: place for place, stop in enumerate(stops)}
    return Queue(stops, places.get(at) if at else None)


def step_page(queue: Queue, stop: Stop, person: Person, now: datetime) -> Step:
    calendar = Calendar(stop.key_result.objective.cycle, timezone.localdate(now))
    [row] = rows_of(KeyResult.objects.filter(pk=stop.key_result.pk), person, calendar)
    said = stop.key_result.check_ins.standing().select_related("by", "measurement")
    return Step(queue, row, calendar, said.first())


def due_words(count: int, now: datetime, day: Weekday) -> str:
    """3 check-ins due by Friday; empty where there are none."""
    if not count:
        return ""
    when = "today" if timezone.localdate(now).weekday() == day else f"by {day.label}"
    return f"{count} check-in{'' if count == 1 else 's'} due {when}"


def _own(person: Person) -> KeyResultQuerySet:
    return KeyResult.objects.visible_to(person).filter(owner=person)
