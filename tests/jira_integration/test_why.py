"""The pages of key results explain where a number comes from, to whom it may be told."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from jira_integration.explanation import TENTH, Why, in_tenths, plain, tenth
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraLink,
    SyncRun,
    Trigger,
)
from jira_integration.panels import sources
from jira_sandbox.model.catalogue import CATEGORIES
from okr import slots
from okr.models import KeyResult, Person
from tests.cast import make_key_result, make_objective, signed_in
from tests.jira_integration.stage import counted, link, read, rescale

pytestmark = pytest.mark.usefixtures("connection")
DEMO = [f"DEMO-{number}" for number in range(1, 14)]


def page_of(key_result, person=None, query="") -> str:
    client = signed_in(person or key_result.owner)
    response = client.get(f"/key-results/{key_result.pk}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def table(page: str) -> list[list[str]]:
    """The rows of the Why table, the total last."""
    found = re.search(r'<table class="table to-cards why-table">(.*?)</table>', page, re.DOTALL)
    assert found
    rows = re.findall(r"<tr>(.*?)</tr>", found[1], re.DOTALL)[1:]
    return [
        [words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows
    ]


@pytest.fixture
def followed(key_result):
    """Thirteen issues: seven Done, two In Progress, four To Do."""
    link(key_result, *DEMO)
    read()
    key_result.refresh_from_db()
    return key_result


# The number and its rows


def test_the_page_tells_the_sum(followed):
    told = words(page_of(followed))

    assert "Why is it 62%?" in told
    summed = "(7 Done × 100 + 2 In Progress × 50 + 4 To Do × 0) ÷ 13 issues = 61.5%"
    assert summed in told
    assert "shown as 62%" in told
    assert "Each Done issue contributes 7.7 points, each In Progress 3.8." in told


def test_the_rows_add_up_to_the_total(followed):
    *rows, total = table(page_of(followed))

    contributions = [Decimal(row[-1]) for row in rows]
    assert len(rows) == 13
    assert sum(contributions) == Decimal(total[-1]) == Decimal("61.5")
    assert sorted(set(contributions)) == [Decimal("0.0"), Decimal("3.8"), Decimal("7.7")]


def test_what_has_most_room_left_stands_first_with_its_shape(followed):
    rows = table(page_of(followed))[:-1]

    assert [row[2] for row in rows] == ["○ To Do"] * 4 + ["◐ In Progress"] * 2 + ["● Done"] * 7
    assert [row[3] for row in rows] == ["0%"] * 4 + ["50%"] * 2 + ["100%"] * 7


def test_one_issue_needs_no_brackets(key_result):
    link(key_result, "DEMO-8")
    read()

    assert "1 In Progress × 50 ÷ 1 issue = 50% ." in words(page_of(key_result))


def test_199_of_200_done_is_99_percent(jira, key_result):
    jira.create_many("OPS", 199, status="Done")
    jira.create("OPS", "The last one")
    link(key_result, jql="project = OPS")
    read()

    assert "Why is it 99%?" in page_of(key_result)


def test_a_long_table_is_cut_and_still_adds_up(jira, key_result):
    jira.create_many("OPS", 70, status="Done")
    link(key_result, jql="project = OPS OR project = DEMO")
    read()

    *rows, rest, total = table(page_of(key_result))
    assert len(rows) == 25
    assert rest[0] == "58 more issues"
    assert sum(Decimal(row[-1]) for row in [*rows, rest]) == Decimal(total[-1])

    everything = table(page_of(key_result, query="?issues=all"))
    assert len(everything) == 83 + 1


def test_the_table_tells_the_percentages_of_the_last_reading_until_the_next(followed):
    rescale(10, 60, 90)

    told = words(page_of(followed))
    assert "7 Done × 100" in told

    read(trigger=Trigger.SETTINGS)
    told = words(page_of(followed))
    assert "(7 Done × 90 + 2 In Progress × 60 + 4 To Do × 10) ÷ 13 issues = 60.8%" in told


def test_a_status_without_category_counts_as_to_do_and_is_flagged(jira, key_result):
    with jira.site.lock:
        issue = jira.site.issue("DEMO-8")
        issue.status = without_category(issue.status)
    link(key_result, "DEMO-8")
    read()

    [row, _] = table(page_of(key_result))
    assert row[2] == "○ To Do Status without a category"


def without_category(status):
    undefined = next(each for each in CATEGORIES if each.key == "undefined")
    return replace(status, category=undefined)


def test_an_issue_that_cannot_be_read_is_flagged_in_table_and_link(jira, followed):
    jira.delete("DEMO-8")
    read()

    page = page_of(followed)
    assert "Not readable since" in words(page)
    copy = "DEMO-8 can no longer be read in Jira. It counts at its last known status until you"
    assert copy in words(page)


@given(st.lists(st.fractions(0, 100, max_denominator=1000), max_size=60))
def test_tenths_add_up_to_the_rounded_total_and_stay_within_a_tenth(exact):
    rounded = in_tenths(exact)

    assert sum(rounded) == tenth(sum(exact, Fraction(0)))
    for before, after in zip(exact, rounded, strict=True):
        assert abs(Fraction(after) - before) < Fraction(TENTH)


def test_numbers_are_written_without_needless_zeros():
    assert [plain(Decimal(text)) for text in ("50.0", "61.5", "0.0", "100.0")] == [
        "50",
        "61.5",
        "0",
        "100",
    ]


# Who sees what


def test_without_jira_access_there_are_counts_and_no_names(followed, cleo, olga):
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))

    for person in (followed.owner, cleo):
        page = page_of(followed, person)
        told = words(page)
        assert (
            "13 Jira issues: 7 Done, 2 In Progress, 4 To Do. "
            "Issue names are shown to people with Jira access." in told
        )
        assert "DEMO" not in page
        assert "opening hours" not in page
    assert "DEMO-1" in page_of(followed, olga)


def test_without_jira_access_a_query_is_not_told(key_result, olga):
    link(key_result, jql="project = DEMO AND labels = demo")
    JiraLink.objects.update(failure_code="query_refused", failure_facts={"messages": ["No DEMO"]})
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))

    page = page_of(key_result)

    assert "A Jira search" in page
    assert "DEMO" not in page
    assert "labels" not in page


def test_a_reader_sees_no_buttons(followed, cleo):
    page = page_of(followed, cleo)

    assert "DEMO-1" in page
    for button in ("Read Jira now", "Link Jira issue", "remove-link-"):
        assert button not in page


def test_an_editor_without_access_is_told_why_there_is_no_button(key_result, olga):
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))

    told = words(page_of(key_result))

    assert "No Jira issues linked. Progress is entered by hand." in told
    assert "Linking Jira issues is not turned on for your account." in told
    assert "Link Jira issue</a>" not in page_of(key_result)


def test_with_nothing_linked_an_editor_is_offered_to_link(key_result, cleo):
    assert "Link Jira issue" in page_of(key_result)
    assert "Jira" not in page_of(key_result, cleo)


def test_with_the_switch_off_the_links_are_kept_and_nameless(followed):
    IntegrationSettings.load().turn_off()

    page = page_of(followed)

    assert "Progress update using Jira is turned off." in words(page)
    assert "DEMO" not in page


# States


def test_while_a_reading_is_open_the_page_says_so_above_the_old_number(key_result):
    link(key_result, "DEMO-8")

    page = page_of(key_result)

    assert "Recalculating…" in page
    assert "Why is it 40%?" in page
    assert 'hx-trigger="every 2s"' in page

    read()
    page = page_of(key_result)
    assert "Recalculating…" not in page
    assert 'hx-trigger="every 10s"' in page


def test_a_reading_that_takes_long_is_asked_for_less_often(key_result):
    link(key_result, "DEMO-8")
    SyncRun.objects.update(asked_at=timezone.now() - timedelta(minutes=2))

    assert 'hx-trigger="every 5s"' in page_of(key_result)


def test_new_percentages_recalculate_every_page(followed, connection):
    SyncRun.objects.ask(connection, Trigger.SETTINGS)

    assert "Recalculating…" in page_of(followed)


def test_a_reading_of_the_schedule_is_not_told(followed, connection):
    SyncRun.objects.ask(connection, Trigger.SCHEDULE)

    assert "Recalculating…" not in page_of(followed)


def test_when_jira_does_not_answer_the_page_says_since_when(jira, followed, olga):
    jira.fault("503")
    read()
    answered = timezone.localtime(JiraConnection.objects.get().read_at)

    told = words(page_of(followed))
    assert f"Jira has not answered since {answered:%H:%M}." in told
    assert "This is the last known progress and may be out of date." in told
    assert "See sync activity" not in told
    assert "62%" in told
    assert "See sync activity" in words(page_of(followed, olga))


def test_after_a_day_the_date_is_told_too(jira, followed):
    jira.fault("503")
    read()
    JiraConnection.objects.update(read_at=timezone.now() - timedelta(days=3))

    day = timezone.localtime(JiraConnection.objects.get().read_at)
    assert f"since {day:%-d %B, %H:%M}." in words(page_of(followed))


def test_slowing_down_is_no_failure(jira, followed):
    jira.fault("429", retry_after="300")
    read()

    told = words(page_of(followed))
    assert "Jira asked us to slow down. We will continue at" in told
    assert "has not answered" not in told


def test_a_query_that_finds_nothing_says_that_the_number_stays(key_result):
    link(key_result, jql="project = OPS")
    read()

    told = words(page_of(key_result))
    assert "This search matches no issues now. Progress stays at 40% until it does." in told


def test_a_refused_query_is_told_at_its_own_link(key_result):
    link(key_result, "DEMO-8")
    link(key_result, jql="project = NOWHERE")
    read()

    page = page_of(key_result)
    refused = page[page.index("project = NOWHERE") :]
    assert "Jira does not accept this search: " in words(refused)
    assert words(page).count("Jira does not accept this search") == 1


def test_every_link_says_how_many_and_when(followed):
    link(followed, jql="project = DEMO")
    read()

    told = words(page_of(followed))
    assert "13 issues" in told
    assert told.count("Last read") == 14


# The quiet look


def seen_by(page: str) -> str:
    found = re.search(r'hx-get="([^"]+/jira/why/[^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


def test_as_long_as_nothing_happens_there_is_nothing_to_say(followed):
    client = signed_in(followed.owner)

    response = client.get(seen_by(page_of(followed)), headers={"HX-Request": "true"})

    assert response.status_code == 204


def test_when_the_number_moves_the_page_reads_itself_anew(jira, followed, cleo):
    url = seen_by(page_of(followed, cleo))
    jira.move("DEMO-8", "Done")
    read()

    response = signed_in(cleo).get(url, headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert response["HX-Trigger"] == "number-moved"
    assert "Progress is now 65%." in response.content.decode()


def test_a_fresher_reading_of_the_same_number_is_shown_and_not_announced(followed):
    url = seen_by(page_of(followed))
    read()

    response = signed_in(followed.owner).get(url, headers={"HX-Request": "true"})

    assert response["HX-Trigger"] == "number-moved"
    assert "Progress is now" not in response.content.decode()


def test_a_failure_shows_on_a_page_that_is_open(jira, followed):
    url = seen_by(page_of(followed))
    jira.fault("503")
    read()

    assert signed_in(followed.owner).get(url)["HX-Trigger"] == "number-moved"


# Rows of other pages


def test_rows_tell_their_source_and_age(followed, key_result):
    other = make_key_result(followed.objective, title="By hand")
    rows = list(KeyResult.objects.all())

    found = sources(rows)

    assert set(found) == {followed.pk}
    assert other.pk not in found
    source = found[followed.pk]
    assert (source.name, source.stale, source.note) == ("Jira", False, "")
    assert source.read_at == JiraConnection.objects.get().read_at


def test_a_link_never_read_has_no_age(key_result):
    link(key_result, "DEMO-8")

    [source] = sources(list(KeyResult.objects.all())).values()
    assert source.read_at is None


def test_a_row_is_stale_when_jira_fails_or_nobody_has_read_for_long(jira, followed, settings):
    rows = list(KeyResult.objects.all())
    JiraConnection.objects.update(read_at=timezone.now() - timedelta(hours=1))
    JiraLink.objects.update(read_at=timezone.now() - timedelta(hours=1))
    assert sources(rows)[followed.pk].stale

    read()
    assert not sources(rows)[followed.pk].stale

    jira.fault("503")
    read()
    assert sources(rows)[followed.pk].stale


def test_a_refused_query_is_noted_in_the_row(key_result):
    link(key_result, "DEMO-8")
    link(key_result, jql="project = NOWHERE")
    read()

    [source] = sources(list(KeyResult.objects.all())).values()
    assert source.note == "1 Jira search refused"


def test_sources_cost_one_query_for_any_number_of_rows(connection, ben, cycle):
    objective = make_objective(ben, cycle)
    costs = []
    for number in (3, 300):
        KeyResult.objects.all().delete()
        rows = [
            KeyResult(objective=objective, owner=ben, title=str(n), current=0)
            for n in range(number)
        ]
        KeyResult.objects.bulk_create(rows)
        JiraLink.objects.bulk_create(
            JiraLink(key_result=row, connection=connection, kind="query", jql="x = y", by=ben)
            for row in rows
        )
        KeyResult.objects.all().track_by("jira")
        tracked = list(KeyResult.objects.all())
        with counted() as queries:
            assert len(sources(tracked)) == number
        costs.append(len(queries))

    assert costs == [1, 1]
    with counted() as queries:
        assert sources([make_key_result(objective)]) == {}
    assert not [each for each in queries.captured_queries if "jira" in each["sql"]]


def test_a_page_of_300_issues_costs_as_many_queries_as_one_of_3(jira, connection, ben, cycle):
    costs = []
    for number in (3, 300):
        jira.create_many("OPS", number)
        key_result = make_key_result(make_objective(ben, cycle))
        link(key_result, jql=f"project = OPS AND key <= OPS-{number}")
        read()
        assert len(Why.of(key_result).breakdown.rows) >= number
        client = signed_in(ben)
        with counted() as queries:
            client.get(f"/key-results/{key_result.pk}/")
        costs.append(len(queries))

    assert costs[0] == costs[1]


# Checking in


def test_a_value_that_follows_jira_cannot_be_typed(followed):
    page = signed_in(followed.owner).get(f"/key-results/{followed.pk}/check-in/").content.decode()

    assert "Progress comes from 13 Jira issues, so it cannot be typed here." in words(page)
    assert "Remove the Jira links to enter progress yourself." in words(page)
    assert 'name="value"' not in page


def test_one_issue_is_one_issue(key_result):
    link(key_result, "DEMO-8")
    read()

    page = signed_in(key_result.owner).get(f"/key-results/{key_result.pk}/check-in/")
    assert "Progress comes from 1 Jira issue, so" in words(page.content.decode())


def test_a_value_by_hand_gets_no_notice(key_result):
    page = signed_in(key_result.owner).get(f"/key-results/{key_result.pk}/check-in/")

    assert "Jira" not in page.content.decode()


# Why it moved


def test_the_history_tells_why_the_number_moved(jira, key_result):
    link(key_result, "DEMO-8", "DEMO-10", "DEMO-1")
    read()
    jira.move("DEMO-8", "Done")
    jira.move("DEMO-1", "In Progress")
    jira.move("DEMO-10", "In Progress")
    read()
    link(key_result, "DEMO-2")
    read()
    rescale(0, 20, 100)
    read(trigger=Trigger.SETTINGS)

    history = list(key_result.measurements.in_order())
    found = slots.reasons(history)

    assert [(found[each.pk].shape, found[each.pk].words) for each in history if each.source] == [
        ("plus", "3 issues added"),
        ("return", "1 issue reopened, 1 issue finished, 1 issue moved on"),
        ("plus", "1 issue added"),
        ("diamond", "Percentages changed"),
    ]
