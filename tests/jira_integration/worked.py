"""Issues, methods and what they make of each other, drawn at random."""

import os
from fractions import Fraction

from hypothesis import strategies as st

from jira_integration.calculation import (
    Category,
    IssueId,
    Measure,
    Method,
    Scale,
    Without,
    Work,
    calculate,
)

CASES = int(os.environ.get("PLUMBLINE_PROPERTY_CASES", "100"))

categories = st.sampled_from(list(Category))
names = st.builds(IssueId, st.integers(1, 2), st.integers(1, 8))
sizes = st.none() | st.fractions(0, 100, max_denominator=8)
works = st.builds(Work, names, categories, sizes, st.integers(1, 100), st.booleans())
plain_works = st.builds(Work, names, categories)


def each_once(found: st.SearchStrategy[Work], least: int = 0) -> st.SearchStrategy[list[Work]]:
    return st.lists(found, min_size=least, max_size=10, unique_by=lambda work: work.id)


scales = st.lists(st.integers(0, 100), min_size=3, max_size=3, unique=True).map(
    lambda values: Scale(*sorted(values))
)


@st.composite
def methods(draw: st.DrawFn) -> Method:
    measure = draw(st.sampled_from(list(Measure)))
    start = draw(st.fractions(-20, 20, max_denominator=4))
    room = draw(st.fractions(Fraction(1, 4), 300, max_denominator=4))
    by = "points" if measure is Measure.SUM else draw(st.sampled_from(["", "points", "hours"]))
    return Method(
        scale=measure.scale(draw(scales)),
        measure=measure,
        sized_by=by,
        without=draw(st.sampled_from(list(Without))),
        start=start if measure.is_mapped else Fraction(0),
        target=start + room if measure.is_mapped else Fraction(100),
        left_out=draw(st.sets(st.sampled_from(["1:10", "2:11"])).map(frozenset)),
    )


breakdowns = st.builds(calculate, each_once(works, 1), methods())
