"""The check-in queue: what waits for whom, one step after the other, and nothing twice."""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from okr.forms.check_ins import WHY
from okr.models import CheckIn, Closure, KeyResult, Kind, Milestone, Objective, Visibility
from okr.models.approval import Approval
from okr.models.policy import Weekday
from okr.pages.check_in_queue import check_in_queue, due, due_words
from okr.slots import filled
from tests.cast import adopt, make_cycle, make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=9)


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


@pytest.fixture
def four(objective):
    """Ben's four, all waiting; each at 40 and on track."""
    made = [make_key_result(objective, at="40", title=f"Number {n}") for n in range(1, 5)]
    before = timezone.now() - LONG_AGO
    CheckIn.objects.update(at=before)
    KeyResult.objects.update(checked_in_at=before)
    return made


def address(key_result="end"):
    return f"/check-in/?at={getattr(key_result, 'pk', key_result)}"


def send(client, key_result, **typed):
    typed = {"value": "45", "confidence": "on_track", "note": "", "token": uuid4(), **typed}
    return client.post(address(key_result), typed)


def sees(client, key_result):
    return text_of(client.get(address(key_result)))


def test_the_queue_begins_at_the_first_that_waits(ben, four):
    response = signed_in(ben).get("/check-in/")
    assert response["Location"] == address(four[0])
    seen = sees(signed_in(ben), four[0])
    assert "1 of 4" in seen
    assert "Number 1" in seen
    assert "Number 2" not in seen


def test_saving_records_and_leads_to_the_next(ben, four):
    client = signed_in(ben)
    assert send(client, four[0], value="55", note="Two more clinics").url == address(four[1])

    four[0].refresh_from_db()
    said = four[0].check_ins.first()
    assert (four[0].current, said.note, said.by) == (55, "Two more clinics", ben)
    seen = sees(client, four[1])
    assert "2 of 4" in seen
    assert "Saved “Number 1”" in seen


def test_a_whole_queue_ends_with_the_day_of_the_next(ben, four):
    adopt(checkin_weekday=4)
    client = signed_in(ben)
    for each in four:
        response = send(client, each)

    seen = text_of(client.get(response["Location"]))
    assert response["Location"] == address()
    assert "All done. Next check-in Friday." in seen
    assert "4 key results checked in today." in seen
    assert text_of(client.get("/check-in/")) == seen


def test_no_change_says_so_and_leads_on(ben, four):
    client = signed_in(ben)
    answer = client.post(address(four[0]), {"unchanged": "yes", "token": uuid4(), "note": "Calm"})

    four[0].refresh_from_db()
    said = four[0].check_ins.first()
    assert answer["Location"] == address(four[1])
    assert (said.unchanged, said.note, said.confidence, four[0].current) == (
        *(True, "Calm", "on_track"),
        40,
    )
    assert "No change" in text_of(client.get(f"/key-results/{four[0].pk}/"))


def test_no_change_is_not_offered_before_anybody_has_judged(ben, objective):
    new = make_key_result(objective)
    client = signed_in(ben)
    assert "No change" not in sees(client, new)
    assert client.post(address(new), {"unchanged": "yes"}).status_code == 422
    assert not CheckIn.objects.exists()


def test_what_is_skipped_stays_and_is_offered_at_the_end(ben, four):
    client = signed_in(ben)
    send(client, four[0])
    assert f'href="{address(four[2])}"' in client.get(address(four[1])).content.decode()
    for each in four[2:]:
        send(client, each)

    seen = text_of(client.get(address()))
    assert "1 check-in left" in seen
    assert client.get("/check-in/")["Location"] == address(four[1])


def test_back_at_what_was_saved_corrects_it(ben, four):
    client = signed_in(ben)
    send(client, four[0], value="54", note="Typed wrong")
    seen = sees(client, four[0])
    assert "Saving again corrects it" in seen
    assert "Correct and next" in seen
    assert "Typed wrong" in client.get(address(four[0])).content.decode()

    send(client, four[0], value="45", note="Right")

    four[0].refresh_from_db()
    assert four[0].current == 45
    assert four[0].check_ins.standing()[0].note == "Right"
    assert four[0].check_ins.count() == 3


def test_what_is_sent_twice_is_recorded_once(ben, four):
    client, token = signed_in(ben), uuid4()
    for _ in range(2):
        assert send(client, four[0], token=token).url == address(four[1])
    for _ in range(2):
        client.post(address(four[1]), {"unchanged": "yes", "token": str(token)[::-1]})
    assert four[0].check_ins.count() == 2


def test_a_token_that_is_none_is_no_fault(ben, four):
    assert send(signed_in(ben), four[0], token="nonsense").url == address(four[1])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "many"}, "Enter a number such as"),
        ({"confidence": "off_track"}, WHY),
        ({"confidence": "at_risk"}, WHY),
        ({"confidence": ""}, "Choose how confident you are."),
    ],
)
def test_faults_are_told_and_what_was_typed_stays(ben, four, typed, sentence):
    response = send(signed_in(ben), four[0], **{"note": "", "value": "47"} | typed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert f'value="{typed.get("value", "47")}"' in response.content.decode()
    assert CheckIn.objects.count() == 4


def test_an_integration_shows_its_number_and_its_sentences_and_takes_none(ben, four):
    four[0].track_by("a tracker")
    client = signed_in(ben)
    with (
        filled("check_in.notice", lambda _, __: "It comes from elsewhere."),
        filled("check_in.suggestion", lambda _, __: "It moves in steps."),
    ):
        seen = sees(client, four[0])
    assert "It comes from elsewhere." in seen
    assert "It moves in steps." in seen
    assert 'name="value"' not in client.get(address(four[0])).content.decode()
    assert send(client, four[0], value="").url == address(four[1])


def test_several_milestones_are_ticked_at_once(ben, objective, cycle):
    key_result = KeyResult(objective=objective, owner=ben, title="Plan", kind=Kind.MILESTONES)
    key_result.keep(milestones=[Milestone(title=each, due_on=cycle.ends_on) for each in "ABC"])
    reached = list(key_result.milestones.values_list("pk", flat=True))[:2]
    client = signed_in(ben)
    html = client.get(address(key_result)).content.decode()
    assert len(re.findall(r'type="checkbox" name="reached"', html)) == 3
    assert html.split("<main")[1].split("</main>")[0].count("autofocus") == 1
    client.post(address(key_result), {"reached": reached, "confidence": "on_track"})
    assert key_result.milestones.done().count() == 2


def test_yes_or_no_asks_for_a_suggestion_and_has_the_focus(ben, objective):
    key_result = make_key_result(objective, kind=Kind.YES_NO, target=Decimal(1))
    html = signed_in(ben).get(address(key_result)).content.decode()
    assert html.split("<main")[1].split("</main>")[0].count("autofocus") == 1
    assert html.count("check-in/suggestion/") == 2


def test_only_ones_own_open_and_waiting_ones_are_in_it(ben, ada, cycle, objective, four):
    make_key_result(objective, owner=ada, title="Ada's")
    make_key_result(objective, at="50", title="Judged today by dialog")
    past = make_cycle("Past")
    make_key_result(make_objective(ben, past), title="Old")
    past.close(by=ada, at=timezone.now())
    closed = make_objective(ben, cycle, title="Closed")
    make_key_result(closed, title="Closed")
    Closure.objects.create(objective=closed, by=ben, at=timezone.now(), score=Decimal(1))
    draft = make_objective(ben, cycle, title="Draft")
    make_key_result(draft, title="Draft")
    Objective.objects.filter(pk=draft.pk).update(approval=Approval.DRAFT)
    reached = make_key_result(objective, title="Reached")
    KeyResult.objects.filter(pk=reached.pk).update(progress=100)

    assert set(due(ben, timezone.now())) == set(four)
    assert check_in_queue(ben, timezone.now()).total == 5  # with the one judged today


def test_a_stranger_finds_an_empty_queue_and_records_nothing(cleo, ada, olga, four):
    for person in (cleo, ada, olga):
        client = signed_in(person)
        assert "All done." in sees(client, four[0])
        assert "Number 1" not in sees(client, four[0])
        assert send(client, four[0]).status_code == 404
    assert CheckIn.objects.count() == 4


def test_a_cycle_closed_meanwhile_is_told(ben, cycle, four):
    cycle.close(by=ben, at=timezone.now())
    client = signed_in(ben)
    assert "All done." in sees(client, four[0])
    assert send(client, four[0]).status_code == 403


@pytest.mark.parametrize("at", ["0", "999999", "x", "9" * 40, "-1", "½"])
def test_any_address_leads_somewhere(ben, four, at):
    client = signed_in(ben)
    assert client.get("/check-in/", {"at": at})["Location"] == address(four[0])
    assert client.post(f"/check-in/?at={at}").status_code in (302, 404)


def test_nothing_due_is_said_in_one_sentence(ben, cycle):
    seen = text_of(signed_in(ben).get("/check-in/"))
    assert "All done. Next check-in Monday." in seen
    assert "None of your key results waits for you." in seen


def test_the_sidebar_and_my_okrs_tell_how_many_wait(ben, ada, four):
    response = signed_in(ben).get("/my/")
    html = response.content.decode()
    assert "4 check-ins due" in html
    assert "Start check-in" in html
    assert text_of(response).count("Check-in 4 4 waiting") == 2  # beside the page, and below it
    assert html.count("button primary") == 1
    assert "Start check-in" not in text_of(signed_in(ada).get("/my/"))


@pytest.mark.parametrize(
    ("count", "words"), [(0, ""), (1, "1 check-in due by Friday"), (3, "3 check-ins due by Friday")]
)
def test_the_strip_names_the_day(count, words):
    wednesday = timezone.now() - timedelta(days=timezone.now().weekday() - 2)
    assert due_words(count, wednesday, Weekday.FRIDAY) == words


def test_on_the_day_itself_it_is_today():
    monday = timezone.now() - timedelta(days=timezone.now().weekday())
    assert due_words(2, monday, Weekday.MONDAY) == "2 check-ins due today"


def test_a_step_costs_the_same_for_three_and_three_hundred(
    ben, objective, django_assert_max_num_queries
):
    def fill(count):
        KeyResult.objects.bulk_create(
            KeyResult(objective=objective, owner=ben, title="Row", current=0) for _ in range(count)
        )

    client = signed_in(ben)
    fill(3)
    first = objective.key_results.first()
    client.get(address(first))
    for count in (0, 300):
        fill(count)
        with django_assert_max_num_queries(16):
            assert client.get(address(first)).status_code == 200


def test_a_confidential_one_waits_for_its_owner_alone(ben, cleo, cycle):
    secret = make_objective(ben, cycle, visibility=Visibility.CONFIDENTIAL, viewers=[cleo])
    key_result = make_key_result(secret, title="Secret")
    assert "Secret" in sees(signed_in(ben), key_result)
    assert "Secret" not in text_of(signed_in(cleo).get("/check-in/"))
