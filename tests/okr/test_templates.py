"""Templates: found, used in one step, saved from an objective, and kept by admins."""

from decimal import Decimal

import pytest
from django.utils import timezone

from okr import proof
from okr.library import find, gallery, shipped
from okr.models import KeyResult, Kind, Objective, Template, Visibility
from okr.models.template import Category
from tests.cast import make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


def rows(*measures, prefix="measures"):
    """The rows of a form as a browser sends them: title, kind, start, target, counted in."""
    names = ("title", "kind", "start", "target", "measured_in")
    sent = {f"{prefix}-TOTAL_FORMS": len(measures), f"{prefix}-INITIAL_FORMS": 0}
    for number, measure in enumerate(measures):
        sent |= {f"{prefix}-{number}-{name}": v for name, v in zip(names, measure, strict=True)}
    return sent


def objective_as(person, cycle, **more):
    return {
        "title": "From a template",
        "description": "",
        "cycle": cycle.pk,
        "level": "individual",
        "owner": person.pk,
        "weight": "1",
        "visibility": "public",
        "tags": "",
    } | more


def test_the_shipped_ones_are_whole_and_cover_the_company():
    assert len(shipped()) >= 12
    assert {each.category for each in shipped()} == set(Category.values)
    for each in shipped():
        assert each.about
        assert 2 <= len(each.measures) <= 5
        for measure in each.measures:
            KeyResult(owner_id=1, title=measure.title, kind=measure.kind).clean_fields(
                exclude=["objective", "current", "owner"]
            )
            assert measure.start != measure.target or measure.is_threshold


def test_the_gallery_is_searched_and_narrowed(cleo):
    everything = signed_in(cleo).get("/templates/")
    assert len(everything.context["blueprints"]) == len(shipped())
    found = signed_in(cleo).get("/templates/?q=outages&category=engineering")
    assert [each.key for each in found.context["blueprints"]] == ["calm-operations"]
    assert "No template matches" in text_of(signed_in(cleo).get("/templates/?q=zzz"))
    part = signed_in(cleo).get("/templates/?q=outages", headers={"HX-Request": "true"})
    assert b"<html" not in part.content


@pytest.mark.parametrize("key", ["nothing", "own-1", "own-x", "own-" + "9" * 40])
def test_a_template_that_is_not_there_is_not_found(cleo, key):
    assert signed_in(cleo).get(f"/templates/{key}/").status_code == 404
    assert signed_in(cleo).get(f"/templates/{key}/begin/").status_code == 404


def test_a_preview_tells_how_it_is_measured(cleo):
    seen = text_of(signed_in(cleo).get("/templates/calm-operations/"))
    assert "Stay above 99.9 %" in seen
    assert "48 → 15 minutes" in seen
    assert "60% → 90%" in seen


def test_everything_is_filled_in_before_anything_is_created(ben, cycle):
    page = signed_in(ben).get(f"/templates/hire-well/begin/?cycle={cycle.pk}").content.decode()
    assert 'value="Hire well, and without making people wait"' in page
    assert 'value="Offers accepted"' in page
    assert 'value="38"' in page
    assert not Objective.objects.exists()


def test_the_objective_and_its_key_results_are_created_in_one_step(ben, cycle):
    measures = rows(
        ("Days to the offer", "number", "38", "20", "days"),
        ("", "percent", "0", "100", ""),
        ("It is done", "yes_no", "", "", ""),
        ("Availability", "stay_above", "", "99.9", "%"),
    )
    posted = objective_as(ben, cycle, tags="Hiring") | measures
    response = signed_in(ben).post("/templates/hire-well/begin/", posted)
    objective = Objective.objects.get()
    assert response["Location"] == f"/objectives/{objective.pk}/"
    assert [tag.name for tag in objective.tags.all()] == ["Hiring"]
    told = objective.changes.filter(by=ben).order_by("pk").values_list("field", flat=True)
    assert list(told) == ["created", "key_result", "key_result", "key_result"]
    made = [
        (each.title, each.kind, each.start, each.target) for each in objective.key_results.all()
    ]
    assert made == [
        ("Days to the offer", Kind.NUMBER, Decimal(38), Decimal(20)),
        ("It is done", Kind.YES_NO, Decimal(0), Decimal(1)),
        ("Availability", Kind.STAY_ABOVE, Decimal(0), Decimal("99.9")),
    ]
    assert {each.owner for each in objective.key_results.all()} == {ben}
    assert proof.derive_everything().differences == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("Same", "number", "5", "5", ""), "The target must differ from the start."),
        (("None", "number", "5", "", ""), "Enter the number to reach."),
        (("Odd", "number", "five", "6", ""), "Enter a number such as 1234.5"),
        (("x" * 201, "percent", "0", "100", ""), "Use at most 200 characters"),
        (("Kind", "nonsense", "0", "100", ""), "Select a valid choice"),
    ],
)
def test_a_faulty_row_is_told_and_nothing_is_created(ben, cycle, row, sentence):
    good = ("Fine", "percent", "0", "100", "")
    posted = objective_as(ben, cycle) | rows(good, row)
    response = signed_in(ben).post("/templates/hire-well/begin/", posted)
    assert response.status_code == 422
    assert f"Key result 2: {sentence}" in text_of(response)
    assert "From a template" in response.content.decode()
    assert not Objective.objects.exists()


def test_rows_that_were_tampered_with_create_nothing(ben, cycle):
    posted = objective_as(ben, cycle)
    assert signed_in(ben).post("/templates/hire-well/begin/", posted).status_code == 422
    many = rows(*[("Row", "percent", "0", "100", "")] * 30)
    response = signed_in(ben).post("/templates/hire-well/begin/", posted | many)
    assert response.status_code == 422
    assert not Objective.objects.exists()


def test_an_editor_saves_an_objective_as_a_template(ben, cleo, cycle):
    objective = make_objective(ben, cycle, title="Went well", description="Why")
    make_key_result(
        objective, title="Minutes", kind="number", measured_in="min", start=90, target=5
    )
    url = f"/objectives/{objective.pk}/template/"
    assert signed_in(cleo).post(url, {"category": "sales"}).status_code == 403
    assert signed_in(ben).post(url, {"category": "nonsense"}).status_code == 422
    assert signed_in(ben).post(url, {"category": "sales"}).status_code == 302
    template = Template.objects.get()
    assert (template.title, template.about, template.by) == ("Went well", "Why", ben)
    found = find(template.key)
    assert found
    assert found.measures[0].target == Decimal(5)
    assert gallery()[0].own == template
    assert "Our own" in text_of(signed_in(cleo).get("/templates/?q=minutes+well"))


def test_a_confidential_objective_becomes_no_template(ben, olga, cycle):
    objective = make_objective(ben, cycle, title="Hidden", visibility=Visibility.CONFIDENTIAL)
    for person in (ben, olga):
        url = f"/objectives/{objective.pk}/template/"
        assert signed_in(person).post(url, {"category": "sales"}).status_code == 403
    assert "Save as template" not in text_of(signed_in(ben).get(f"/objectives/{objective.pk}/"))
    assert not Template.objects.exists()


@pytest.fixture
def template(olga):
    template = Template(title="Ours", category="people", by=olga, at=timezone.now())
    template.keep()
    return template


def test_an_admin_writes_changes_and_deletes_templates(olga, cleo, template):
    client = signed_in(olga)
    written = {"title": "New one", "about": "", "category": "finance"}
    measures = rows(("Days", "number", "12", "5", "days"))
    assert client.post("/okr-admin/templates/new/", written | measures).status_code == 302
    made = Template.objects.get(title="New one")
    assert made.measures[0].title == "Days"
    url = f"/okr-admin/templates/{made.pk}/"
    assert (
        client.post(f"{url}edit/", written | rows() | {"title": "Other", "version": 1}).status_code
        == 302
    )
    stale = client.post(f"{url}edit/", written | rows() | {"title": "Third", "version": 1})
    assert stale.status_code == 422
    assert "Other" in text_of(client.get("/okr-admin/templates/"))
    assert client.post(f"{url}delete/").status_code == 302
    assert [each.title for each in Template.objects.all()] == ["Ours"]


@pytest.mark.parametrize("place", ["", "new/", "{}/edit/", "{}/delete/"])
def test_nobody_but_an_admin_keeps_templates(cleo, template, place):
    url = f"/okr-admin/templates/{place.format(template.pk)}"
    assert signed_in(cleo).get(url).status_code == 403
    assert signed_in(cleo).post(url).status_code in (403, 405)


def test_the_gallery_costs_the_same_for_three_and_three_hundred(
    cleo, olga, django_assert_max_num_queries
):
    def queries(count):
        now = timezone.now()
        Template.objects.bulk_create(
            Template(title="Row", category="sales", by=olga, at=now) for _ in range(count)
        )
        with django_assert_max_num_queries(12) as asked:
            client.get("/templates/")
        return len(asked)

    client = signed_in(cleo)
    assert queries(3) == queries(297)
