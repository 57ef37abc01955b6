"""The company page: tree, list, search and filter, and what stays out of sight."""

import pytest

from okr.models import KeyResult, Level, Objective, Visibility
from tests.cast import make_key_result, make_objective, make_unit, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(ada, ben, olga, cycle):
    """Company, unit, individual: one under the other."""
    top = make_objective(olga, cycle, title="Patients are seen on time", level=Level.COMPANY)
    middle = make_objective(
        ada, cycle, title="Clinics stay online", level=Level.UNIT, unit=ada.unit, parent=top
    )
    leaf = make_objective(ben, cycle, title="Failover is boring", parent=middle)
    return top, middle, leaf


def titles(response):
    return [branch.objective.title for branch in response.context.get("branches", ())]


def company(person, query=""):
    return signed_in(person).get(f"/company/{query}")


def test_company_objectives_are_open_and_the_rest_is_closed(cleo, tree):
    response = company(cleo)
    assert titles(response) == ["Patients are seen on time", "Clinics stay online"]
    table = response.content.split(b"<tree-table")[1]
    assert table.count(b'aria-expanded="true"') == 1
    assert table.count(b'aria-expanded="false"') == 1


def test_the_whole_tree_can_be_read_without_javascript(cleo, tree):
    top, middle, _ = tree
    page = company(cleo).content.decode()
    assert f'value="{top.pk},{middle.pk}"' in page
    opened = company(cleo, f"?open={top.pk},{middle.pk}")
    assert titles(opened)[-1] == "Failover is boring"
    assert titles(company(cleo, "?open=")) == ["Patients are seen on time"]


def test_children_come_on_demand(cleo, tree):
    _, middle, leaf = tree
    url = f"/company/{middle.pk}/children/?depth=2"
    rows = signed_in(cleo).get(url, headers={"HX-Request": "true"}).content.decode()
    assert f'data-row="{leaf.pk}"' in rows
    assert f'data-parent="{middle.pk}"' in rows
    assert "<html" not in rows
    assert "depth-2" in rows
    plain = signed_in(cleo).get(url)
    assert plain["Location"] == f"/company/?cycle={middle.cycle_id}&open={middle.pk}"


def test_a_branch_that_a_reader_may_not_see_is_not_counted_nor_opened(ben, cleo, olga, tree):
    leaf = tree[2]
    hidden = make_objective(
        olga, leaf.cycle, title="Hidden plan", parent=leaf, visibility=Visibility.CONFIDENTIAL
    )
    opened = ",".join(str(each.pk) for each in tree)
    assert "Hidden plan" in text_of(company(olga, f"?open={opened}"))
    seen = company(cleo, f"?open={opened}")
    assert "Hidden plan" not in text_of(seen)
    assert f"twisty-{leaf.pk}" not in seen.content.decode()
    for query in ("?q=hidden", "?view=list", "?q=hidden&view=list", f"?open={hidden.pk}"):
        assert "Hidden plan" not in text_of(company(cleo, query))
    url = f"/company/{hidden.pk}/children/"
    assert signed_in(cleo).get(url, headers={"HX-Request": "true"}).status_code == 404


def test_what_stands_under_a_hidden_objective_stands_at_the_top(cleo, olga, ben, cycle):
    hidden = make_objective(olga, cycle, title="Hidden", visibility=Visibility.CONFIDENTIAL)
    make_objective(ben, cycle, title="Open work", parent=hidden)
    assert titles(company(cleo)) == ["Open work"]
    assert titles(company(cleo, "?q=open")) == ["Open work"]
    assert titles(company(olga)) == ["Hidden"]


def test_a_search_keeps_what_is_above_its_matches(cleo, tree, cycle, ben):
    make_objective(ben, cycle, title="Something else")
    assert titles(company(cleo, "?q=FAILOVER")) == [each.title for each in tree]
    marked = [branch.is_match for branch in company(cleo, "?q=failover").context["branches"]]
    assert marked == [False, False, True]


@pytest.mark.parametrize("query", ["okafor", "platform boring", "Ben  FAILOVER"])
def test_a_search_reads_owner_and_unit_too(cleo, tree, query):
    assert "Failover is boring" in titles(company(cleo, f"?q={query}"))


@pytest.mark.parametrize("query", ["zzz", "🙂", "%25", "_", "'; --", "x" * 10_000])
def test_a_search_that_finds_nothing_says_so(cleo, tree, query):
    assert "Nothing matches" in text_of(company(cleo, f"?q={query}"))
    assert "Nothing matches" in text_of(company(cleo, f"?view=list&q={query}"))


def test_what_no_database_can_look_for_is_left_out_of_a_search(cleo, tree):
    assert "Failover is boring" in titles(company(cleo, "?q=fail%00over"))


def test_the_confidence_filter_reads_the_lowest_of_the_key_results(cleo, tree):
    *_, leaf = tree
    for confidence in ("on_track", "at_risk"):
        KeyResult.objects.filter(pk=make_key_result(leaf).pk).update(confidence=confidence)
    assert "Failover is boring" in titles(company(cleo, "?confidence=at_risk"))
    assert titles(company(cleo, "?confidence=on_track")) == []
    assert titles(company(cleo, "?confidence=none")) == [each.title for each in tree[:2]]
    assert titles(company(cleo, "?confidence=nonsense")) == []


def test_the_search_box_is_not_in_what_htmx_replaces(cleo, tree):
    fragment = signed_in(cleo).get("/company/?q=clinics", headers={"HX-Request": "true"})
    assert b'id="company"' in fragment.content
    assert b'id="query"' not in fragment.content


def listed(response):
    return [each.title for each in response.context["rows"]]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("title", "Clinics stay online"),
        ("-title", "Patients are seen on time"),
        ("owner", "Clinics stay online"),
        ("-progress", "Failover is boring"),
        ("confidence", "Failover is boring"),
        ("nonsense", "Clinics stay online"),
    ],
)
def test_the_list_is_sorted_by_its_columns(cleo, tree, sort, first):
    make_key_result(tree[2], at="90")
    Objective.objects.exclude(pk=tree[2].pk).update(progress=10)
    assert listed(company(cleo, f"?view=list&sort={sort}"))[0] == first


def test_the_sorted_column_says_its_direction(cleo, tree):
    assert b'aria-sort="descending"' in company(cleo, "?view=list&sort=-progress").content


def test_the_list_is_paged_and_keeps_its_address(cleo, ben, cycle):
    for number in range(30):
        make_objective(ben, cycle, title=f"Objective {number:02}")
    response = company(cleo, "?view=list&sort=-title")
    assert len(listed(response)) == 25
    assert "1–25 of 30" in text_of(response)
    assert b"?view=list&amp;sort=-title&amp;page=2" in response.content
    assert len(listed(company(cleo, "?view=list&page=2"))) == 5
    assert len(listed(company(cleo, "?view=list&page=nonsense"))) == 25


def test_only_an_admin_is_offered_a_company_objective(olga, cleo, tree):
    assert "New company objective" in text_of(company(olga))
    assert "New company objective" not in text_of(company(cleo))


def test_an_empty_cycle_says_so(cleo, cycle):
    assert "No company objectives yet" in text_of(company(cleo))


@pytest.mark.parametrize("query", ["", "?open=", "?view=list", "?q=row", "?view=list&q=row"])
def test_the_page_costs_the_same_for_three_and_three_hundred_rows(
    ada, olga, cycle, query, django_assert_max_num_queries
):
    def fill(count):
        top = make_objective(olga, cycle, title="Top row", level=Level.COMPANY)
        unit = make_unit("Platform")
        Objective.objects.bulk_create(
            Objective(cycle=cycle, owner=ada, unit=unit, level="unit", title="Row", parent=top)
            for _ in range(count)
        )

    client = signed_in(ada)
    fill(3)
    with django_assert_max_num_queries(16) as few:
        client.get(f"/company/{query}")
    fill(297)
    with django_assert_max_num_queries(16) as many:
        client.get(f"/company/{query}")
    assert len(few) == len(many)
