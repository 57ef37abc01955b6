"""The table behind a number: every issue, what it counts as and what it brings in."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jira_integration.explanation import TENTH, in_tenths, plain, tenth
from jira_integration.models import (
    Trigger,
)
from jira_sandbox.model.catalogue import CATEGORIES
from tests.jira_integration.pages import page_of, table, words
from tests.jira_integration.stage import link, read, rescale

pytestmark = pytest.mark.usefixtures("connection")
DEMO = [f"DEMO-{number}" for number in range(1, 14)]


def test_the_page_tells_the_sum(followed):
    told = words(page_of(followed))

    assert "Why is it 62%?" in told
    summed = "(7 Done × 100 + 2 In Progress × 50 + 4 To Do × 0) ÷ 13 issues = 61.5%"
    assert summed in told
    assert "shown as 62%" in told
    assert "Each Done issue contributes 7.7 points, each In Progress 3.8." in told


def test_the_rows_add_up_to_the_total(followed):
    *rows, total = table(page_of(followed))

    contributions = [Decimal(row[-1]) for row in rows]
    assert len(rows) == 13
    assert sum(contributions) == Decimal(total[-1]) == Decimal("61.5")
    assert sorted(set(contributions)) == [Decimal("0.0"), Decimal("3.8"), Decimal("7.7")]


def test_what_has_most_room_left_stands_first_with_its_shape(followed):
    rows = table(page_of(followed))[:-1]

    assert [row[2] for row in rows] == ["○ To Do"] * 4 + ["◐ In Progress"] * 2 + ["● Done"] * 7
    assert [row[3] for row in rows] == ["0%"] * 4 + ["50%"] * 2 + ["100%"] * 7


def test_one_issue_needs_no_brackets(key_result):
    link(key_result, "DEMO-8")
    read()

    assert "1 In Progress × 50 ÷ 1 issue = 50% ." in words(page_of(key_result))


def test_199_of_200_done_is_99_percent(jira, key_result):
    jira.create_many("OPS", 199, status="Done")
    jira.create("OPS", "The last one")
    link(key_result, jql="project = OPS")
    read()

    assert "Why is it 99%?" in page_of(key_result)


def test_a_long_table_is_cut_and_still_adds_up(jira, key_result):
    jira.create_many("OPS", 70, status="Done")
    link(key_result, jql="project = OPS OR project = DEMO")
    read()

    *rows, rest, total = table(page_of(key_result))
    assert len(rows) == 25
    assert rest[0] == "58 more issues"
    assert sum(Decimal(row[-1]) for row in [*rows, rest]) == Decimal(total[-1])

    everything = table(page_of(key_result, query="?issues=all"))
    assert len(everything) == 83 + 1


def test_the_table_tells_the_percentages_of_the_last_reading_until_the_next(followed):
    rescale(10, 60, 90)

    told = words(page_of(followed))
    assert "7 Done × 100" in told

    read(trigger=Trigger.SETTINGS)
    told = words(page_of(followed))
    assert "(7 Done × 90 + 2 In Progress × 60 + 4 To Do × 10) ÷ 13 issues = 60.8%" in told


def test_a_status_without_category_counts_as_to_do_and_is_flagged(jira, key_result):
    with jira.site.lock:
        issue = jira.site.issue("DEMO-8")
        issue.status = without_category(issue.status)
    link(key_result, "DEMO-8")
    read()

    [row, _] = table(page_of(key_result))
    assert row[2] == "○ To Do Status without a category"


def without_category(status):
    undefined = next(each for each in CATEGORIES if each.key == "undefined")
    return replace(status, category=undefined)


def test_an_issue_that_cannot_be_read_is_flagged_in_table_and_link(jira, followed):
    jira.delete("DEMO-8")
    read()

    page = page_of(followed)
    assert "Not readable since" in words(page)
    copy = "DEMO-8 can no longer be read in Jira. It counts at its last known status until you"
    assert copy in words(page)


@given(st.lists(st.fractions(0, 100, max_denominator=1000), max_size=60))
def test_tenths_add_up_to_the_rounded_total_and_stay_within_a_tenth(exact):
    rounded = in_tenths(exact)

    assert sum(rounded) == tenth(sum(exact, Fraction(0)))
    for before, after in zip(exact, rounded, strict=True):
        assert abs(Fraction(after) - before) < Fraction(TENTH)


def test_numbers_are_written_without_needless_zeros():
    assert [plain(Decimal(text)) for text in ("50.0", "61.5", "0.0", "100.0")] == [
        "50",
        "61.5",
        "0",
        "100",
    ]
