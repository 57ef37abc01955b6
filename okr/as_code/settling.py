"""What means the same in a file is written the same, so that it can be compared."""

from collections.abc import Mapping

from okr.as_code.document import Row
from okr.models.tag import distinct
from okr.models.unit import SEPARATOR, Unit, paths


def settle(said: Row, here: Row | None, units: Mapping[str, str]) -> None:
    """Addresses, names of units, tags in capitals."""
    values = said.values
    if "owner" in values:
        values["owner"] = values["owner"].lower()
    if "unit" in values:
        values["unit"] = units.get(values["unit"].casefold(), values["unit"])
    if "viewers" in values:
        values["viewers"] = tuple(sorted({each.lower() for each in values["viewers"]}))
    if here and "tags" in values:
        known = distinct(here.values["tags"])
        values["tags"] = tuple(known.get(each.casefold(), each) for each in values["tags"])


def units_by_name() -> dict[str, str]:
    """The slug of a unit by its slug, its path, and its name where no other is called so."""
    rows = list(Unit.objects.values_list("pk", "slug", "name"))
    slugs = {pk: slug for pk, slug, _ in rows}
    called: dict[str, list[str]] = {}
    for _, slug, name in rows:
        called.setdefault(name.casefold(), []).append(slug)
    by_name = {name: found[0] for name, found in called.items() if len(found) == 1}
    by_path = {path.casefold(): slugs[pk] for pk, path in paths().items() if SEPARATOR in path}
    return by_name | by_path | {slug: slug for slug in slugs.values()}
