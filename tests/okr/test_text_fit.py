"""Words on a drawn card: they fit, none is lost before the last line, and what is cut says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr.text_fit import ELLIPSIS, cut, width, wrapped

ROOM, SIZE = 220.0, 13.0


@given(st.text(max_size=300))
def test_every_line_fits(text):
    lines = wrapped(text, ROOM, SIZE, 2)
    assert len(lines) <= 2
    assert all(width(line, SIZE) <= ROOM for line in lines)


@given(st.lists(st.text("abcdeW 語", min_size=1), max_size=20).map(" ".join))
def test_nothing_is_lost_while_there_are_lines_enough(text):
    lines = wrapped(text, ROOM, SIZE, 1000)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_it_breaks_between_words():
    assert wrapped("Keep every clinic online through a database failover", ROOM, SIZE, 2) == [
        "Keep every clinic online through a",
        "database failover",
    ]


@pytest.mark.parametrize("text", ["x" * 500, "語" * 500, "🙂" * 300, "word " * 100])
def test_what_does_not_fit_ends_in_an_ellipsis(text):
    assert wrapped(text, ROOM, SIZE, 2)[-1].endswith(ELLIPSIS)
    assert cut(text, ROOM, SIZE).endswith(ELLIPSIS)


def test_nothing_has_no_lines():
    assert wrapped("  ", ROOM, SIZE, 2) == []
