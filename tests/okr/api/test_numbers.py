"""Numbers through the API: what moved them, how they stand, and who changed what."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from okr import slots
from okr.models import Milestone
from tests.cast import make_key_result, make_objective
from tests.okr.api.script import client_of, faults, send

ANY = {"If-Match": "*"}


@pytest.fixture
def key_result(ben, cycle):
    return make_key_result(make_objective(ben, cycle), at="40")


def url_of(key_result, part):
    return f"/api/v1/key-results/{key_result.pk}/{part}/"


def results(person, url, **asked):
    answer = client_of(person).get(url, asked)
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


def test_each_value_is_told_with_who_entered_it_and_when(ben, cleo, key_result):
    key_result.check_in(by=ben, at=timezone.now(), confidence="on_track", value=Decimal(70))

    first, last = results(cleo, url_of(key_result, "measurements"))

    assert (first["value"], first["progress"]) == ("40.000000", "40.0000")
    assert (last["value"], last["by"], last["source"]) == ("70.000000", ben.pk, "")
    assert last["check_in"] == key_result.check_ins.latest("id").pk


def test_a_value_that_was_corrected_does_not_stand(ben, key_result):
    said = key_result.check_ins.get()
    key_result.check_in(
        by=ben, at=timezone.now(), confidence="on_track", value=Decimal(45), corrects=said
    )

    (told,) = results(ben, url_of(key_result, "measurements"))
    assert told["value"] == "45.000000"


def test_why_an_integration_moved_it_is_told(ben, key_result):
    moved = key_result.measurements.create(
        value=50, progress=50, at=timezone.now(), source="counter"
    )
    told = {moved.pk: slots.Reason("dot", "2 finished")}

    with slots.filled("measurement.reasons", lambda _measurements: told):
        by_hand, read = results(ben, url_of(key_result, "measurements"))

    assert (by_hand["reason"], read["reason"], read["source"]) == ("", "2 finished", "counter")


def test_which_milestones_moved_it_is_told(ben, cycle):
    planned = make_key_result(make_objective(ben, cycle), kind="milestones")
    step = Milestone.objects.create(key_result=planned, title="Signed", due_on=cycle.ends_on)
    planned.tick(step.pk, done=True, by=ben, at=timezone.now())

    (told,) = results(ben, url_of(planned, "measurements"))
    standing = client_of(ben).get(url_of(planned, "standing")).json()

    assert (told["reason"], told["progress"]) == ("Reached: Signed", "100.0000")
    assert standing["sentence"] == "1 of 1 milestone is done, so 100%."
    assert standing["due"][-1]["progress"] == "100.0000"


def test_values_are_asked_for_by_when_they_were_read(ben, key_result):
    url, moment = url_of(key_result, "measurements"), timezone.now() + timedelta(minutes=1)

    assert results(ben, url, since=moment.isoformat()) == []
    assert len(results(ben, url, until=moment.isoformat())) == 1
    assert faults(client_of(ben).get(url, {"since": "soon"})) == ["since"]


def test_a_key_result_says_how_it_stands_and_why(ben, cleo, key_result):
    told = client_of(cleo).get(url_of(key_result, "standing")).json()

    assert (told["progress"], told["confidence"], told["origin"]) == (
        "40.0000",
        "on_track",
        "By hand",
    )
    assert told["sentence"].endswith("(40 − 0) ÷ (100 − 0) = 40%.")
    assert "pace" in told["against_pace"]
    assert (told["age"], told["waiting"], told["due"]) == ("fresh", False, [])


def test_before_the_first_value_nothing_is_claimed(ben, cycle):
    key_result = make_key_result(make_objective(ben, cycle), kind="stay_below", target=10)
    told = client_of(ben).get(url_of(key_result, "standing")).json()

    assert (told["progress"], told["age"], told["read_at"]) == (None, None, None)
    assert (told["weeks"], told["waiting"]) == ([], True)


def test_what_feeds_it_is_named_with_the_age_of_its_reading(ben, key_result):
    key_result.track_by("counter")
    source = slots.Source("Counter", None, stale=True, note="It does not answer")

    with slots.filled("key_results.sources", lambda _: {key_result.pk: source}):
        told = client_of(ben).get(url_of(key_result, "standing")).json()

    assert (told["origin"], told["age"], told["note"]) == (
        "Counter",
        "stale",
        "It does not answer",
    )
    assert told["sentence"] == ""


def test_who_changed_what_is_told_as_on_the_page(ben, cleo, key_result):
    url = f"/api/v1/key-results/{key_result.pk}/"
    send(client_of(ben), "patch", url, {"title": "Fewer no-shows"}, **ANY)

    (told,) = results(cleo, url_of(key_result, "changes"))

    assert told["sentence"] == (
        "changed the title from “Fewer missed appointments” to “Fewer no-shows”"
    )
    assert (told["by"], told["field"], told["after"]) == (ben.pk, "title", "Fewer no-shows")
    of_objective = f"/api/v1/objectives/{key_result.objective_id}/changes/"
    assert results(cleo, of_objective)[0] == told
    assert results(cleo, of_objective, field="weight") == []
    assert results(cleo, of_objective, by=cleo.pk) == []


def test_a_change_names_no_objective_that_is_hidden(ben, cleo, cycle):
    above = make_objective(ben, cycle, title="Hidden", visibility="confidential")
    below = make_objective(ben, cycle, title="Below")
    url = f"/api/v1/objectives/{below.pk}/"
    moved = send(client_of(ben), "patch", url, {"parent": above.pk}, **ANY)
    assert moved.status_code == 200, moved.json()

    (known,), (told,) = (results(each, f"{url}changes/", field="parent") for each in (ben, cleo))

    assert (known["after_objective"], told["after_objective"]) == (above.pk, None)
    assert "“Hidden”" in known["sentence"]
    assert "something that is not shown to you" in told["sentence"]


def test_what_a_description_said_before_is_not_told(ben, key_result):
    url = f"/api/v1/objectives/{key_result.objective_id}/"
    send(client_of(ben), "patch", url, {"description": "Anew"}, **ANY)

    (told,) = results(ben, f"{url}changes/")
    assert (told["sentence"], told["before"], told["after"]) == ("changed the description", "", "")


@pytest.mark.parametrize("part", ["measurements", "changes"])
def test_a_list_costs_the_same_for_3_and_for_30(ben, key_result, queries_of, part):
    def more(number):
        for _ in range(number):
            key_result.check_in(by=ben, at=timezone.now(), confidence="on_track", value=Decimal(5))
            key_result.changes.create(
                objective=key_result.objective, by=ben, at=timezone.now(), field="weight"
            )
        return queries_of(client_of(ben), url_of(key_result, part))

    assert more(3) == more(27)
