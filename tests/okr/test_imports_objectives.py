"""Objectives from a file: the rules of the forms, each row's fate, nothing before Confirm."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from okr import proof
from okr.models import KeyResult, Level, Objective, Policy, Tag, Upload, Visibility
from okr.pages.takeaway import COLUMNS
from tests.cast import make_cycle, make_key_result, make_objective, make_unit, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db
BEN, ADA, CLEO = (
    f"{name}@larkspur.example" for name in ("ben.okafor", "ada.lindqvist", "cleo.marchetti")
)


def row(objective="Calm releases", owner=BEN, **cells):
    return {"objective": objective, "owner_email": owner} | cells


def as_csv(*rows):
    columns = list(dict.fromkeys(name for each in rows for name in each))
    file = io.StringIO()
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def upload(person, cycle, *rows, content=None):
    """Uploads and checks; answers the page of the check, or the form again."""
    file = SimpleUploadedFile("okrs.csv", content or as_csv(*rows))
    url = f"/imports/objectives-{cycle.pk}/"
    return signed_in(person).post(url, {"file": file}, follow=True)


def confirm(person):
    pk = Upload.objects.latest("pk").pk
    return signed_in(person).post(f"/imports/{pk}/confirmation/", follow=True)


def verdicts():
    """(row, fate, column, reason) of the last upload."""
    found = Upload.objects.latest("pk").verdicts
    return [(number, fate, column, reason) for number, fate, _, column, _, reason, _ in found]


def fates():
    return [fate for _, fate, *_ in verdicts()]


def test_who_imported_it_is_in_its_history(ben, cycle):
    upload(ben, cycle, row(key_result="Releases"))
    confirm(ben)
    told = Objective.objects.get().changes.order_by("pk").values_list("by", "field", "after")
    assert list(told) == [(ben.pk, "created", ""), (ben.pk, "key_result", "Releases")]


def test_nothing_is_written_before_confirm(ben, cycle):
    rows = (
        row(tags="Reliability", key_result="Releases", kind="number", start="2", target="10"),
        row(objective="", owner="", key_result="Taken back", kind="stay_below", target="5"),
    )
    page = upload(ben, cycle, *rows)
    assert fates() == ["new", "new"]
    assert "Calm releases › Releases" in text_of(page)
    assert not Objective.objects.exists()
    assert not Tag.objects.exists()
    confirm(ben)
    objective = Objective.objects.get()
    assert (objective.level, objective.owner, objective.cycle) == (Level.INDIVIDUAL, ben, cycle)
    assert [tag.name for tag in objective.tags.all()] == ["Reliability"]
    assert [each.kind for each in objective.key_results.all()] == ["number", "stay_below"]
    confirm(ben)
    assert Objective.objects.count() == 1


def test_the_value_of_today_moves_the_number(ben, cycle):
    upload(
        ben, cycle, row(key_result="Releases", start="0", target="10", current="4", kind="number")
    )
    confirm(ben)
    key_result = KeyResult.objects.get()
    assert key_result.progress == 40
    assert key_result.measurements.get().by == ben
    assert Objective.objects.get().progress == 40
    assert proof.derive_everything().differences == []


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"owner": CLEO}, "owner_email", "Choose yourself or somebody who reports to you."),
        ({"owner": ""}, "owner_email", "There is no e-mail address."),
        ({"owner": "x@y.example"}, "owner_email", "Nobody who is active has this address."),
        ({"level": "company"}, "level", "You may create objectives for yourself"),
        ({"level": "galaxy"}, "level", "Write one of these: company, unit, individual."),
        ({"parent": "Nowhere"}, "parent", "Nothing that you may see here is called so."),
        ({"weight": "-1"}, "weight", "Enter 0 or more."),
        ({"weight": "much"}, "weight", "Enter a number such as 1234.5"),
        ({"visibility": "secret"}, "visibility", "Write one of these: public, confidential."),
        ({"tags": "a,b,c,d"}, "tags", "Use at most 3 tags."),
        ({"objective": "x" * 201}, "objective", "Use at most 200 characters"),
        ({"key_result": "A", "kind": "odd"}, "kind", "Write one of these"),
        ({"key_result": "A", "start": "5", "target": "5"}, "target", "must differ"),
        ({"key_result": "A", "target": "ten"}, "target", "Enter a number"),
        ({"key_result": "A", "current": "ten"}, "current", "Enter a number"),
        ({"key_result": "A", "kr_owner_email": CLEO}, "kr_owner_email", "Choose yourself"),
        ({"key_result": "A", "measured_in": "x" * 21}, "measured_in", "Use at most 20"),
    ],
)
def test_a_row_is_refused_by_the_rules_of_the_forms(ben, cleo, cycle, cells, column, reason):
    upload(ben, cycle, row(**cells))
    [(number, fate, at, said)] = verdicts()
    assert (number, fate, at) == (2, "problem", column)
    assert reason in said
    confirm(ben)
    assert not Objective.objects.exists()


def test_a_refused_key_result_leaves_the_others(ben, cycle):
    upload(
        ben,
        cycle,
        row(key_result="Good", target="5"),
        row(key_result="Bad", start="5", target="5"),
        row(objective="Other", owner="nobody", key_result="X"),
        row(objective="", owner="", key_result="Y"),
    )
    assert fates() == ["new", "problem", "problem", "problem"]
    assert "see row 4" in verdicts()[3][3]
    confirm(ben)
    assert [each.title for each in KeyResult.objects.all()] == ["Good"]
    pk = Upload.objects.get().pk
    rejected = signed_in(ben).get(f"/imports/{pk}/rejected/").getvalue().decode()
    assert "The target must differ from the start." in rejected
    assert "Good" not in rejected


def test_what_is_here_already_stays_as_it_is(ben, cycle):
    objective = make_objective(ben, cycle, title="Calm releases")
    make_key_result(objective, title="Releases", target=7)
    upload(
        ben, cycle, row(key_result="RELEASES", target="99"), row(key_result="Second", target="5")
    )
    assert fates() == ["unchanged", "new"]
    confirm(ben)
    assert [(each.title, int(each.target)) for each in objective.key_results.all()] == [
        ("Releases", 7),
        ("Second", 5),
    ]


def test_nobody_adds_to_what_they_may_not_change(ben, cleo, cycle):
    make_objective(ben, cycle, title="Calm releases")
    upload(cleo, cycle, row(key_result="Mine", kr_owner_email=CLEO))
    assert verdicts()[0][1:3] == ("problem", "objective")
    confirm(cleo)
    assert not KeyResult.objects.exists()


def test_what_is_confidential_is_neither_matched_nor_found_as_a_parent(ben, cleo, cycle):
    hidden = make_objective(ben, cycle, title="Hidden", visibility=Visibility.CONFIDENTIAL)
    make_key_result(hidden, title="Price")
    upload(
        cleo,
        cycle,
        row(objective="Hidden", owner=CLEO),
        row(objective="Under it", owner=CLEO, parent="Nothing"),
    )
    assert fates() == ["new", "problem"]
    same = verdicts()[1][3]
    upload(cleo, cycle, row(objective="Under it", owner=CLEO, parent="Hidden"))
    assert verdicts()[0][3] == same


def test_a_parent_may_stand_anywhere_in_the_file_but_not_in_a_circle(olga, ben, ada, cycle):
    rows = (
        row(objective="Leaf", parent="Top"),
        row(objective="Top", owner=ADA, level="company"),
        row(objective="A", parent="B"),
        row(objective="B", parent="A"),
    )
    upload(olga, cycle, *rows)
    assert fates().count("problem") == 2
    confirm(olga)
    assert Objective.objects.get(title="Leaf").parent == Objective.objects.get(title="Top")
    assert not Objective.objects.filter(title__in="AB").exists()


def test_rows_that_contradict_each_other_are_told(ben, cycle):
    upload(ben, cycle, row(weight="1", key_result="A"), row(weight="2", key_result="B"))
    assert verdicts()[1] == (3, "problem", "weight", "Row 2 says “1” for this.")
    upload(ben, cycle, row(objective="", owner="", key_result="A"))
    assert "There is no objective in this row" in verdicts()[0][3]


def test_an_export_comes_back_into_another_cycle(olga, ben, ada, cycle):
    unit = make_unit("Platform")
    top = make_objective(olga, cycle, title="=Patients first", level=Level.COMPANY)
    middle = make_objective(
        ada, cycle, title="Online", level="unit", unit=unit, parent=top, weight=3
    )
    middle.tag(["Growth", "Reliability"])
    make_key_result(
        middle, title="Minutes", kind="number", measured_in="min", start=90, target=5, at="40"
    )
    make_key_result(middle, title="Done", kind="yes_no", start=0, target=1, weight="0.5", owner=ben)
    make_key_result(middle, title="Up", kind="stay_above", start=0, target="99.9", measured_in="%")
    make_objective(ben, cycle, title="Hush", visibility=Visibility.CONFIDENTIAL)
    target = make_cycle("Winter")

    def export(of):
        answer = signed_in(olga).get(f"/company/?format=csv&cycle={of.pk}").getvalue()
        rows = csv.reader(io.StringIO(answer.decode("utf-8-sig"), newline=""))
        confidence = COLUMNS.index("confidence")
        return answer, sorted(each[:confidence] for each in rows)

    content, before = export(cycle)
    upload(olga, target, content=content)
    assert fates() == ["new"] * 5
    confirm(olga)
    assert export(target)[1] == before
    assert proof.derive_everything().differences == []


def test_only_who_may_create_objectives_imports_and_only_into_an_open_cycle(ada, ben, cycle):
    closed = make_cycle("Spring", closed_at=cycle.starts_on.isoformat() + "T00:00Z")
    assert upload(ben, closed, row()).status_code == 404
    policy = Policy.load()
    policy.individual_creators = "admins"
    policy.keep()
    assert upload(ben, cycle, row()).status_code == 403
    assert "new objectives" not in text_of(signed_in(ben).get("/company/"))


def test_a_file_of_too_many_rows_is_refused_with_a_sentence(ben, cycle):
    page = upload(ben, cycle, *[row(key_result=f"Row {number}") for number in range(251)])
    assert page.status_code == 422
    assert "At most 250 rows can be imported at once." in text_of(page)


def test_somebody_elses_upload_is_not_there(ben, cleo, cycle):
    upload(ben, cycle, row())
    assert confirm(cleo).status_code == 404
    assert not Objective.objects.exists()
