"""A narrowed list stays narrowed: while one searches, and after a dialog that was opened on it."""

import pytest

from okr.models import Objective
from tests.cast import make_key_result, make_objective, signed_in

pytestmark = pytest.mark.django_db
NARROWED = "/my/?cycle=1&tag=2"


@pytest.mark.parametrize(
    ("way_there", "back"),
    [
        (NARROWED, NARROWED),
        ("https://elsewhere.example/", ""),
        ("//elsewhere.example/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_dialog_leads_back_to_where_it_was_opened(ben, cycle, way_there, back):
    objective = make_objective(ben, cycle)
    key_result = make_key_result(objective)
    client = signed_in(ben)
    places = {
        f"/objectives/{objective.pk}/edit/": f"/objectives/{objective.pk}/",
        f"/key-results/{key_result.pk}/edit/": f"/key-results/{key_result.pk}/",
        f"/objectives/{objective.pk}/key-results/new/": f"/objectives/{objective.pk}/",
    }
    for place, usual in places.items():
        page = client.get(place, {"next": way_there})
        assert page.context["back"] == (back or usual)


def test_what_is_deleted_leads_back_to_the_list(ben, cycle):
    objective = make_objective(ben, cycle)
    url = f"/objectives/{objective.pk}/delete/?next=%2Fcompany%2F%3Ftag%3D2"
    assert signed_in(ben).post(url)["Location"] == "/company/?tag=2"
    assert not Objective.objects.exists()


def test_the_search_of_the_list_keeps_its_other_filters(ben, cycle):
    make_objective(ben, cycle).tag(["Growth"])
    tag = Objective.objects.get().tags.get()
    address = f"/company/?owner={ben.pk}&unit={ben.unit_id}&tag={tag.pk}&confidence=none&view=list"
    page = signed_in(ben).get(address).content.decode()
    for name, value in (
        ("owner", ben.pk),
        ("unit", ben.unit_id),
        ("tag", tag.pk),
        ("confidence", "none"),
        ("view", "list"),
        ("cycle", cycle.pk),
    ):
        assert f'form="company-search" name="{name}" value="{value}"' in " ".join(page.split())
    for kept in ("format=csv", "sort=owner"):
        assert f"tag={tag.pk}&amp;confidence=none&amp;view=list&amp;{kept}" in page
