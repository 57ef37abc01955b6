"""The page of the audit log: what it tells, what narrows it, and what may be taken away."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okr.models import AuditEntry
from tests.cast import make_person, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db
URL = "/okr-admin/audit/"


def make_entry(by=None, **fields):
    told = {
        "at": timezone.now(),
        "by": by,
        "by_name": by.name if by else "Somebody",
        "by_email": by.email if by else "",
        "via": "browser",
        "address": "198.51.100.7",
        "area": "units",
        "action": "units.changed",
        "sentence": "changed the unit Platform: Name Platform → Foundations",
        "about_label": "Platform",
        "changes": [["Name", "Platform", "Foundations"]],
    }
    return AuditEntry.objects.create(**told | fields)


@pytest.fixture
def admin(olga):
    return signed_in(olga)


@pytest.mark.parametrize("who", ["ben", "ada", "cleo"])
def test_nobody_else_sees_that_there_is_one(request, who):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == 403
    assert client.get(f"{URL}?format=csv").status_code == 403
    assert "Audit log" not in text_of(client.get("/my/"))


def test_each_entry_is_a_sentence_with_its_moment_and_address(admin, olga):
    make_entry(olga, at=timezone.now() - timedelta(minutes=5))

    seen = text_of(admin.get(URL))
    assert "Olga Petrenko changed the unit Platform: Name Platform → Foundations." in seen
    assert "5 min ago" in seen
    assert "from 198.51.100.7" in seen
    assert "What Before After Name Platform Foundations" in seen


def test_the_newest_stands_first(admin, olga):
    now = timezone.now()
    make_entry(olga, at=now - timedelta(days=3), sentence="did the older thing")
    make_entry(olga, at=now, sentence="did the newer thing")
    make_entry(olga, at=now - timedelta(days=4), sentence="did the oldest thing")

    seen = text_of(admin.get(URL))
    assert seen.index("newer") < seen.index("older") < seen.index("oldest")
    assert "3 days ago" in seen


def test_an_empty_log_says_what_will_be_in_it(admin):
    assert "Nothing was done yet" in text_of(admin.get(URL))


def test_what_matches_nothing_leads_back(admin, olga):
    make_entry(olga)
    seen = text_of(admin.get(f"{URL}?q=zzz"))
    assert "Nothing matches" in seen
    assert "Clear search and filters" in seen


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a", "b", "c"}),
        ("q=tag", {"b"}),
        ("q=TAG+merged", {"b"}),
        ("q=203.0.113", {"c"}),
        ("q=petrenko", {"a", "b"}),
        ("area=tags", {"b"}),
        ("area=nonsense", {"a", "b", "c"}),
        ("by=olga.petrenko%40larkspur.example", {"a", "b"}),
        ("by=Dana+Holt", {"c"}),
        ("by=nobody%40larkspur.example", {"a", "b", "c"}),
        ("since=2026-05-02", {"b", "c"}),
        ("until=2026-05-02", {"a", "b"}),
        ("since=2026-05-02&until=2026-05-02", {"b"}),
        ("since=yesterday", {"a", "b", "c"}),
        ("since=0001-01-01&until=9999-12-31", {"a", "b", "c"}),
        ("q=%00", {"a", "b", "c"}),
    ],
)
def test_it_is_narrowed(admin, olga, query, found):
    dana = make_person("Dana Holt", is_active=False)
    for day, by, more in (
        (1, olga, {"sentence": "did the first a-thing"}),
        (2, olga, {"sentence": "merged the tag in b-thing", "area": "tags"}),
        (3, dana, {"sentence": "did the last c-thing", "address": "203.0.113.9"}),
    ):
        make_entry(by, at=datetime(2026, 5, day, 12, tzinfo=UTC), **more)

    seen = text_of(admin.get(f"{URL}?{query}"))
    assert {name for name in "abc" if f"{name}-thing" in seen} == found


def test_what_cannot_be_read_is_said_at_its_box(admin):
    seen = text_of(admin.get(f"{URL}?since=yesterday&by=nobody%40example.com"))
    assert "Enter a date, as 2027-03-31." in seen
    assert "Nobody here is called" in seen


def test_htmx_is_told_with_the_entries_what_cannot_be_read(admin):
    part = text_of(admin.get(f"{URL}?since=yesterday", headers={"HX-Request": "true"}))
    assert "From: Enter a date, as 2027-03-31. Nothing is left out by that box." in part


def test_it_asks_the_database_as_often_for_300_rows_as_for_3(admin, olga):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert admin.get(URL).status_code == 200
        return len(asked)

    for _ in range(3):
        make_entry(olga)
    few = queries()
    for _ in range(297):
        make_entry(olga)
    assert queries() == few


def test_it_is_paged(admin, olga):
    for number in range(30):
        make_entry(olga, sentence=f"did thing {number}")
    seen = text_of(admin.get(f"{URL}?page=2&q=thing"))
    assert "26–30 of 30" in seen
    assert "did thing 0." in seen


def test_htmx_gets_the_entries_alone(admin, olga):
    make_entry(olga)
    part = admin.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="stack" id="audit">')


def test_the_links_of_the_export_follow_the_filters(admin, olga):
    make_entry(olga)
    part = admin.get(f"{URL}?q=platform&page=1", headers={"HX-Request": "true"}).content.decode()
    assert "1 entry, newest first" in part
    assert f'href="{URL}?q=platform&amp;format=csv"' in part


def test_the_file_has_what_the_filters_leave_and_is_an_entry_itself(admin, olga):
    make_entry(olga, sentence="did the first thing")
    make_entry(olga, sentence="=did the other thing")

    answer = admin.get(f"{URL}?format=csv&q=other")
    lines = answer.getvalue().decode("utf-8-sig").splitlines()

    assert len(lines) == 2
    assert lines[0].startswith("at,by,by_email,via,token,address,kind,action,what")
    assert "Olga Petrenko" in lines[1]
    assert "'=did the other thing" in lines[1]
    assert "Name: Platform,Name: Foundations" in lines[1]
    newest = AuditEntry.objects.newest_first()[0]
    assert newest.sentence == "exported the list “Audit log” as CSV"
    assert admin.get(f"{URL}?format=xlsx").getvalue().startswith(b"PK")


def test_a_list_that_an_admin_takes_away_is_logged_and_that_of_others_is_not(admin, cleo, cycle):
    signed_in(cleo).get("/company/?format=csv")
    assert not AuditEntry.objects.exists()

    admin.get("/okr-admin/people/?format=xlsx")
    admin.head("/okr-admin/people/?format=xlsx")
    assert AuditEntry.objects.get().sentence == "exported the list “people” as a spreadsheet"
