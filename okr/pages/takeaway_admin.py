"""What OKR admins keep, as files: cycles and units; and the templates that everybody reads."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone

from okr.exports import Cell, Sheet
from okr.library import Blueprint
from okr.models import Template
from okr.pages.cycles import cycle_rows
from okr.pages.unit_list import unit_rows
from okr.pages.units import UnitTree

CYCLES = (
    "cycle", "kind", "state", "starts_on", "ends_on", "closed_on", "objectives", "progress",
)  # fmt: skip
UNITS = ("unit", "path", "lead", "lead_email", "people")
TEMPLATES = (
    "template", "about", "category", "key_result", "kind", "start", "target", "measured_in",
)  # fmt: skip
BETWEEN = " / "
Row = tuple[Cell, ...]


def cycles_sheet(today: date) -> Sheet:
    rows = (
        (
            row.cycle.name,
            row.cycle.kind,
            "ended" if row.has_ended else row.cycle.state(today),
            row.cycle.starts_on,
            row.cycle.ends_on,
            timezone.localdate(row.cycle.closed_at) if row.cycle.closed_at else None,
            row.objectives,
            row.progress,
        )
        for row in cycle_rows(today)
    )
    return Sheet("Cycles", CYCLES, rows)


def units_sheet() -> Sheet:
    return Sheet("Units", UNITS, _units())


def _units() -> Iterator[Row]:
    """The path is written as an import of people reads it."""
    path: list[str] = []
    for place, people in unit_rows(UnitTree().places()):
        unit, lead = place.unit, place.unit.lead
        path = [*path[: place.depth], unit.name]
        led_by = (lead.name, lead.email) if lead else ("", "")
        yield (unit.name, BETWEEN.join(path), *led_by, people)


def own_templates_sheet(templates: Iterable[Template]) -> Sheet:
    rows = ((*row, str(each.by or "")) for each in templates for row in _measures(each))
    return Sheet("Own templates", (*TEMPLATES, "written_by"), rows)


def gallery_sheet(blueprints: Iterable[Blueprint]) -> Sheet:
    rows = (row for each in blueprints for row in _measures(each))
    return Sheet("Templates", TEMPLATES, rows)


def _measures(template: Template | Blueprint) -> Iterator[Row]:
    """One row for each key result, or one for a template without any."""
    first = (template.title, template.about, template.category)
    for each in template.measures:
        yield (*first, each.title, each.kind, each.start, each.target, each.measured_in)
    if not template.measures:
        yield (*first, "", "", None, None, "")
