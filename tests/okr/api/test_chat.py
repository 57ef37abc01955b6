"""Chat rooms through the API: the address goes in and never comes out."""

import pytest

from okr.models import ChatRoom
from tests.okr.api.script import client_of, send
from tests.okr.webhooks.stage import receiver

pytestmark = pytest.mark.django_db
ALL = "/api/v1/chat-rooms/"
BODY = {"name": "#all", "address": "https://chat.example/services/canary"}


@pytest.fixture
def script(olga):
    return client_of(olga, "read", "write", "admin")


def test_the_address_is_taken_kept_and_never_told(script, ben):
    made = send(script, "post", ALL, BODY | {"unit": ben.unit_id})
    url = made["Location"]
    changed = send(script, "patch", url, {"name": "#some"}, **{"If-Match": made["ETag"]})
    room = ChatRoom.objects.get()

    assert made.json()["host"] == "chat.example"
    assert (changed.json()["name"], changed.json()["unit"]) == ("#some", ben.unit_id)
    assert room.address() == BODY["address"]
    assert (room.tells_digest, room.is_on) == (True, True)
    for answer in (made, changed, script.get(url), script.get(ALL)):
        assert "canary" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "value"), [("address", "https://127.0.0.1/"), ("unit", 999), ("kind", "pager")]
)
def test_what_cannot_be_taken_is_named(script, name, value):
    answer = send(script, "post", ALL, BODY | {name: value})

    assert answer.status_code in (400, 422)
    assert answer.json()["errors"][0]["field"] == name
    assert not ChatRoom.objects.exists()


def test_a_test_answers_with_what_became_of_it(script, settings):
    with receiver(settings, 404) as server:
        settings.OUTGOING_HOSTS = [server.place]
        url = send(script, "post", ALL, BODY | {"address": server.url})["Location"]
        answer = send(script, "post", f"{url}test/", {}).json()

    assert (answer["state"], answer["status"]) == ("given_up", 404)
    assert answer["problem"] == "It answered 404."


def test_what_a_room_was_told_is_listed_and_sent_again(script, settings, cleo):
    with receiver(settings, 404) as server:
        url = send(script, "post", ALL, BODY | {"address": server.url})["Location"]
        send(script, "post", f"{url}test/", {})
    [told] = script.get(f"{url}messages/?state=given_up").json()["results"]
    again = send(script, "post", f"{url}messages/{told['id']}/redelivery/", {})

    assert (told["about"], told["problem"]) == ("A test", "It answered 404.")
    assert "A test of" in told["body"]["text"]
    assert (again.status_code, again.json()["state"]) == (201, "waiting"), again.json()
    assert again.json()["body"] == told["body"]
    assert script.get(f"{url}messages/?state=delivered").json()["results"] == []

    send(script, "patch", url, {"is_on": False}, **{"If-Match": "*"})
    off = send(script, "post", f"{url}messages/{told['id']}/redelivery/", {})
    assert off.status_code == 409
    assert client_of(cleo).get(f"{url}messages/").status_code == 403
