"""People come in from a file: each row's fate is told first, and only that is written."""

import pytest
from django.utils import timezone

from okr.imports.desk import confirm, rejected_rows, take_in
from okr.imports.people import PeopleShape
from okr.models import Person, Role, State, Unit
from tests.cast import make_person, make_unit

NOW = timezone.now()
HEAD = "email,name,designation,unit,manager_email,role\n"


@pytest.fixture
def admin(olga):
    olga.set_password("a plumb line")
    olga.save()
    return olga


def checked(admin, rows, head=HEAD):
    return take_in(PeopleShape(), "people.csv", (head + rows).encode(), admin, NOW)


def fates(upload):
    return [stored[1] for stored in upload.verdicts]


def reasons(upload):
    return {stored[0]: stored[5] for stored in upload.verdicts if stored[5]}


def imported(admin, rows, head=HEAD):
    upload = checked(admin, rows, head)
    assert confirm(PeopleShape(), upload, admin, NOW)
    upload.refresh_from_db()
    return upload


def person(name):
    return Person.objects.get(email=f"{name}@larkspur.example")


def test_nothing_is_written_before_it_is_confirmed(admin):
    upload = checked(admin, "dana@larkspur.example,Dana Holt,,Larkspur / Sales,,\n")
    assert fates(upload) == ["new"]
    assert upload.also == ["2 units are created: Larkspur and Larkspur / Sales."]
    assert Person.objects.count() == 1
    assert not Unit.objects.filter(name="Sales").exists()


def test_each_row_has_its_fate(admin, ada, ben):
    rows = (
        f"dana@larkspur.example,Dana Holt,Engineer,Platform,{ada.email},\n"
        f"{ben.email},,Staff Engineer,,,\n"
        f"{ada.email.upper()},Ada Lindqvist,,Platform,,employee\n"
        "nobody,Nobody,,,,\n"
    )
    upload = checked(admin, rows)
    assert fates(upload) == ["new", "changed", "unchanged", "problem"]
    assert upload.verdicts[1][6] == ["designation: Platform Engineer → Staff Engineer"]


def test_what_was_confirmed_is_written(admin, ada, ben, cleo):
    rows = (
        f"erik@larkspur.example,Erik Solberg,Engineer,,dana@larkspur.example,\n"
        f"dana@larkspur.example,Dana Holt,,Platform / Reliability,{ada.email},okr_admin\n"
        f"{ben.email},Ben B. Okafor,-,-,{cleo.email},\n"
    )
    imported(admin, rows)
    dana, erik = person("dana"), person("erik")
    ben.refresh_from_db()
    assert dana.role == Role.OKR_ADMIN
    assert str(dana.unit) == "Reliability"
    assert dana.unit.parent == ada.unit
    assert erik.line == f"/{ada.pk}/{dana.pk}/{erik.pk}/"
    assert erik.state == State.NOT_INVITED
    assert (ben.name, ben.designation, ben.unit) == ("Ben B. Okafor", "", None)
    assert ben.line == f"/{cleo.pk}/{ben.pk}/"
    assert ben.version == 2


def test_empty_cells_and_missing_columns_leave_what_is_there(admin, ada, ben):
    imported(admin, f"{ben.email},Lead\n", head="email,designation\n")
    imported(admin, f"{ada.email},,,,,\n")
    ben.refresh_from_db()
    assert (ben.designation, ben.manager, ben.unit) == ("Lead", ada, ada.unit)


def test_everybody_below_somebody_who_is_moved_moves_along(admin, ada, ben, cleo):
    imported(admin, f"{ada.email},,,,{cleo.email},\n")
    ben.refresh_from_db()
    assert ben.line == f"/{cleo.pk}/{ada.pk}/{ben.pk}/"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Dana,,,,", "There is no e-mail address."),
        ("dana,Dana,,,,", "This is not an e-mail address"),
        ("d@x.example,,,,,", "Somebody new needs a name."),
        ("d@x.example,=HYPERLINK(1),,,,", "This looks like a formula"),
        ("d@x.example,Dana,+1,,,", "This looks like a formula"),
        ("=cmd@x.example,Dana,,,,", "This looks like a formula"),
        (f"d@x.example,{'x' * 121},,,,", "Use at most 120 characters; this has 121."),
        ("d@x.example,Dana,,,d@x.example,", "Nobody reports to themselves."),
        ("d@x.example,Dana,,,gone@x.example,", "Nobody here has this address"),
        ("d@x.example,Dana,,,,boss", "Write employee or okr_admin."),
        ("d@x.example,Dana,,Twins,,", "2 units are called so. Write the whole path."),
        ("d@x.example,Dana,,a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a,,", "Use at most 20 units"),
        ("d@x.example,Dana,,,,,,more", "This row has 8 cells"),
    ],
)
def test_a_problem_is_told_with_its_reason(admin, row, reason):
    for parent in (make_unit("One"), make_unit("Two")):
        Unit(name="Twins", parent=parent).keep()
    assert reasons(checked(admin, f"{row}\n"))[2].startswith(reason)


def test_an_address_counts_once_in_a_file(admin):
    upload = checked(admin, "d@x.example,Dana,,,,\nD@x.example,Dora,,,,\n")
    assert fates(upload) == ["new", "problem"]
    assert reasons(upload) == {3: "This address is in row 2 already."}


def test_who_left_neither_changes_nor_manages(admin, ada, ben):
    ben.leave(by=admin, at=NOW)
    upload = checked(admin, f"{ben.email},Ben,,,,\n{ada.email},,,,{ben.email},\n")
    assert reasons(upload) == {
        2: "Ben Okafor was deactivated. Reactivate them first.",
        3: "Ben Okafor was deactivated and cannot be a manager.",
    }


def test_a_circle_within_the_file_is_refused(admin):
    rows = (
        "a@x.example,A,,,c@x.example,\nb@x.example,B,,,a@x.example,\nc@x.example,C,,,b@x.example,\n"
    )
    upload = checked(admin, rows)
    assert fates(upload) == ["problem"] * 3
    assert "a@x.example → c@x.example → b@x.example → a@x.example" in reasons(upload)[2]


def test_a_circle_with_who_is_here_is_refused(admin, ada, ben):
    assert fates(checked(admin, f"{ada.email},,,,{ben.email},\n")) == ["problem"]
    swap = f"{ada.email},,,,{ben.email},\n{ben.email},,,,-,\n"
    assert fates(checked(admin, swap)) == ["changed", "changed"]


def test_whoever_reports_to_a_rejected_row_is_rejected_too(admin):
    rows = "a@x.example,A,,,nobody@x.example,\nb@x.example,B,,,a@x.example,\n"
    assert fates(checked(admin, rows)) == ["problem", "problem"]


def test_a_line_that_is_too_deep_is_refused(admin):
    rows = "p0@x.example,P,,,,\n" + "".join(
        f"p{n}@x.example,P,,,p{n - 1}@x.example,\n" for n in range(1, 40)
    )
    told = reasons(checked(admin, rows))
    assert told
    assert all("36 people deep" in reason for reason in told.values())


def test_somebody_is_left_to_administer(admin):
    upload = checked(admin, f"{admin.email},,,,,employee\n")
    assert reasons(upload) == {2: "Nobody would be left who can sign in as OKR admin."}


def test_a_unit_is_known_by_its_path_or_its_name_alone_whatever_the_letters(admin, ada):
    upload = checked(admin, "d@x.example,Dana,,platform,,\ne@x.example,Erik,,PLATFORM / New,,\n")
    assert upload.also == ["1 unit is created: PLATFORM / New."]
    assert confirm(PeopleShape(), upload, admin, NOW)
    assert Unit.objects.filter(name__iexact="platform").count() == 1
    assert Unit.objects.get(name="New").parent == ada.unit


def test_a_change_in_between_is_told_and_nothing_is_written(admin, ada):
    upload = checked(admin, f"d@x.example,Dana,,,{ada.email},\n")
    ada.leave(by=admin, at=NOW)
    assert not confirm(PeopleShape(), upload, admin, NOW)
    upload.refresh_from_db()
    assert fates(upload) == ["problem"]
    assert not Person.objects.filter(email="d@x.example").exists()


def test_a_second_confirmation_changes_nothing(admin):
    upload = imported(admin, "d@x.example,Dana,,,,\n")
    Person.objects.filter(email="d@x.example").delete()
    assert confirm(PeopleShape(), upload, admin, NOW)
    assert not Person.objects.filter(email="d@x.example").exists()


def test_of_a_finished_file_only_the_rejected_rows_are_kept(admin):
    upload = imported(admin, "d@x.example,Dana,,,,\nbad,Bad,,,,\n")
    assert [line[0] for line in upload.lines] == [3]
    [row] = rejected_rows(upload)
    assert row[:2] == ["bad", "Bad"]
    assert row[-2:] == [3, "email: This is not an e-mail address like name@example.com."]


def test_thousands_of_rows_cost_a_bounded_number_of_statements(
    admin, django_assert_max_num_queries
):
    make_person("Top", email="p0@x.example")
    rows = "".join(
        f"p{n}@x.example,Person {n},,Company / Unit {n % 30},p{n // 20}@x.example,\n"
        for n in range(1, 2001)
    )
    with django_assert_max_num_queries(120):
        upload = imported(admin, rows)
    assert set(fates(upload)) == {"new"}
    assert Person.objects.get(email="p2000@x.example").line.count("/") == 5
