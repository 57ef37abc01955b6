"""The past that is walked back to is the one that was lived through, whatever happened in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from jira_integration.calculation import Category, IssueId, Scale, calculate
from jira_integration.client import Change, History
from jira_integration.counting import Seen, Way
from jira_integration.reconstruction import Rules, Traced, reconstruct, works_at
from tests.jira_integration.worked import CASES

START = datetime(2026, 10, 1, tzinfo=UTC)
END = START + timedelta(days=40)
POINTS = "customfield_10026"
CATEGORIES = {"1": Category.NEW, "2": Category.INDETERMINATE, "3": Category.DONE}
LEFT_OUT = {1: frozenset(["20"])}
law = settings(max_examples=CASES, deadline=None)


def rules_of(way: Way) -> Rules:
    categories = {(1, status): category for status, category in CATEGORIES.items()}
    return Rules(way, way.method(Scale(), LEFT_OUT), LEFT_OUT, categories)


PLAIN, SIZED = rules_of(Way()), rules_of(Way(fields=((1, POINTS),), unit="points"))
values = {
    "status": st.sampled_from(["1", "2", "3", "gone"]),
    "resolution": st.sampled_from(["", "10", "20"]),
    POINTS: st.sampled_from(["", "1", "2.5", "8"]),
}
moments = st.integers(0, 45 * 24).map(lambda hours: START - timedelta(days=5, hours=-hours))


def seen(state: dict[str, str]) -> Seen:
    numbers = {POINTS: Decimal(state[POINTS])} if state[POINTS] else {}
    category = CATEGORIES.get(state["status"], Category.UNDEFINED)
    return Seen(category, state["resolution"], numbers)


@st.composite
def lives(draw: st.DrawFn, number: int) -> tuple[Traced, list[tuple[datetime, Seen]]]:
    """An issue, and as what it stood from when on."""
    at, state = draw(moments), {field: draw(each) for field, each in values.items()}
    created, lived, changes = at, [(at, seen(state))], []
    for place in range(draw(st.integers(0, 6))):
        at += timedelta(hours=draw(st.integers(0, 200)))
        field = draw(st.sampled_from(sorted(values)))
        was, now = state[field], draw(values[field])
        told = ("", was, "", now) if field == POINTS else (was, was, now, now)
        changes.append(Change(at, place, field, *told))
        state = state | {field: now}
        lived.append((at, seen(state)))
    history = History(number, created, tuple(changes))
    return Traced(IssueId(1, number), draw(st.integers(1, 5)), seen(state), history), lived


@st.composite
def companies(draw: st.DrawFn) -> list[tuple[Traced, list[tuple[datetime, Seen]]]]:
    return [draw(lives(number)) for number in range(1, draw(st.integers(1, 5)) + 1)]


def day_of(moment):
    return moment.date()


def told(issues, rules=PLAIN, since=START, until=END):
    return reconstruct(issues, rules, since, until, day_of)


@law
@given(lives(1), moments, st.sampled_from([PLAIN, SIZED]))
def test_walking_back_finds_what_was_lived_through(life, moment, rules):
    issue, lived = life
    then = [state for at, state in lived if at <= moment]

    found = issue.at(moment, rules)

    wanted = rules.way.work(issue.name, then[-1], issue.weight, LEFT_OUT) if then else None
    assert found == wanted


@law
@given(companies(), st.sampled_from([PLAIN, SIZED]))
def test_at_the_end_stands_what_counts_today(company, rules):
    issues = [issue for issue, _ in company]
    today = [rules.way.work(i.name, i.now, i.weight, LEFT_OUT) for i in issues]
    latest = max(at for _, lived in company for at, _ in lived)

    assert works_at(issues, rules, latest) == today
    evenings = told(issues, rules, START - timedelta(days=9), latest + timedelta(days=1))
    share = calculate(today, rules.method).progress
    if share is not None:
        assert evenings[-1].breakdown.progress == share


@law
@given(companies(), st.randoms(use_true_random=False))
def test_the_order_in_which_jira_tells_it_does_not_matter(company, chance):
    issues = [issue for issue, _ in company]
    shuffled = []
    for issue in issues:
        changes = list(issue.history.changes)
        chance.shuffle(changes)
        shuffled.append(replace(issue, history=replace(issue.history, changes=tuple(changes))))
    assert told(shuffled) == told(issues)


@law
@given(companies(), moments, moments)
def test_a_day_without_a_change_has_no_evening(company, one, other):
    since, until = min(one, other), max(one, other) + timedelta(hours=1)
    issues = [issue for issue, _ in company]
    changed = {day_of(at) for issue in issues for at in issue.moments}

    evenings = told(issues, PLAIN, since, until)

    days = [day_of(each.at) for each in evenings if each.at != since]
    assert set(days) <= changed
    assert len(set(days)) == len(days)
    assert all(since <= each.at < until for each in evenings)
    assert [each.at for each in evenings] == sorted(each.at for each in evenings)


@law
@given(companies(), st.sampled_from([PLAIN, SIZED]))
def test_every_number_stays_between_0_and_100(company, rules):
    for each in told([issue for issue, _ in company], rules):
        assert 0 <= each.breakdown.progress <= 100


def issue(number, status, *changes, created=START - timedelta(days=30), **state):
    """`changes` are (days after the start, field, value before)."""
    found = History(
        number,
        created,
        tuple(
            Change(START + timedelta(days=days), place, field, was, was, "", "")
            for place, (days, field, was) in enumerate(changes)
        ),
    )
    state = {"status": status, "resolution": "", POINTS: ""} | state
    return Traced(IssueId(1, number), 1, seen(state), found)


def test_an_issue_counts_from_its_creation_on():
    old = issue(1, "3")
    new = issue(2, "1", created=START + timedelta(days=10, hours=3))

    shares = [(each.at, each.breakdown.progress) for each in told([old, new])]

    assert shares == [(START, 100), (START + timedelta(days=10, hours=3), 50)]


def test_the_last_change_of_a_day_tells_its_evening():
    busy = issue(1, "2", (4, "status", "1"), (4.2, "status", "2"), (4.5, "status", "3"))

    shares = [(each.at, each.breakdown.progress) for each in told([busy])]

    assert shares == [(START, 0), (START + timedelta(days=4.5), 50)]


def test_a_status_that_the_site_has_no_longer_counts_as_to_do_and_is_named():
    moved = issue(1, "3", (4, "status", "gone"))

    assert [each.breakdown.progress for each in told([moved])] == [0, 100]
    assert list(moved.unknown(PLAIN)) == ["gone"]


def test_what_was_left_out_then_counts_neither_way():
    reopened = issue(1, "1", (8, "status", "3"), (8, "resolution", "20"))
    other = issue(2, "3")

    assert [each.breakdown.progress for each in told([reopened, other])] == [100, 50]


def test_nothing_is_told_before_the_first_issue_and_after_the_first_reading():
    late = issue(1, "3", (30, "status", "1"), created=START + timedelta(days=20))

    evenings = told([late], until=START + timedelta(days=25))

    assert [(each.at, each.breakdown.progress) for each in evenings] == [
        (START + timedelta(days=20), Fraction(0))
    ]
