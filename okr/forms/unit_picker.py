"""An Organizational Unit out of any number: by its name, or by its path where two share one."""

from typing import Any

from django.db.models import QuerySet

from okr.forms.pickers import PickedField, Picker
from okr.models import Unit
from okr.models.unit import paths

NOBODY = "No unit is called “{}”. Choose one from the list."
SEVERAL = "Several units are called “{}”. Choose one from the list."


class UnitPicker(Picker):
    """`among` names what is offered: see `okr/views/unit_options.py`."""

    route, listed = "okr:unit_options", "Organizational Units"
    placeholder = "Search by name"

    def __init__(self, among: str = "all", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, among=among)


class UnitField(PickedField):
    """Knows units by their path, so that two of one name can be told apart."""

    widget = UnitPicker
    nobody, several = NOBODY, SEVERAL

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Unit.objects.all(), **kwargs)

    def label_of(self, row: Any) -> str:
        return str(paths().get(row.pk, row.name))

    def named(self, text: str) -> QuerySet[Unit]:
        wanted = text.casefold()
        same = [pk for pk, path in paths().items() if path.casefold() == wanted]
        return self.rows.filter(pk__in=same) if same else self.rows.filter(name__iexact=text)
