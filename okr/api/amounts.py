"""Numbers with decimals: in quotes to the last digit, or as JSON's own, as exact as those are."""

from decimal import Decimal, InvalidOperation
from typing import Any

from rest_framework import serializers


class Amount(serializers.DecimalField):
    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, float):
            data = self._nearest(data)
        amount: Decimal = super().to_internal_value(data)
        return amount

    def _nearest(self, number: float) -> Decimal | str:
        """Not refused for digits that nobody wrote: 0.1 + 0.2."""
        try:
            return Decimal(repr(number)).quantize(Decimal(1).scaleb(-int(self.decimal_places or 0)))
        except InvalidOperation:
            return repr(number)
