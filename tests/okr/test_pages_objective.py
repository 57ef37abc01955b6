"""The page of an objective: its parts, its sum, and what a reader may not see."""

from decimal import Decimal

import pytest
from django.utils import timezone

from okr.forms.objective_picker import label_of
from okr.models import AuditEntry, KeyResult, Objective, Visibility
from okr.pages.calendar import Calendar
from okr.pages.explanation import WITHHELD, explain, in_tenths
from okr.pages.rows import rows_of
from tests.cast import make_cycle, make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def objective(ada, cycle):
    return make_objective(ada, cycle, title="Clinics stay online")


def get(person, objective):
    return signed_in(person).get(f"/objectives/{objective.pk}/")


def test_it_shows_the_path_the_parts_and_what_is_aligned(ada, ben, objective, cycle):
    top = make_objective(ada, cycle, title="Top of the tree")
    objective.parent = top
    objective.keep()
    make_key_result(objective, title="Minutes offline", at="40")
    make_objective(ben, cycle, title="A failover is boring", parent=objective)
    seen = text_of(get(ben, objective))
    for words in ("Top of the tree", "Minutes offline", "A failover is boring", "Latest check-ins"):
        assert words in seen


def test_without_key_results_the_owner_is_asked_for_one(ada, cleo, objective):
    response = get(ada, objective)
    assert "No key results yet" in text_of(response)
    assert response.content.count(b"button primary") == 1
    assert b"button primary" not in get(cleo, objective).content


def test_only_who_may_change_it_is_offered_to(ada, cleo, objective):
    make_key_result(objective)
    offered = f"/objectives/{objective.pk}/edit/".encode()
    assert offered in get(ada, objective).content
    assert offered not in get(cleo, objective).content
    assert "Check in" not in text_of(get(cleo, objective))


def explained(objective, *, aligned=()):
    objective.refresh_from_db()
    calendar = Calendar(objective.cycle, timezone.localdate())
    rows = rows_of(KeyResult.objects.filter(objective=objective), objective.owner, calendar)
    return explain(objective, rows, aligned)


def brought_in(explanation):
    return sum(line.points for line in explanation.contributions if line.points is not None)


def test_the_contributions_add_up_to_the_total(objective):
    for at, weight in (("75", 2), ("82", 1), ("35", 1), ("33.3333", 3)):
        make_key_result(objective, at=at, weight=Decimal(weight))
    explanation = explained(objective)
    assert brought_in(explanation) == explanation.total
    assert explanation.total == Decimal("52.4")
    shares = [round(line.share, 1) for line in explanation.contributions]
    assert shares == [Decimal("28.6"), Decimal("14.3"), Decimal("14.3"), Decimal("42.9")]


@pytest.mark.parametrize("count", [1, 3, 7, 11, 13])
def test_rounding_never_loses_a_tenth(count):
    exact = [Decimal(100) / 3 / count] * count
    total = (Decimal(100) / 3).quantize(Decimal("0.1"))
    assert sum(each for each in in_tenths(exact, total) if each is not None) == total


def test_what_does_not_count_says_why(ada, ben, objective, cycle):
    make_key_result(objective, at="50", title="Counts")
    make_key_result(objective, at="90", title="Only shown", weight=Decimal(0))
    make_objective(ben, cycle, title="Empty below", parent=objective)
    seen = text_of(get(ada, objective))
    assert "not counted" in seen
    assert "not measured yet" in seen
    assert "Total, shown as 50%" in seen


def test_a_confidential_part_of_a_public_objective_is_neither_counted_nor_betrayed(
    ada, cleo, olga, objective, cycle
):
    make_key_result(objective, at="40")
    hidden = make_objective(
        olga, cycle, title="Hidden plan", parent=objective, visibility=Visibility.CONFIDENTIAL
    )
    make_key_result(hidden, at="80", title="Hidden number")
    for reader, may_see in ((olga, True), (cleo, False), (ada, False)):
        seen = text_of(get(reader, objective))
        assert ("Hidden plan" in seen) is may_see
        assert ("not counted" in seen) is may_see
        assert WITHHELD not in seen
        assert "Hidden number" not in seen
    objective.refresh_from_db()
    assert objective.progress == 40


def test_a_hidden_part_of_a_confidential_objective_counts_without_being_named(
    ada, cleo, olga, cycle
):
    above = make_objective(ada, cycle, viewers=[cleo], visibility=Visibility.CONFIDENTIAL)
    make_key_result(above, at="40")
    hidden = make_objective(
        olga, cycle, title="Hidden plan", parent=above, visibility=Visibility.CONFIDENTIAL
    )
    make_key_result(hidden, at="80")
    seen = text_of(get(cleo, above))
    assert "Hidden plan" not in seen
    assert WITHHELD in seen
    above.refresh_from_db()
    lines = explained(above).contributions
    assert lines[-1].name == WITHHELD
    assert brought_in(explained(above)) == Decimal("60.0")


def test_an_objective_that_becomes_confidential_stops_moving_what_is_above(olga, objective, cycle):
    make_key_result(objective, at="40")
    below = make_objective(olga, cycle, parent=objective)
    make_key_result(below, at="80")
    objective.refresh_from_db()
    assert objective.progress == 60
    below.refresh_from_db()
    below.visibility = Visibility.CONFIDENTIAL
    below.keep()
    objective.refresh_from_db()
    assert objective.progress == 40


def test_a_hidden_parent_is_not_in_the_path(ben, cleo, olga, cycle):
    hidden = make_objective(olga, cycle, title="Hidden top", visibility=Visibility.CONFIDENTIAL)
    below = make_objective(ben, cycle, title="Open work", parent=hidden)
    assert "Hidden top" not in text_of(get(cleo, below))
    assert "Hidden top" in text_of(get(olga, below))


def test_a_confidential_objective_is_marked_for_who_may_see_it(ada, ben, cycle):
    secret = make_objective(ben, cycle, visibility=Visibility.CONFIDENTIAL)
    assert "Confidential" in text_of(get(ada, secret))


def test_an_objective_that_an_admin_deletes_for_others_is_logged_without_its_title(
    ben, olga, cycle
):
    for owner, entries in ((olga, 0), (ben, 1)):
        objective = make_objective(owner, cycle, title="A quiet takeover")
        signed_in(olga).post(f"/objectives/{objective.pk}/delete/")
        assert AuditEntry.objects.count() == entries

    logged = AuditEntry.objects.get()
    assert (logged.sentence, logged.about_id) == (
        "deleted an objective of Ben Okafor",
        objective.pk,
    )
    assert "takeover" not in str(AuditEntry.objects.values())


def test_new_edit_and_delete_go_the_whole_way(ben, cycle):
    client = signed_in(ben)
    typed = {
        "title": "Clinics trust the schedule",
        "cycle": cycle.pk,
        "owner": ben.pk,
        "weight": "1",
        "visibility": "public",
    }
    response = client.post("/objectives/new/", typed)
    objective = Objective.objects.get()
    assert response["Location"] == f"/objectives/{objective.pk}/"
    assert "is created" in text_of(client.get(response["Location"]))
    client.post(f"/objectives/{objective.pk}/edit/", typed | {"title": "Clearer words"})
    objective.refresh_from_db()
    assert objective.title == "Clearer words"
    assert client.post(f"/objectives/{objective.pk}/delete/")["Location"] == "/my/"
    assert not Objective.objects.exists()


def test_bad_input_keeps_what_was_typed_and_changes_nothing(ben, cycle):
    objective = make_objective(ben, cycle, title="As it was")
    typed = {"title": "", "description": "<b>تجربة 🙂</b>", "owner": ben.pk, "weight": "12x"}
    response = signed_in(ben).post(f"/objectives/{objective.pk}/edit/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Enter a title." in page
    assert "&lt;b&gt;تجربة 🙂&lt;/b&gt;" in page
    assert 'value="12x"' in page
    assert "<title>Error:" in page
    assert Objective.objects.get().title == "As it was"


def test_a_dialog_that_succeeds_sends_the_browser_on(ben, cycle):
    objective = make_objective(ben, cycle)
    response = signed_in(ben).post(
        f"/objectives/{objective.pk}/delete/", headers={"HX-Request": "true"}
    )
    assert response["HX-Redirect"] == "/my/"


def test_deleting_says_first_what_goes_and_what_stays(ada, ben, olga, objective, cycle):
    make_key_result(objective, at="40")
    make_objective(ben, cycle, parent=objective, title="Below")
    make_objective(olga, cycle, parent=objective, visibility=Visibility.CONFIDENTIAL)
    seen = text_of(signed_in(ada).get(f"/objectives/{objective.pk}/delete/"))
    assert "1 key result, 1 check-in and 1 recorded value will be deleted with it." in seen
    assert "1 aligned objective stays, with nothing above." in seen
    assert Objective.objects.filter(pk=objective.pk).exists()


def test_a_new_objective_starts_where_the_link_says(ada, objective, cycle):
    later = make_cycle("Winter")
    response = signed_in(ada).get(f"/objectives/new/?cycle={cycle.pk}&parent={objective.pk}")
    form = response.context["form"]
    assert (form["cycle"].value(), form["parent"].value()) == (cycle.pk, label_of(objective))
    other = signed_in(ada).get(f"/objectives/new/?cycle={later.pk}").context["form"]
    assert not other.fields["parent"].queryset.exists()


def test_the_page_costs_the_same_for_three_and_three_hundred_rows(
    ada, objective, cycle, django_assert_max_num_queries
):
    def fill(count):
        KeyResult.objects.bulk_create(
            KeyResult(objective=objective, owner=ada, title="Row", current=0, start=0)
            for _ in range(count)
        )
        Objective.objects.bulk_create(
            Objective(cycle=cycle, owner=ada, title="Aligned", parent=objective)
            for _ in range(count)
        )

    client = signed_in(ada)
    fill(3)
    with django_assert_max_num_queries(28) as few:
        client.get(f"/objectives/{objective.pk}/")
    fill(297)
    with django_assert_max_num_queries(28) as many:
        client.get(f"/objectives/{objective.pk}/")
    assert len(few) == len(many)
