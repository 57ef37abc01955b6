"""What people type where a number is asked for."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from okr.forms.numbers import HOW, NumberField


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0", "0"),
        ("51.2", "51.2"),
        (" 1234.5 ", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1 234.5", "1234.5"),
        ("1\u202f234.5", "1234.5"),
        ("-7", "-7"),
        ("\u22127", "-7"),
        (".5", "0.5"),
        ("+3", "3"),
        ("99999999999999.999999", "99999999999999.999999"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, read):
    assert NumberField().clean(typed) == Decimal(read)


@pytest.mark.parametrize(
    "typed",
    [
        "51,2",
        "1,23,4",
        "1.234,5",
        "abc",
        "٤٢",
        "1e5",
        "NaN",
        "∞",
        "🙂",
        "1/2",
        "--1",
        ".",
        "-",
        ",",
    ],
)
def test_what_cannot_be_read_gets_one_sentence_that_shows_how(typed):
    with pytest.raises(ValidationError) as refusal:
        NumberField().clean(typed)
    assert refusal.value.messages == [HOW]


@pytest.mark.parametrize("typed", ["123456789012345", "1.1234567", "9" * 10_000])
def test_a_number_that_does_not_fit_gets_a_sentence(typed):
    with pytest.raises(ValidationError) as refusal:
        NumberField().clean(typed)
    assert refusal.value.messages == ["Use at most 14 digits before the point and 6 after it."]


@pytest.mark.parametrize(
    ("unit", "typed"), [("%", "51.2 %"), ("%", "51.2%"), ("€", "€51.2"), ("days", "51.2 Days")]
)
def test_the_unit_may_be_written_with_the_number(unit, typed):
    assert NumberField(unit=unit).clean(typed) == Decimal("51.2")


def test_an_empty_number_is_missing_or_none():
    assert NumberField(required=False).clean("  ") is None
    with pytest.raises(ValidationError):
        NumberField().clean("  ")


@pytest.mark.parametrize(
    ("stored", "shown"), [("51.200000", "51.2"), ("100.000000", "100"), ("0.000000", "0")]
)
def test_a_stored_number_is_shown_without_trailing_zeros(stored, shown):
    assert NumberField().prepare_value(Decimal(stored)) == shown


def test_what_was_typed_is_shown_again_as_it_was():
    assert NumberField().prepare_value("51,2") == "51,2"
