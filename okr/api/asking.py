"""What an address may be asked behind its question mark; anything else is refused by name."""

from typing import Any

from rest_framework import serializers

from okr.api.paging import MOST, USUAL
from okr.api.shapes import Body


class Asked(Body):
    fields: Any = serializers.CharField(
        required=False, help_text="Names between commas; the others are left out."
    )


class AskedOfRows(Asked):
    """A list adds fields of its own, and narrows its rows by them."""

    limit = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=f"{USUAL} unless told.",
    )
    cursor = serializers.CharField(
        required=False, help_text="Of the page before, as its `next` has it."
    )
