"""Between a unit here and a group in the directory; the last group that takes somebody counts."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db.models import Prefetch, QuerySet
from scim2_models import Meta, Reference

from okr.api.forming import as_it_stands, as_typed
from okr.audit import noted
from okr.forms.units import UnitForm
from okr.models import InTheWayError, Person, Unit
from okr.models.provisioning import DirectoryEntry
from okr.scim.people import add_unit, entry_of
from okr.scim.problems import Refused, of_form
from okr.scim.shapes import Group, Member

NOBODY = "members: There is nobody with the id {}."


def known() -> QuerySet[Unit]:
    inside = Person.objects.exclude(directory_entry__removed_at__isnull=False).order_by("pk")
    people = Prefetch("people", queryset=inside, to_attr="members")
    rows = Unit.objects.select_related("directory_entry").prefetch_related(people)
    return rows.order_by("pk")


def told(unit: Any, base: str) -> Group:
    members = [
        Member(
            value=str(person.pk),
            ref=Reference(f"{base}/Users/{person.pk}"),
            type="User",
        )
        for person in unit.members
    ]
    entry = entry_of(unit)
    return Group(
        id=str(unit.pk),
        external_id=entry.external_id or None,
        display_name=unit.name,
        members=members or None,
        meta=Meta(resource_type="Group", last_modified=entry.at),
    )


def add(group: Group, at: datetime) -> Unit:
    wanted = _wanted(group)
    unit = Unit.objects.get(pk=add_unit(str(group.display_name)))
    _enter(unit, group, at)
    _take_in(unit, wanted)
    return unit


def change(unit: Any, group: Group, at: datetime) -> None:
    wanted = _wanted(group)
    held = as_it_stands(UnitForm(instance=unit)) | {"version": unit.version}
    form = UnitForm(as_typed(held | {"name": group.display_name}), instance=unit)
    if not (form.is_valid() and form.kept()):
        raise of_form(form, {"name": "displayName"})
    _enter(unit, group, at)
    for person in unit.members:
        if person.pk not in wanted:
            _move(person, None)
    _take_in(unit, wanted)


def remove(unit: Any) -> None:
    """Its people are in no unit then; what else belongs to it is in the way."""
    for person in unit.people.all():
        _move(person, None)
    try:
        with noted("units.deleted", unit):
            unit.remove()
    except InTheWayError as error:
        raise Refused(HTTPStatus.CONFLICT, str(error)) from error


def _wanted(group: Group) -> set[int]:
    """The people who are to be in it; raises Refused for whom nobody knows."""
    told = {str(member.value) for member in group.members or () if member.value}
    numbers = {int(each) for each in told if each.isdecimal() and len(each) < len(str(2**63))}
    found = set(Person.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    if unknown := sorted(told - set(map(str, found))):
        raise Refused(HTTPStatus.BAD_REQUEST, NOBODY.format(unknown[0]), "invalidValue")
    return found


def _take_in(unit: Unit, numbers: Iterable[int]) -> None:
    for person in Person.objects.filter(pk__in=numbers).exclude(unit=unit):
        _move(person, unit)


def _move(person: Person, unit: Unit | None) -> None:
    person.unit = unit
    with noted("people.changed", person):
        person.keep()


def _enter(unit: Unit, group: Group, at: datetime) -> None:
    values = {"external_id": group.external_id or "", "at": at}
    DirectoryEntry.objects.update_or_create(unit=unit, defaults=values)
