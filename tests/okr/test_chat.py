"""Rooms of Slack and Teams hear how check-ins stand, and what cannot be read; nothing hidden."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from okr.chat.planning import plan_chat
from okr.chat.sending import say_due
from okr.chat.wording import Line, Message, for_slack, for_teams
from okr.local_time import last_time
from okr.models import AuditEntry, ChatMessage, ChatRoom, KeyResult, Policy
from okr.models.tried import PAUSES, State
from okr.slots import Failure, filled
from tests.cast import adopt, make_cycle, make_key_result, make_objective, signed_in
from tests.okr.pages import text_of
from tests.okr.webhooks.stage import receiver

pytestmark = pytest.mark.django_db
ALL = "/okr-admin/chat/"
HOSTILE = "<!channel> *bold* [x](https://evil.example) </script>"


@pytest.fixture
def nine(db) -> datetime:
    """When digests were due last."""
    return last_time(9, timezone.now(), "", Policy.load().checkin_weekday)


@pytest.fixture
def running(nine):
    return make_cycle(today=nine.date())


def make_room(at: datetime, address: str = "https://chat.example/in", **fields) -> ChatRoom:
    room = ChatRoom(**{"name": "#all", "made_at": at - timedelta(days=30), **fields})
    room.keep(address, at)
    return room


def said(room: ChatRoom) -> list[str]:
    return [each.body["text"] for each in room.messages.order_by("pk")]


def test_a_room_hears_once_a_week_how_check_ins_stand(ben, running, nine):
    key_result = make_key_result(make_objective(ben, running, level="company"))
    key_result.check_in(by=ben, at=nine - timedelta(days=1), confidence="at_risk", note="")
    room = make_room(nine)
    for minutes in (-10, 0, 1, 5, 60):
        plan_chat(nine + timedelta(minutes=minutes))
    [text] = said(room)

    assert "*Check-ins of the company, Autumn*" in text
    assert "1 key result: 0 on track, 1 at risk, 0 off track, 0 not judged yet." in text
    assert "1 check-in in the last seven days; 0 key results waiting for one." in text
    assert f"/key-results/{key_result.pk}/|Fewer missed appointments>: At risk, Ben Okafor" in text


def test_a_day_late_nothing_is_said_any_more(ben, running, nine):
    room = make_room(nine)
    plan_chat(nine + timedelta(hours=24))

    assert said(room) == []


def test_the_room_of_a_unit_hears_of_that_unit_alone(ben, cleo, running, nine):
    for owner in (ben, ben, cleo):
        make_key_result(make_objective(owner, running))
    room = make_room(nine, unit=cleo.unit)
    plan_chat(nine)

    assert "Check-ins of Customer Success" in said(room)[0]
    assert "1 key result:" in said(room)[0]


@pytest.mark.parametrize(
    ("readers", "fields"),
    [("everyone", {"visibility": "confidential"}), ("unit", {}), ("line", {})],
)
def test_what_not_everybody_may_see_is_neither_named_nor_counted(
    ben, running, nine, readers, fields
):
    adopt(individual_readers=readers)
    key_result = make_key_result(make_objective(ben, running, **fields), title="A secret")
    key_result.check_in(by=ben, at=nine, confidence="off_track", note="")
    room = make_room(nine)
    with filled("integrations.failures", lambda _: [Failure("a", "Down.", [key_result.pk])]):
        plan_chat(nine)
    [text] = said(room)

    assert "0 key results:" in text
    assert "A secret" not in text


def test_a_room_hears_of_what_cannot_be_read_once_for_each_key(ben, cleo, running, nine):
    key_result = make_key_result(make_objective(ben, running))
    rooms = [
        make_room(nine, name="#all", tells_digest=False),
        make_room(nine, name="#platform", tells_digest=False, unit=ben.unit),
        make_room(nine, name="#success", tells_digest=False, unit=cleo.unit),
        make_room(nine, name="#quiet", tells_digest=False, tells_failures=False),
    ]
    failing = Failure("site-1", "The site cannot be read.", [key_result.pk])
    with filled("integrations.failures", lambda _: [failing]):
        plan_chat(nine)
        plan_chat(nine + timedelta(minutes=1))

    assert [len(said(room)) for room in rooms] == [1, 1, 0, 0]
    assert "The site cannot be read." in said(rooms[0])[0]
    assert "1 key result stands still." in said(rooms[0])[0]


def test_titles_stay_text_in_both():
    message = Message(HOSTILE, [HOSTILE], [Line(HOSTILE, "https://okr.example/1/", "At risk")], "u")
    slack = for_slack(message)["text"]
    card = for_teams(message)["attachments"][0]["content"]

    assert "<!channel>" not in slack
    assert "*bold*" not in slack
    assert "<https://okr.example/1/|&lt;!channel&gt;" in slack
    assert card["body"][0]["text"].startswith("<\\!channel\\> \\*bold\\* \\[x\\]\\(https://")
    assert card["body"][2]["text"].endswith("](https://okr.example/1/): At risk")


@pytest.mark.parametrize("kind", ["slack", "teams"])
def test_a_message_arrives_and_is_tried_again_where_it_does_not(settings, ben, running, nine, kind):
    with receiver(settings, 500, 200) as server:
        room = make_room(nine, server.url, kind=kind)
        plan_chat(nine)
        say_due(room.pk, lambda: nine)
        assert room.messages.get().state == State.WAITING
        say_due(room.pk, lambda: nine + PAUSES[0])
    first, second = server.heard

    assert first.body == second.body == room.messages.get().body
    assert room.messages.get().state == State.DELIVERED
    assert ("text" in first.body) == (kind == "slack")


def test_the_address_is_sealed_and_never_told_again(olga):
    client, address = signed_in(olga), "https://chat.example/services/T0/B0/canary"
    typed = {"name": "#all", "kind": "slack", "address": address, "is_on": "on"}
    client.post(f"{ALL}new/", typed)
    room = ChatRoom.objects.get()
    client.post(f"{ALL}{room.pk}/edit/", typed | {"address": "", "name": "#everybody"})
    room.refresh_from_db()

    assert (room.name, room.address()) == ("#everybody", address)
    assert "canary" not in room.sealed_address
    assert "canary" not in str(list(AuditEntry.objects.values()))
    for url in (ALL, f"{ALL}{room.pk}/edit/", f"{ALL}{room.pk}/delete/"):
        page = client.get(url).content.decode()
        assert "canary" not in page
    assert "chat.example" in client.get(ALL).content.decode()


def test_an_inner_address_is_refused(olga):
    typed = {"name": "#all", "kind": "slack", "address": "https://192.168.0.7/"}
    answer = signed_in(olga).post(f"{ALL}new/", typed)

    assert answer.status_code == 422
    assert "may not be reached from here" in text_of(answer)


def test_a_test_tells_whether_it_arrived(olga, settings):
    with receiver(settings, 200, 404) as server:
        room = make_room(timezone.now(), server.url)
        client = signed_in(olga)
        good = client.post(f"{ALL}{room.pk}/test/", follow=True)
        bad = client.post(f"{ALL}{room.pk}/test/", follow=True)

    assert "The test reached “#all”." in text_of(good)
    assert "It answered 404." in text_of(bad)
    assert len(server.heard) == 2
    assert {each.state for each in ChatMessage.objects.all()} == {"delivered", "given_up"}


def test_the_list_costs_the_same_with_3_and_30_rooms(olga, django_assert_max_num_queries):
    client, costs = signed_in(olga), []
    for number in (3, 27):
        for each in range(number):
            room = make_room(timezone.now(), name=f"#{number}-{each}")
            now = timezone.now()
            room.messages.create(key="a", body={}, at=now, try_at=now, tried_at=now)
        client.get(ALL)
        with django_assert_max_num_queries(40) as asked:
            client.get(ALL)
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_a_digest_costs_the_same_with_3_and_30_key_results(
    ben, running, nine, django_assert_max_num_queries
):
    objective, costs = make_objective(ben, running), []
    for number in (3, 27):
        for _ in range(number):
            make_key_result(objective)
        KeyResult.objects.update(confidence="at_risk")
        ChatMessage.objects.all().delete()
        make_room(nine) if number == 3 else None
        with django_assert_max_num_queries(40) as asked:
            plan_chat(nine)
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_the_page_of_a_room_lists_what_it_was_told_and_why_that_did_not_arrive(
    olga, settings, running, nine
):
    with receiver(settings, 404) as server:
        room = make_room(nine, server.url)
        plan_chat(nine)
        say_due(room.pk, lambda: nine)
    told = text_of(signed_in(olga).get(f"{ALL}{room.pk}/"))

    assert "How check-ins stand" in told
    assert "It answered 404." in told
    assert "*Check-ins of the company, Autumn*" in told
    assert "Waiting" in told
    assert "Send again" not in told, "it is tried again by itself"


@pytest.mark.parametrize("kind", ["slack", "teams"])
def test_a_message_is_sent_again_by_a_press(olga, settings, running, nine, kind):
    with receiver(settings) as server:
        room = make_room(nine, server.url, kind=kind)
        plan_chat(nine)
        say_due(room.pk, lambda: nine)
        first = room.messages.get()
        client = signed_in(olga)
        page = client.post(f"{ALL}{room.pk}/messages/{first.pk}/again/", follow=True)
        say_due(room.pk, timezone.now)

    assert "It is sent again." in text_of(page)
    assert "Check-ins of the company, Autumn" in text_of(page)
    assert [each.body for each in server.heard] == [first.body, first.body]
    assert AuditEntry.objects.get().action == "chat.repeated"


def test_to_a_room_that_is_off_nothing_is_sent_again(olga, nine):
    room = make_room(nine, is_on=False)
    room.say("digest-1", {"text": "Hello"}, nine)
    page = signed_in(olga).post(
        f"{ALL}{room.pk}/messages/{room.messages.get().pk}/again/", follow=True
    )

    assert "Switch this room on first" in text_of(page)
    assert room.messages.count() == 1


def test_the_page_of_a_room_costs_the_same_with_3_and_30_messages(
    olga, nine, django_assert_max_num_queries
):
    room, client, costs = make_room(nine), signed_in(olga), []
    for number in (3, 17):
        for each in range(number):
            room.say(f"digest-{number}-{each}", {"text": "Hello"}, nine)
        client.get(f"{ALL}{room.pk}/")
        with django_assert_max_num_queries(20) as asked:
            client.get(f"{ALL}{room.pk}/")
        costs.append(len(asked))

    assert costs[0] == costs[1]
