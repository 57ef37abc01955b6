"""Fields for rows out of any number: searched on the server, typed where there are no scripts.

Nothing is sent but what is chosen. `PickedField` takes one row and `PickedManyField` several of
what a `PickedField` knows.
"""

from copy import deepcopy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse

NUMBER_LENGTH = 18
MOST_NAMED = 3


class Picker(forms.TextInput):
    """A combobox whose options `route` gives; `asks` goes along in its address.

    `included` names another field of the form that the options depend on.
    """

    template_name = "okr/forms/picker.html"
    route, listed, placeholder, included = "", "", "", ""

    def __init__(self, attrs: dict[str, Any] | None = None, **asks: Any) -> None:
        super().__init__({"maxlength": 400} | (attrs or {}))
        self.asks = asks

    @property
    def context(self) -> dict[str, Any]:
        return {
            "options_url": reverse(self.route, query={k: v for k, v in self.asks.items() if v}),
            "listed": self.listed,
            "placeholder": self.placeholder,
            "included": self.included,
        }

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | self.context


class PickedField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Knows a row by what the list puts into the box, which `label_of` makes of it."""

    called = "name"
    nobody = several = ""

    def label_of(self, row: Any) -> str:
        raise NotImplementedError

    def split(self, text: str) -> list[str]:
        """What was typed into a box for several."""
        return [text]

    def named(self, text: str) -> "QuerySet[Any]":
        """The rows that somebody may mean who typed this."""
        raise NotImplementedError

    def alike(self, text: str) -> "QuerySet[Any]":
        """What could have been meant where that is nothing."""
        return self.rows.filter(**{f"{self.called}__icontains": text})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Model):
            return self.label_of(value)
        row = self.numbered(value)
        return self.label_of(row) if row else ("" if isinstance(value, int) else value)

    def to_python(self, value: Any) -> Any:
        text = str(value.pk if isinstance(value, Model) else value or "")
        text = text.replace("\x00", "").strip()
        return self.found(text) if text else None

    def found(self, text: str) -> Any:
        """Raises ValidationError where that names no row, or several."""
        if text.isdecimal():
            rows = [row for row in [self.numbered(text)] if row]
        else:
            rows = list(self.named(text)[: MOST_NAMED + 1])
        if len(rows) != 1:
            raise ValidationError(self._why_not(text, rows), "invalid_choice")
        return rows[0]

    def _why_not(self, text: str, rows: list[Any]) -> str:
        nobody = self.error_messages.get("nobody", self.nobody)
        said = (self.several if rows else str(nobody)).format(text[:100])
        near = [self.label_of(row) for row in (rows or self.alike(text))[:MOST_NAMED]]
        return f"{said} Did you mean {' or '.join(near)}?" if near else said

    def numbered(self, value: Any) -> Any:
        text = str(value)
        known = text.isdecimal() and len(text) <= NUMBER_LENGTH
        return self.rows.filter(pk=int(text)).first() if known else None

    @property
    def rows(self) -> QuerySet[Any]:
        assert self.queryset is not None  # noqa: S101  narrows the type
        return self.queryset


class ManyField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several choices; a number that no database has is one that was not offered."""

    def clean(self, value: Any) -> Any:
        for each in value or ():
            if len(str(each)) > NUMBER_LENGTH:
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class ManyPicker(forms.SelectMultiple):
    """Boxes for what is chosen, and a picker that adds to them."""

    template_name = "okr/forms/many_picker.html"
    use_fieldset = True

    def __init__(self, one: PickedField, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.one = one

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = forms.Widget.get_context(self, name, None, attrs)
        numbers, typed = sorted_out(value or ())
        offered: Any = self.choices
        known = [number for number in numbers if len(number) <= NUMBER_LENGTH]
        chosen = offered.queryset.filter(pk__in=known)
        rows = [(row.pk, self.one.label_of(row)) for row in chosen]
        found = {str(pk) for pk, _ in rows}
        sent = {each.strip() for each in value or () if isinstance(each, str)}
        typed += [number for number in numbers if number in sent - found]
        picker = self.one.widget
        context |= picker.context | {"rows": rows, "typed": "; ".join(typed)}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        ticked = super().value_from_datadict(data, files, name) or []
        typed = data.get(f"{name}_typed") or ""
        named = self.one.split(typed)
        return [*ticked, *named]


class PickedManyField(ManyField):
    """Several rows: numbers of ticked boxes, and what was typed as for `one` of them."""

    widget: Any

    def __init__(self, one: PickedField, **kwargs: Any) -> None:
        self.one = one
        super().__init__(one.queryset, widget=ManyPicker(one), **kwargs)
        self.template_name = "okr/forms/many.html"

    def __deepcopy__(self, memo: Any) -> "PickedManyField":
        """Each form has its own `one`, of which it offers its own rows."""
        result: PickedManyField = super().__deepcopy__(memo)
        result.one = deepcopy(self.one, memo)
        result.widget.one = result.one
        return result

    def clean(self, value: Any) -> Any:
        numbers, typed = sorted_out(value or ())
        self.one.queryset = self.queryset
        named = [self.one.found(text).pk for text in typed]
        return super().clean([*numbers, *named])


def ask_about(field: forms.Field, **asks: Any) -> None:
    """What the options of this form's field depend on."""
    picker: Any = field.one.widget if isinstance(field, PickedManyField) else field.widget
    picker.asks = picker.asks | asks


def sorted_out(values: Any) -> tuple[list[str], list[str]]:
    """What is a number, and what somebody typed."""
    texts = [str(value).replace("\x00", "").strip() for value in values]
    numbers = [text for text in texts if text.isdecimal()]
    return numbers, [text for text in texts if text and not text.isdecimal()]
