"""A body from an untrusted server is read within bounds, or refused with a reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr.outgoing.body import DEEPEST, LONGEST_TEXT, BodyError, decode

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "invalid JSON"),
        (b'{"a": ', "invalid JSON"),
        (b"<html></html>", "invalid JSON"),
        (b'{"a": 1}]', "invalid JSON"),
        (b"\xff\xfe\x00", "invalid JSON"),
        (b"[NaN]", "NaN is not a number"),
        (b"[-Infinity]", "-Infinity is not a number"),
        (b"[1e999]", "a number that is not finite"),
        (b"[" + b"9" * 5_000 + b"]", "a number that is too large"),
        (b"[9223372036854775808]", "a number that is too large"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "nested too deeply"),
        (b"[" + b"{}," * 400_000 + b"{}]", "too many values"),
    ],
)
def test_a_hostile_body_is_refused_with_its_reason(body, reason):
    with pytest.raises(BodyError, match=f"^{reason}$"):
        decode(body)


def test_depth_up_to_the_bound_is_read():
    assert decode(b"[" * DEEPEST + b"]" * DEEPEST) is not None


@pytest.mark.parametrize("hidden", ['"]"', '"\\\\]"', '"\\"]"', '"x\\\\\\"]"', '"", "]"', '"[[}"'])
def test_brackets_within_texts_hide_no_depth(hidden):
    assert decode(_nested(DEEPEST, hidden)) is not None
    with pytest.raises(BodyError, match="nested too deeply"):
        decode(_nested(DEEPEST + 1, hidden))


def _nested(depth, text):
    return (f"[{text}, " * depth + "1" + "]" * depth).encode()


def test_brackets_in_very_many_texts_are_read():
    assert decode(json.dumps(["["] * 30_000).encode()) == ["["] * 30_000


@pytest.mark.parametrize("sign", ['"', "\\", "é", "x"])
def test_text_is_cut_whatever_its_signs(sign):
    assert decode(json.dumps([sign * 3 * LONGEST_TEXT]).encode()) == [sign * LONGEST_TEXT]


def test_text_loses_what_no_database_takes():
    assert decode(b'["a\\u0000b", "\\ud800x", "\\ud83d\\ude00"]') == ["ab", "?x", "😀"]
    assert decode(json.dumps(["x" * 5_000_000]).encode()) == ["x" * LONGEST_TEXT]


@given(JSON)
def test_a_decent_body_is_read_as_it_is(value):
    assert decode(json.dumps(value).encode()) == value


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_bytes_are_read_or_refused(body):
    try:
        value = decode(body)
    except BodyError:
        return
    json.dumps(value, allow_nan=False).encode()
