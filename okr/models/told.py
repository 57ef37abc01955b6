"""How each noun is told outside: by its name, down to the objective that it belongs to."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from okr.models.place import thing_of

if TYPE_CHECKING:
    from okr.models.person import Person

Told = dict[str, Any]


def parts(about: Any) -> Told:
    noun = type(about).__name__
    own = {OWN[noun][0]: OWN[noun][1](about)} if noun in OWN else {}
    thing = thing_of(about)
    return own if thing is None else {**own, **_place(thing)}


def person(row: "Person") -> Told:
    return {"id": row.pk, "name": row.name}


def number(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


def _place(thing: Any) -> Told:
    above = getattr(thing, "objective", None)
    if above is None:
        return {"objective": _objective(thing)}
    return {"key_result": _key_result(thing), "objective": _objective(above)}


def _objective(row: Any) -> Told:
    return {
        "id": row.pk,
        "title": row.title,
        "level": row.level,
        "cycle": _named(row.cycle),
        "unit": _named(row.unit),
        "owner": person(row.owner),
        "progress": number(row.progress),
        "visibility": row.visibility,
        "url": _url("okr:objective", row),
    }


def _key_result(row: Any) -> Told:
    return {
        "id": row.pk,
        "title": row.title,
        "kind": row.kind,
        "owner": person(row.owner),
        "start": number(row.start),
        "current": number(row.current),
        "target": number(row.target),
        "progress": number(row.progress),
        "confidence": row.confidence or None,
        "url": _url("okr:key_result", row),
    }


def _check_in(row: Any) -> Told:
    return {
        "id": row.pk,
        "confidence": row.confidence,
        "note": row.note,
        "value": number(row.measurement.value) if row.measurement else None,
        "corrects": row.corrects_id,
    }


def _comment(row: Any) -> Told:
    """Deleted, it has no words any more."""
    return {"id": row.pk, "words": row.words}


def _review(row: Any) -> Told:
    return {
        "id": row.pk,
        "rating": row.rating,
        "scale": row.scale,
        "comment": row.comment,
        "outcome": row.outcome,
    }


def _cycle(row: Any) -> Told:
    days = {"starts_on": row.starts_on.isoformat(), "ends_on": row.ends_on.isoformat()}
    return {"id": row.pk, "name": str(row), "kind": row.kind, **days}


def _unit(row: Any) -> Told:
    lead = person(row.lead) if row.lead else None
    return {"id": row.pk, "name": row.name, "parent": _named(row.parent), "lead": lead}


def _everybody_knows(row: Any) -> Told:
    """What the directory of people tells everybody here: no manager and no role."""
    return {
        **person(row),
        "email": row.email,
        "designation": row.designation,
        "unit": _named(row.unit),
        "is_active": row.is_active,
    }


def _named(row: Any) -> Told | None:
    return {"id": row.pk, "name": str(row)} if row else None


def _url(name: str, row: Any) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=[row.pk])}"


OWN: dict[str, tuple[str, Callable[[Any], Told]]] = {
    "CheckIn": ("check_in", _check_in),
    "Comment": ("comment", _comment),
    "Review": ("review", _review),
    "Cycle": ("cycle", _cycle),
    "Unit": ("unit", _unit),
    "Person": ("person", _everybody_knows),
}
