"""Tells webhooks what happened, in the transaction in which it does."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from okr.models.delivery import Delivery, Happening
from okr.models.place import is_a, thing_of
from okr.models.policy import open_to_all
from okr.models.webhook import Webhook

if TYPE_CHECKING:
    from okr.models.objective import Objective
    from okr.models.person import Person

Told = dict[str, Any]


def happened(
    kind: str, about: Any, *, by: "Person | None" = None, at: datetime | None = None
) -> None:
    """`about` is an objective, a key result, what is said on one, or a cycle. Where no webhook
    listens, nothing is written."""
    hooks = Webhook.objects.listening(kind)
    objective = _objective_of(about) if hooks else None
    if objective and is_hidden(objective):
        hooks = [hook for hook in hooks if hook.tells_hidden]
    if not hooks:
        return
    moment = at or timezone.now()
    body = {"by": _person(by) if by else None, **_parts(_as_stored(about))}
    Delivery.objects.plan(hooks, Happening.objects.create(kind=kind, at=moment, body=body), moment)


def is_hidden(objective: "Objective") -> bool:
    """Whether not everybody here may see it."""
    same = type(objective)._default_manager.filter(pk=objective.pk)
    return not same.filter(open_to_all()).exists()


def _as_stored(about: Any) -> Any:
    """With the numbers that the verb has carried upward."""
    return type(about)._default_manager.get(pk=about.pk)


def _objective_of(about: Any) -> "Objective | None":
    thing: Any = thing_of(about)
    found: Objective | None = getattr(thing, "objective", thing)
    return found


def _parts(about: Any) -> Told:
    """Each noun under its name, down to the objective that it belongs to."""
    if is_a("Cycle", about):
        return {"cycle": _cycle(about)}
    thing, objective = thing_of(about), _objective_of(about)
    parts: Told = {}
    if is_a("CheckIn", about):
        parts["check_in"] = _check_in(about)
    elif is_a("Comment", about):
        parts["comment"] = {"id": about.pk, "words": about.words}
    if thing is not objective:
        parts["key_result"] = _key_result(thing)
    return parts | {"objective": _objective(objective)}


def _objective(row: Any) -> Told:
    return {
        "id": row.pk,
        "title": row.title,
        "level": row.level,
        "cycle": _named(row.cycle),
        "unit": _named(row.unit) if row.unit else None,
        "owner": _person(row.owner),
        "progress": _number(row.progress),
        "visibility": row.visibility,
        "url": _url("okr:objective", row),
    }


def _key_result(row: Any) -> Told:
    return {
        "id": row.pk,
        "title": row.title,
        "kind": row.kind,
        "owner": _person(row.owner),
        "start": _number(row.start),
        "current": _number(row.current),
        "target": _number(row.target),
        "progress": _number(row.progress),
        "confidence": row.confidence or None,
        "url": _url("okr:key_result", row),
    }


def _check_in(row: Any) -> Told:
    return {
        "id": row.pk,
        "confidence": row.confidence,
        "note": row.note,
        "value": _number(row.measurement.value) if row.measurement else None,
        "corrects": row.corrects_id,
    }


def _cycle(row: Any) -> Told:
    days = {"starts_on": row.starts_on.isoformat(), "ends_on": row.ends_on.isoformat()}
    return _named(row) | {"kind": row.kind} | days


def _named(row: Any) -> Told:
    return {"id": row.pk, "name": str(row)}


def _person(person: "Person") -> Told:
    return {"id": person.pk, "name": person.name}


def _number(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


def _url(name: str, row: Any) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=[row.pk])}"
