"""The alignment map: which cards and edges it draws, how it opens, and what stays out of sight."""

import re

import pytest
from django.utils import timezone

from okr.models import KeyResult, Level, Objective, Visibility
from okr.pages import alignment_map as page
from okr.pages.calendar import Calendar
from okr.pages.filters import Filters
from tests.cast import make_key_result, make_objective, make_unit, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(ada, ben, olga, cycle):
    top = make_objective(olga, cycle, title="Patients are seen on time", level=Level.COMPANY)
    middle = make_objective(
        ada, cycle, title="Clinics stay online", level=Level.UNIT, unit=ada.unit, parent=top
    )
    leaf = make_objective(ben, cycle, title="Failover is boring", parent=middle)
    return top, middle, leaf


def map_of(person, cycle, opened=None, **filters):
    calendar = Calendar(cycle, timezone.localdate())
    return page.alignment_map(person, calendar, Filters(**filters), opened)


def titles(drawn):
    return [card.objective.title for card in drawn.cards]


def shown(person, query=""):
    return signed_in(person).get(f"/company/map/{query}")


def test_it_opens_the_company_and_says_how_many_are_hidden(cleo, tree, cycle):
    drawn = map_of(cleo, cycle)
    assert titles(drawn) == ["Patients are seen on time", "Clinics stay online"]
    assert (drawn.shown, drawn.total, drawn.hidden) == (2, 3, 1)
    assert [card.below for card in drawn.cards] == [1, 1]
    assert [words for _, words in drawn.heads] == ["Company", "Teams"]
    assert "2 of 3 objectives are shown" in text_of(shown(cleo))
    assert "The same as a list" in text_of(shown(cleo))


def test_a_branch_opens_by_its_address_without_javascript(cleo, tree, cycle):
    top, middle, _ = tree
    html = shown(cleo).content.decode()
    assert f"?open={top.pk}%2C{middle.pk}" in html
    opened = map_of(cleo, cycle, {top.pk, middle.pk})
    assert titles(opened)[-1] == "Failover is boring"
    assert [line.kind for line in opened.lines] == ["counts", "counts"]
    assert "All 3 objectives are shown" in text_of(shown(cleo, f"?open={top.pk},{middle.pk}"))


def test_htmx_gets_the_map_alone(cleo, tree):
    part = signed_in(cleo).get("/company/map/", headers={"HX-Request": "true"}).content.decode()
    assert 'id="company"' in part
    assert "<html" not in part


def test_what_is_not_counted_and_what_supports_have_their_own_edges(cleo, tree, cycle):
    top, middle, leaf = tree
    Objective.objects.filter(pk=middle.pk).update(weight=0)
    leaf.supports.add(top)
    drawn = map_of(cleo, cycle, {top.pk, middle.pk})
    assert sorted(line.kind for line in drawn.lines) == ["counts", "shown", "supports"]
    assert [line.kind for line in map_of(cleo, cycle).lines] == ["shown"]


def test_a_search_draws_the_matches_and_what_is_above_them(cleo, tree, cycle, ben):
    make_objective(ben, cycle, title="Something else")
    drawn = map_of(cleo, cycle, query="failover")
    assert titles(drawn) == [each.title for each in tree]
    assert [card.branch.is_match for card in drawn.cards] == [False, False, True]
    assert "Nothing matches" in text_of(shown(cleo, "?q=zzz"))


def test_the_filters_stand_in_the_address(cleo, tree, cycle, ada):
    KeyResult.objects.filter(pk=make_key_result(tree[2]).pk).update(confidence="at_risk")
    assert "Failover is boring" in text_of(shown(cleo, "?confidence=at_risk"))
    assert "Nothing matches" in text_of(shown(cleo, "?confidence=off_track"))
    assert "Clinics stay online" in text_of(shown(cleo, f"?unit={ada.unit_id}"))
    for path in ("/company/", "/company/map/"):
        assert f"?unit={ada.unit_id}" in signed_in(cleo).get(path).content.decode()
    other = make_unit("Elsewhere")
    assert "Nothing matches" in text_of(shown(cleo, f"?unit={other.pk}"))


def test_what_a_reader_may_not_see_is_neither_drawn_nor_counted(ada, ben, cleo, olga, tree, cycle):
    top, _, leaf = tree
    hidden = make_objective(
        ben, cycle, title="Hidden plan", parent=leaf, visibility=Visibility.CONFIDENTIAL
    )
    hidden.supports.add(top)
    opened = {each.pk for each in tree}
    drawn = map_of(cleo, cycle, opened)
    assert (drawn.shown, drawn.total, drawn.cards[-1].below) == (3, 3, 0)
    assert all(line.kind != "supports" for line in drawn.lines)
    for query in ("?q=hidden", f"?open={','.join(map(str, opened))}", f"?open={hidden.pk}"):
        assert "Hidden plan" not in shown(cleo, query).content.decode()
    assert "Hidden plan" in titles(map_of(ada, cycle, opened))


def test_what_stands_under_a_hidden_objective_stands_at_the_top(cleo, olga, ben, cycle):
    hidden = make_objective(olga, cycle, title="Hidden", visibility=Visibility.CONFIDENTIAL)
    make_objective(ben, cycle, title="Open work", parent=hidden)
    assert titles(map_of(cleo, cycle)) == ["Open work"]
    assert map_of(cleo, cycle).lines == []


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "🙂" * 100, "x" * 200, "مرحبا " * 30]
)
def test_any_title_can_be_drawn(cleo, ben, cycle, title):
    make_objective(ben, cycle, title=title)
    response = shown(cleo)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_a_large_company_is_drawn_in_part_and_says_so(cleo, olga, ben, cycle):
    top = make_objective(olga, cycle, title="Top", level=Level.COMPANY)
    Objective.objects.bulk_create(
        Objective(cycle=cycle, owner=ben, title="Row", parent=top) for _ in range(page.MOST_CARDS)
    )
    drawn = map_of(cleo, cycle)
    assert (drawn.shown, drawn.is_cut) == (page.MOST_CARDS, True)
    assert f"the first {page.MOST_CARDS} of {page.MOST_CARDS + 1} objectives" in text_of(
        shown(cleo)
    )


def test_without_cycle_or_objectives_it_says_so(cleo, client):
    assert "There is no cycle yet" in text_of(shown(cleo))
    assert client.get("/company/map/")["Location"].startswith("/sign-in/")


def test_an_empty_cycle_says_so(cleo, olga, cycle):
    assert "No objectives yet" in text_of(shown(cleo))
    assert "New company objective" in text_of(shown(olga))
    assert "New company objective" not in text_of(shown(cleo))


def test_the_cards_are_links_in_reading_order(cleo, tree):
    html = shown(cleo, f"?open={tree[0].pk},{tree[1].pk}").content.decode()
    cards = re.findall(r'id="card-(\d+)"', html)
    assert cards == [str(each.pk) for each in tree]


@pytest.mark.parametrize("query", ["", "?q=row", "?confidence=none"])
def test_the_map_costs_the_same_for_three_and_three_hundred_rows(
    ada, olga, cycle, query, django_assert_max_num_queries
):
    def fill(count):
        top = make_objective(olga, cycle, title="Top row", level=Level.COMPANY)
        Objective.objects.bulk_create(
            Objective(cycle=cycle, owner=ada, unit=ada.unit, level="unit", title="Row", parent=top)
            for _ in range(count)
        )

    client = signed_in(ada)
    fill(3)
    with django_assert_max_num_queries(18) as few:
        client.get(f"/company/map/{query}")
    fill(297)
    with django_assert_max_num_queries(18) as many:
        client.get(f"/company/map/{query}")
    assert len(few) == len(many)
