"""The search: what it finds, in which order, and what stays out of sight."""

import pytest
from django.utils import timezone

from okr import slots
from okr.models import KeyResult, Objective, Visibility
from okr.templatetags.marking import marked
from tests.cast import make_cycle, make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


def found(person, query, **more):
    return signed_in(person).get("/search/", {"q": query} | more)


def titles(response, kind="objectives"):
    groups = {group.kind: group for group in response.context["groups"]}
    return [hit.title for hit in groups[kind].hits] if kind in groups else []


def suggested(person, query):
    answer = signed_in(person).get(
        "/search/suggestions/", {"q": query}, headers={"HX-Request": "true"}
    )
    return answer.content.decode()


@pytest.fixture
def hidden(ben, cycle):
    objective = make_objective(
        ben, cycle, title="Hidden merger", visibility=Visibility.CONFIDENTIAL
    )
    make_key_result(objective, title="Hidden price")
    return objective


def test_one_word_finds_objectives_key_results_people_and_units(ben, cleo, cycle):
    make_key_result(make_objective(ben, cycle, title="Platform stays up"), title="Platform cost")
    response = found(cleo, "platform")
    assert titles(response) == ["Platform stays up"]
    assert titles(response, "key-results") == ["Platform cost"]
    assert titles(response, "people") == ["Ada Lindqvist", "Ben Okafor"]
    assert titles(response, "units") == ["Platform"]


def test_what_begins_with_the_words_stands_before_what_holds_them(ada, ben, cleo, cycle):
    ben.name = "Fay Lover"
    ben.save()
    for title in ("Boring failover", "We never prefail", "Failover is boring"):
        make_objective(ada, cycle, title=title)
    make_objective(ben, cycle, title="Something of hers")
    in_order = ["Failover is boring", "Boring failover", "We never prefail"]
    assert titles(found(cleo, "fail")) == in_order
    assert titles(found(cleo, "lover"))[-1] == "Something of hers"


def test_the_current_cycle_stands_first_and_closed_ones_say_so(ben, cleo, cycle):
    closed = make_cycle("Spring")
    old = Objective(cycle=closed, owner=ben, title="Failover")
    old.keep()
    closed.close(by=ben, at=timezone.now())
    make_objective(ben, cycle, title="A dull failover")
    response = found(cleo, "failover")
    assert titles(response) == ["A dull failover", "Failover"]
    assert [hit.closed for hit in response.context["groups"][0].hits] == [False, True]
    assert "Closed" in text_of(response)


@pytest.mark.parametrize("query", ["hidden", "HIDDEN merger", "price", "okafor", "hid"])
def test_nothing_confidential_is_found_by_title_or_owner(ada, ben, cleo, olga, hidden, query):
    make_objective(ben, hidden.cycle, title="In the open")
    for in_kind in ({}, {"in": "objectives"}, {"in": "key-results"}):
        seen = text_of(found(cleo, query, **in_kind)).replace("“", "").lower()
        assert "merger" not in seen.replace(query.lower(), "")
        assert "hidden price" not in seen
    assert "Hidden m" not in suggested(cleo, query).replace("<mark>", "").replace("</mark>", "")
    assert "hit-title" not in suggested(cleo, "hidden")
    for allowed in (ada, ben, olga):
        assert titles(found(allowed, "merger")) == ["Hidden merger"]


def test_a_person_whose_name_is_typed_stands_before_what_they_own(ben, cleo, cycle):
    make_objective(ben, cycle, title="Failover is boring")
    kinds = [group.kind for group in found(cleo, "okafor").context["groups"]]
    assert kinds == ["people", "objectives"]


def test_somebody_who_left_is_not_found(ben, cleo):
    ben.is_active = False
    ben.save()
    assert titles(found(cleo, "okafor"), "people") == []


def test_the_words_are_marked_and_nothing_else_is_markup():
    assert marked("Failover <b>is</b>", "OVER <") == (
        "Fail<mark>over</mark> <mark>&lt;</mark>b&gt;is<mark>&lt;</mark>/b&gt;"
    )
    assert marked("a.b", ".") == "a<mark>.</mark>b"
    assert marked("plain", "") == "plain"


@pytest.mark.parametrize("query", ["zzz", "🙂", "%", "_", "'; --", "x" * 10_000, "a b " * 100])
def test_a_search_that_finds_nothing_says_so(cleo, cycle, query):
    assert "Nothing matches" in text_of(found(cleo, query))


def test_an_empty_search_asks_for_words(cleo):
    assert "What are you looking for?" in text_of(found(cleo, ""))
    assert "hit-title" not in suggested(cleo, "a")
    assert 'role="option"' not in suggested(cleo, "")


def test_one_kind_is_paged_and_keeps_its_address(ben, cleo, cycle):
    for number in range(30):
        make_objective(ben, cycle, title=f"Row {number:02}")
    assert "All objectives" in text_of(found(cleo, "row"))
    page = found(cleo, "row", **{"in": "objectives"})
    assert "1–25 of 30" in text_of(page)
    assert b"?q=row&amp;in=objectives&amp;page=2" in page.content
    assert "26–30 of 30" in text_of(found(cleo, "row", **{"in": "objectives", "page": "2"}))
    assert "All objectives" in text_of(found(cleo, "row", **{"in": "nonsense"}))


def test_suggestions_are_options_with_addresses(ben, cleo, cycle):
    objective = make_objective(ben, cycle, title="Failover is boring")
    options = suggested(cleo, "failover")
    assert f'data-url="/objectives/{objective.pk}/"' in options
    assert 'data-url="/search/?q=failover"' in options
    assert "1 suggestion" in options
    assert "<html" not in options
    plain = signed_in(cleo).get("/search/suggestions/?q=failover")
    assert "Failover is boring" in text_of(plain)


def test_an_integration_adds_hits(cleo, cycle):
    def fill(request, words):
        return [slots.Hit("From outside", "/x/", note=" ".join(words), under="Elsewhere")]

    with slots.filled("search.hits", fill):
        assert "Elsewhere" in text_of(found(cleo, "two words"))
        assert "two" in suggested(cleo, "two words")


def test_a_person_leads_to_what_they_own(ben, ada, cleo, cycle, hidden):
    make_objective(ben, cycle, title="Ben's")
    make_objective(ada, cycle, title="Ada's")
    url = f"/company/?view=list&owner={ben.pk}"
    assert url.replace("&", "&amp;") in found(cleo, "okafor").content.decode()
    page = signed_in(cleo).get(url)
    assert [each.title for each in page.context["rows"]] == ["Ben's"]
    assert "Owner: Ben Okafor" in text_of(page)
    of_unit = signed_in(cleo).get(f"/company/?view=list&unit={ben.unit_id}")
    assert [each.title for each in of_unit.context["rows"]] == ["Ada's", "Ben's"]
    for nobody in ("owner=9999", "owner=x", "unit=" + "9" * 30):
        assert len(signed_in(cleo).get(f"/company/?view=list&{nobody}").context["rows"]) == 2


@pytest.mark.parametrize("address", ["/search/?q=row", "/search/?q=row&in=key-results"])
def test_a_search_costs_the_same_for_three_and_three_hundred_rows(
    ada, cycle, address, django_assert_max_num_queries
):
    objective = make_objective(ada, cycle, title="Row")

    def queries(count):
        KeyResult.objects.bulk_create(
            KeyResult(objective=objective, owner=ada, title="Row", current=0) for _ in range(count)
        )
        with django_assert_max_num_queries(14) as asked:
            client.get(address)
        return len(asked)

    client = signed_in(ada)
    assert queries(3) == queries(297)
