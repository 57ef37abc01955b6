"""Rows that everybody may read and OKR admins keep: people, units, cycles, tags."""

from typing import Any

from django.shortcuts import get_object_or_404

from okr.api.scopes import KEPT_BY_ADMINS
from okr.api.written import Written
from okr.forms.versions import VersionedForm
from okr.models import Person


class Administered(Written):
    """Its scopes let nobody but admins change anything; `rows` are what everybody may see."""

    scopes = KEPT_BY_ADMINS

    def visible(self, rows: Any, pk: int) -> Any:
        return get_object_or_404(rows, pk=pk)

    def editable(self, rows: Any, pk: int) -> Any:
        return self.visible(rows, pk)

    def begun(self, person: Person, values: dict[str, Any]) -> Any:
        """The form begins it."""

    def keep(self, form: VersionedForm) -> bool:
        return form.kept()
