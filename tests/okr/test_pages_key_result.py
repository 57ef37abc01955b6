"""The page of a key result and its check-in: the number, why, history, and the sockets."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone
from django.utils.html import format_html

from okr.models import CheckIn, KeyResult, Measurement, Reading
from okr.pages import words
from okr.pages.key_result import MOST_POINTS, marks, thinned
from okr.slots import Reason, Reconstruction, Source, filled
from tests.cast import make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_result(ben, cycle):
    objective = make_objective(ben, cycle, title="Clinics stay online")
    return make_key_result(objective, at="40", title="Minutes offline")


def get(person, key_result):
    return signed_in(person).get(f"/key-results/{key_result.pk}/")


def test_it_says_what_it_is_why_and_how_old(ben, key_result):
    seen = text_of(get(ben, key_result))
    assert "Why is it 40%?" in seen
    assert "It started at 0%, stands at 40 and must reach 100" in seen
    assert "points behind pace" in seen
    assert "By hand just now" in seen
    assert "Show as table" in seen


def test_the_regions_that_an_integration_replaces_are_there(ben, key_result):
    page = get(ben, key_result).content
    assert page.count(b'id="key-result-head"') == 1
    assert page.count(b'id="panels"') == 1


def test_an_integration_puts_panels_into_the_page(ben, key_result):
    def socket(request, filled_for):
        return format_html("<p>Filled for {} by {}</p>", filled_for.title, request.user.name)

    with filled("key_result.panels", socket):
        seen = text_of(get(ben, key_result))
    assert seen.count("Filled for Minutes offline by Ben Okafor") == 1
    assert "Progress is entered by hand" in seen


def test_what_an_integration_feeds_is_not_explained_by_hand(ben, key_result):
    key_result.track_by("tracker")
    read_at = timezone.now() - timedelta(minutes=4)
    answer = {key_result.pk: Source("Tracker", read_at, note="4 of 5 done")}
    with filled("key_results.sources", lambda _: answer):
        seen = text_of(get(ben, key_result))
    assert "entered by hand" not in seen
    assert "Tracker data 4 min ago" in seen
    assert "4 of 5 done" in seen


def test_why_an_integration_moved_the_number_is_in_the_history(ben, key_result):
    def socket(measurements):
        return {each.pk: Reason("return", "1 task reopened") for each in measurements}

    with filled("measurement.reasons", socket):
        seen = text_of(get(ben, key_result))
    assert seen.count("1 task reopened") == 2  # on its mark, and in the table


def test_a_reconstructed_past_is_marked_as_such_and_moves_nothing(ben, key_result):
    before, since = key_result.progress, timezone.now() - timedelta(days=9)
    told = Reconstruction([(since, Decimal(31))], timezone.now(), "Told by the tracker")
    with filled("key_result.reconstructed", lambda _: told):
        seen = text_of(get(ben, key_result))
    assert "Progress Reconstructed Expected" in seen
    assert "31% Told by the tracker" in seen
    key_result.refresh_from_db()
    assert key_result.progress == before
    assert "Reconstructed" not in text_of(get(ben, key_result))


def test_check_ins_are_listed_newest_first_in_pages(ben, key_result):
    now = timezone.now()
    CheckIn.objects.bulk_create(
        CheckIn(
            key_result=key_result,
            by=ben,
            at=now - timedelta(days=days),
            confidence="at_risk",
            note=f"Note {days}",
        )
        for days in range(1, 15)
    )
    client = signed_in(ben)
    first = text_of(client.get(f"/key-results/{key_result.pk}/"))
    assert "1–10 of 15" in first
    assert first.index("Note 1 ") < first.index("Note 2 ")
    second = text_of(client.get(f"/key-results/{key_result.pk}/?page=2"))
    assert "11–15 of 15" in second
    assert "Note 14" in second


def test_a_long_history_keeps_the_last_point_of_each_day():
    start = timezone.now().replace(hour=12) - timedelta(days=50)
    points = [(start + timedelta(hours=hour), Decimal(hour % 100)) for hour in range(400)]
    kept = thinned(points)
    assert len(kept) < 20
    assert kept[-1] == points[-1]
    assert thinned(points[:MOST_POINTS]) == points[:MOST_POINTS]


def test_a_check_in_is_marked_at_the_progress_of_its_moment(ben, key_result):
    check_in = key_result.check_ins.get()
    before = (check_in.at - timedelta(days=1), Decimal(10))
    after = (check_in.at + timedelta(days=1), Decimal(90))
    assert marks([check_in], [before, after]) == [
        (check_in.at, Decimal(10), "pencil", "Ben Okafor checked in: On track")
    ]
    assert marks([check_in], [after])[0][1] == 0


def test_a_tracked_key_result_claims_no_value_that_nobody_measured(ben, key_result):
    key_result.track_by("tracker")
    reading = Reading(key_result.pk, Fraction(37), {})
    KeyResult.objects.measure([reading], "tracker", timezone.now())
    key_result.refresh_from_db()
    seen = text_of(signed_in(ben).get(f"/key-results/{key_result.pk}/"))
    assert "37%" in seen
    assert words.way(key_result) == f"Target {words.value(key_result, key_result.target)}"
    assert words.way(key_result) in seen
    assert f"Now {words.value(key_result, key_result.current)}" not in seen


def test_the_table_of_the_history_tells_a_check_in_once(ben, key_result):
    seen = text_of(get(ben, key_result))
    assert seen.count("Ben Okafor checked in: On track") == 2  # on its mark, and in the table
    assert "Recorded" not in seen


def test_before_the_first_value_the_page_says_so(ben, cycle):
    fresh = make_key_result(make_objective(ben, cycle))
    seen = text_of(get(ben, fresh))
    assert "No value yet" in seen
    assert "No values yet. The line starts with the first one." in seen
    assert "Nobody has checked in yet." in seen


def check_in(client, key_result, **typed):
    typed = {"value": "60", "confidence": "on_track", "note": "", **typed}
    return client.post(f"/key-results/{key_result.pk}/check-in/?next=/my/", typed)


def test_a_check_in_moves_the_number_and_returns_to_where_one_was(ben, key_result):
    client = signed_in(ben)
    assert check_in(client, key_result)["Location"] == "/my/"
    key_result.refresh_from_db()
    assert key_result.progress == 60
    assert "Your check-in" in text_of(client.get("/my/"))


def test_a_check_in_never_leads_to_another_host(ben, key_result):
    url = f"/key-results/{key_result.pk}/check-in/?next=https://elsewhere.example/"
    response = signed_in(ben).post(url, {"value": "60", "confidence": "on_track"})
    assert response["Location"] == f"/key-results/{key_result.pk}/"


def test_a_bad_check_in_keeps_what_was_typed(ben, key_result):
    response = check_in(signed_in(ben), key_result, value="6O", note="Nearly 🙂")
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="6O"' in page
    assert "Nearly 🙂" in page
    assert KeyResult.objects.get().progress == 40


def test_a_value_for_a_tracked_key_result_is_refused_and_never_applied(ben, key_result):
    key_result.track_by("tracker")
    client = signed_in(ben)
    refused = check_in(client, key_result, value="99")
    assert refused.status_code == 422
    assert "is not entered by hand, so no value was saved" in text_of(refused)
    assert KeyResult.objects.get().progress == 40
    assert CheckIn.objects.count() == 1
    assert check_in(client, key_result, value="").status_code == 302
    assert CheckIn.objects.filter(measurement=None).count() == 1


def test_a_tracked_key_result_says_visibly_why_there_is_no_value_field(ben, key_result):
    key_result.track_by("tracker")
    url = f"/key-results/{key_result.pk}/check-in/"
    page = signed_in(ben).get(url)
    assert b'name="value"' not in page.content
    assert "Progress is not entered by hand here." in text_of(page)
    with filled("check_in.notice", lambda _, each: f"{each.title} comes from elsewhere"):
        seen = text_of(signed_in(ben).get(url))
    assert "Minutes offline comes from elsewhere" in seen
    assert "Progress is not entered by hand here." not in seen


def test_a_key_result_is_written_changed_and_deleted(ben, key_result):
    client = signed_in(ben)
    objective = key_result.objective
    typed = {
        "title": "Median wait",
        "kind": "number",
        "measured_in": "days",
        "start": "9",
        "target": "3",
        "weight": "2",
        "owner": ben.pk,
    }
    response = client.post(f"/objectives/{objective.pk}/key-results/new/", typed)
    fresh = KeyResult.objects.get(title="Median wait")
    assert response["Location"] == f"/key-results/{fresh.pk}/"
    client.post(f"/key-results/{fresh.pk}/edit/", typed | {"target": "4"})
    fresh.refresh_from_db()
    assert (int(fresh.target), fresh.kind) == (4, "number")
    gone = client.post(f"/key-results/{fresh.pk}/delete/")
    assert gone["Location"] == f"/objectives/{objective.pk}/"
    assert not KeyResult.objects.filter(pk=fresh.pk).exists()


def test_deleting_says_what_goes_with_it(ben, key_result):
    seen = text_of(signed_in(ben).get(f"/key-results/{key_result.pk}/delete/"))
    assert "1 check-in and 1 recorded value will be deleted with it." in seen


def test_the_page_costs_the_same_for_three_and_three_hundred_rows(
    ben, key_result, django_assert_max_num_queries
):
    def fill(count):
        now = timezone.now()
        moments = [now - timedelta(hours=hour) for hour in range(count)]
        Measurement.objects.bulk_create(
            Measurement(key_result=key_result, value=1, progress=1, at=at) for at in moments
        )
        CheckIn.objects.bulk_create(
            CheckIn(key_result=key_result, by=ben, at=at, confidence="on_track") for at in moments
        )

    client = signed_in(ben)
    fill(3)
    with django_assert_max_num_queries(26) as few:
        client.get(f"/key-results/{key_result.pk}/")
    fill(297)
    with django_assert_max_num_queries(26) as many:
        client.get(f"/key-results/{key_result.pk}/")
    assert len(few) == len(many)
