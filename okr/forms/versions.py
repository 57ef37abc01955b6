"""Tells whoever saves second what they typed and what stands there now, and lets them choose."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Manager, Model, QuerySet

from okr.models.closure import ClosedError
from okr.models.version import StaleError

SAVED_MEANWHILE = "This was saved by somebody else while you were editing. Compare, then choose."
GONE = "This was deleted by somebody else while you were editing, so it cannot be saved."
NOT_SHOWN = "Something that is not shown to you"
NOTHING = "–"
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    yours: str
    saved: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was typed beside what somebody else saved; `by` and `at` where that is known."""

    version: int
    differences: list[Difference]
    by: Any = None
    at: Any = None


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]
    """The form of a `Versioned` model: the view asks `kept`, which calls the form's `keep`.

    Its template shows `okr/forms/save.html`, which sends the version that was read.
    """

    comparison: Comparison | None = None

    @property
    def version(self) -> int | None:
        """The version that is sent along: what was compared last, else what was first read."""
        if self.comparison:
            return self.comparison.version
        if self.instance.pk is None:
            return None
        sent = str(self.data.get(self.add_prefix("version"), ""))
        is_number = sent.isdecimal() and len(sent) <= MOST_DIGITS
        current: int = self.instance.version
        return int(sent) if is_number else current

    def keep(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError

    def kept(self, *args: Any, **kwargs: Any) -> bool:
        """Whether it was saved; not where somebody saved since, which the form then tells."""
        self.instance.version = self.version or 1
        try:
            self.keep(*args, **kwargs)
        except StaleError as stale:
            return self._compare(stale.stored, args, kwargs)
        except ValidationError as refused:
            self._tell(refused)
            return False
        except ClosedError as closed:
            self.add_error(None, str(closed))
            return False
        return True

    def _tell(self, refused: ValidationError) -> None:
        """What only became wrong in this moment, beside its field where the form has that."""
        for name, faults in getattr(refused, "error_dict", {None: refused.error_list}).items():
            self.add_error(name if name in self.fields else None, faults)

    def _compare(self, stored: Any, args: Any, kwargs: Any) -> bool:
        """What is the same on both sides, as after a double click, needs no choice."""
        if stored is None:
            self.add_error(None, GONE)
            return False
        by, at = stored.last_saved() or (None, None)
        differences = list(self.differences(stored))
        self.comparison = Comparison(stored.version, differences, by, at)
        if not differences:
            return self.kept(*args, **kwargs)
        self.add_error(None, SAVED_MEANWHILE)
        return False

    def saved_value(self, stored: Any, name: str) -> Any:
        """What a field of this form would hold for the stored row."""
        return getattr(stored, name, None)

    def differences(self, stored: Any) -> Iterator[Difference]:
        for bound in self.visible_fields():
            if bound.name not in self.cleaned_data:
                continue
            yours = _plain(self.cleaned_data[bound.name])
            saved = _plain(self.saved_value(stored, bound.name))
            if yours != saved:
                label, field = str(bound.label), bound.field
                yield Difference(label, in_words(field, yours), in_words(field, saved))


def in_words(field: forms.Field, value: Any) -> str:
    """A value as a reader knows it; what the field does not offer to this person is not named."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(field, forms.ModelChoiceField):
        rows = value if isinstance(value, list) else [value]
        offered = (
            field.queryset.in_bulk([row.pk for row in rows]) if field.queryset is not None else {}
        )
        return ", ".join(str(row) if row.pk in offered else NOT_SHOWN for row in rows)
    if isinstance(field, forms.ChoiceField):
        return str(dict(_flat(field.choices)).get(str(value), value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    return str(field.prepare_value(value))


def _plain(value: Any) -> Any:
    """Rows as a list in one order, nothing as an empty text: comparable on both sides."""
    if isinstance(value, Manager):
        value = value.all()
    if isinstance(value, QuerySet):
        return sorted(value, key=_pk)
    return "" if value is None else value


def _pk(row: Model) -> Any:
    return row.pk


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        yield from _flat(label) if isinstance(label, list | tuple) else [(str(value), label)]
