"""The quarters of a company's year, whatever month it begins in."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from okr import fiscal


def test_the_calendar_year_has_the_quarters_that_everybody_knows():
    assert [(each.name, each.starts_on, each.ends_on) for each in fiscal.quarters(2026, 1)] == [
        ("Q1 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("Q2 2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
    ]


def test_a_fiscal_year_is_named_by_both_its_years():
    names = [each.name for each in fiscal.quarters(2099, 4)]
    assert names == ["Q1 2099/00", "Q2 2099/00", "Q3 2099/00", "Q4 2099/00"]
    assert fiscal.whole_year(2026, 10).name == "Year 2026/27"


@pytest.mark.parametrize("first_month", range(1, 13))
@pytest.mark.parametrize("year", [2023, 2024, 2027])
def test_the_quarters_meet_and_fill_the_year(year, first_month):
    quarters, whole = fiscal.quarters(year, first_month), fiscal.whole_year(year, first_month)
    assert quarters[0].starts_on == whole.starts_on == date(year, first_month, 1)
    assert quarters[-1].ends_on == whole.ends_on
    for before, after in pairwise(quarters):
        assert before.ends_on + timedelta(days=1) == after.starts_on
    following = fiscal.whole_year(year + 1, first_month)
    assert whole.ends_on + timedelta(days=1) == following.starts_on


@pytest.mark.parametrize("first_month", range(1, 13))
def test_a_day_lies_in_the_year_that_it_is_said_to_lie_in(first_month):
    for day in (date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)):
        year = fiscal.whole_year(fiscal.year_of(day, first_month), first_month)
        assert year.starts_on <= day <= year.ends_on
