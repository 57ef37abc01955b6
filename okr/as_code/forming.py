"""A row of a file as its form takes it, and what the form says at the line of the file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from okr.api.forming import as_it_stands, as_typed, of_milestones
from okr.as_code.document import Row
from okr.as_code.fields import Step
from okr.as_code.reading import Fault
from okr.forms.objectives import NOT_YOUR_LEVEL
from okr.models import Cycle, KeyResult, Level, Objective, Unit

STAYS = "It stays as it is: under what is not shown to you, or under the key result that it moves."
NOT_OFFERED = {"level": NOT_YOUR_LEVEL, "unit": NOT_YOUR_LEVEL, "parent": STAYS}
OF_MILESTONE = "Milestone "
Planned = list[tuple[Step, int | None]]


class RefusedError(Exception):
    """What cannot be done, and why; without a reason where that is told elsewhere already."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def filled(form: Any, row: Row, values: Mapping[str, Any]) -> QueryDict:
    """A browser would send this. Raises RefusedError for what the form does not let be changed."""
    typed = {}
    for name, value in values.items():
        field = form.fields.get(name)
        if field is None and value not in ("", Level.INDIVIDUAL):
            raise RefusedError(row.fault(name, NOT_OFFERED.get(name, STAYS)))
        if field is not None and field.disabled:
            raise RefusedError(row.fault(name, str(field.help_text)))
        typed[name] = TYPED[name](value) if name in TYPED else value
    return as_typed(as_it_stands(form) | typed)


def kept(form: Any, row: Row, planned: Planned = (), **told: Any) -> None:  # type: ignore[assignment]
    """Raises RefusedError with all that the form has to say."""
    if not (form.is_valid() and form.kept(**told)):
        raise RefusedError(*_faults(form, row, planned))


def _faults(form: Any, row: Row, planned: Planned) -> Iterator[Fault]:
    rows = list(form.milestones) if planned else []
    for (step, _), each in zip(planned, rows, strict=False):
        for name, message in _messages(each):
            yield Fault(step.place, f"{row.way}.milestones.{name}", message)
    for name, message in _messages(form):
        if not (planned and message.startswith(OF_MILESTONE)):
            yield row.fault(name if name in row.values else "", message)


def _messages(form: Any) -> Iterator[tuple[str, str]]:
    return ((name, str(each)) for name, told in form.errors.items() for each in told)


def planned(row: Row, key_result: KeyResult) -> Planned:
    """Its milestones, those that are there already first: known by title, else by their day."""
    steps: Sequence[Step] = row.values.get("milestones", ())
    left = list(key_result.milestones.all()) if key_result.pk else []
    known: dict[int, int] = {}
    for alike in (_same_title, _same_day):
        for place, step in enumerate(steps):
            found = next((each for each in left if alike(each, step)), None)
            if place not in known and found:
                left.remove(found)
                known[place] = found.pk
    told = [(step, known.get(place)) for place, step in enumerate(steps)]
    return sorted(told, key=lambda each: each[1] is None)


def _same_title(milestone: Any, step: Step) -> bool:
    return bool(milestone.title == step.title)


def _same_day(milestone: Any, step: Step) -> bool:
    return str(milestone.due_on) == step.due_on


def as_formset(planned: Planned) -> QueryDict:
    return as_typed(of_milestones([_typed(step, pk) for step, pk in planned]))


def _typed(step: Step, pk: int | None) -> dict[str, Any]:
    known = {} if pk is None else {"id": pk}
    return known | {"title": step.title, "due_on": step.due_on, "weight": step.weight}


def _cycle(key: str) -> Any:
    return Cycle.objects.filter(key=key).first() or ""


def _parent(key: str) -> Any:
    return Objective.objects.filter(key=key).first() if key else ""


def _supported(keys: Sequence[str]) -> list[Any]:
    return list(Objective.objects.filter(key__in=keys))


def _unit(slug: str) -> Any:
    """What is no unit's is typed as it is, and refused."""
    return Unit.objects.filter(slug=slug).first() or slug if slug else ""


TYPED: dict[str, Callable[[Any], Any]] = {
    "cycle": _cycle,
    "parent": _parent,
    "supports": _supported,
    "unit": _unit,
    "viewers": list,
    "tags": ", ".join,
}
