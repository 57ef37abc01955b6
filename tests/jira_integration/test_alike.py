"""What is worked out once for all that are alike is what each of them makes by itself."""

from datetime import UTC, datetime
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from jira_integration.alike import number_of
from jira_integration.calculation import calculate
from jira_integration.difference import Part, moves, split
from jira_integration.keeping import keep, keep_moves, keep_split
from jira_integration.sync.compute import Outcome
from jira_integration.sync.known import Known
from jira_integration.sync.planned import PlannedLink
from jira_integration.sync.telling import with_split
from okr.progress import settle
from tests.jira_integration.worked import CASES, each_once, methods, works

law = settings(max_examples=CASES, deadline=None)
READ_AT = datetime(2026, 9, 1, tzinfo=UTC)


def outcome_of(before, found, method):
    """Of one key result with one link that counted the ones and found the others."""
    counted, members = ({work.id: work for work in each} for each in (before, found))
    link = PlannedLink(1, 1, 1, None, "a", 1, None, False, "", READ_AT, counted)
    number, known = number_of(found, method), Known(links={1: [link]})
    return Outcome(1, number, {1: members}, members != counted, (), known)


@law
@given(st.lists(works, max_size=10), methods())
def test_a_number_is_that_of_the_formula_and_keeps_the_same(found, method):
    whole = calculate(found, method)

    number = number_of(found, method)

    assert number.share == whole.progress
    assert number.kept == keep(whole)


@law
@given(each_once(works, 1), st.none() | each_once(works, 1), methods(), methods(), st.booleans())
def test_a_measurement_tells_every_step_also_where_only_the_settings_changed(
    was, found, earlier, method, otherwise
):
    now = was if found is None else found
    before, after = calculate(was, earlier), calculate(now, method)
    outcome = outcome_of(was, now, method)
    if (reading := outcome.reading()) is None:
        return
    stood = settle(before.progress or Fraction(0)) if not otherwise else settle(Fraction(7))

    told = with_split(reading, outcome, keep(before), stood).why

    start = before.progress
    if start is None or settle(start) != stood:
        start = Fraction(stood)
    parts = split(before, after)
    if rest := reading.share - start - sum(parts.values(), Fraction(0)):
        parts[Part.ELSEWHERE] = rest
    moved = keep_moves(moves(before, after))
    assert told == keep(after) | moved | keep_split(start, reading.share, parts)
