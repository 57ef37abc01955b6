"""A number as people type it, with one sentence for what cannot be read."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

PLAIN = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]+)?")
SPACES = dict.fromkeys(map(ord, " \u00a0\u2009\u202f"))
HOW = "Enter a number such as 1234.5 or 1,234.5, with a point before the decimals."


class NumberField(forms.Field):
    """Takes spaces, grouped thousands, a true minus sign, and the unit written after the number."""

    widget = forms.TextInput

    def __init__(self, *, digits: int = 14, places: int = 6, unit: str = "", **kwargs: Any) -> None:
        self.digits, self.places, self.unit = digits, places, unit
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:
        text = self._bare(str(value or "").strip())
        if not text:
            return None
        if not PLAIN.fullmatch(text) or not re.search("[0-9]", text):
            raise ValidationError(HOW, code="invalid")
        number = Decimal(text.replace(",", ""))
        self._fits(number)
        return number

    def prepare_value(self, value: Any) -> Any:
        """A stored number without its trailing zeros; what was typed stays as it is."""
        if not isinstance(value, Decimal):
            return value
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def _bare(self, text: str) -> str:
        if self.unit and text.casefold().endswith(self.unit.casefold()):
            text = text[: -len(self.unit)]
        return text.removeprefix(self.unit).translate(SPACES).replace("\u2212", "-")

    def _fits(self, number: Decimal) -> None:
        exponent = number.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        if places > self.places or number.adjusted() >= self.digits:
            raise ValidationError(
                f"Use at most {self.digits} digits before the point and {self.places} after it.",
                code="too_long",
            )
