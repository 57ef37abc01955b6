"""Who shows a token is whose token it is: in the log, in the audit log, and by the clock."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from okr.models import AuditEntry
from tests.cast import make_key_result, make_objective, signed_in
from tests.okr.api.script import client_of, send
from tests.watch.lines import Lines, listening

TOKYO = timedelta(hours=9)


@pytest.fixture
def lines() -> Iterator[Lines]:
    with listening() as heard:
        yield heard


def test_the_line_of_a_request_names_the_person_and_never_the_token(ben, lines):
    client = client_of(ben)

    assert client.get("/api/v1/objectives/").status_code == 200

    [line] = lines.of("request")
    assert (line["route"], line["person"]) == ("api:objectives", ben.pk)
    assert client.defaults["HTTP_AUTHORIZATION"].split("_", 2)[-1] not in lines.text


def test_a_token_that_is_none_is_nobodys_line(ben, lines, client):
    client.get("/api/v1/objectives/", headers={"Authorization": "Bearer plb_00000000_nothing"})

    [line] = lines.of("request")
    assert (line["status"], line["person"]) == (401, None)


def test_an_admins_deed_is_logged_with_the_name_of_the_token(olga, ben, cycle):
    objective = make_objective(ben, cycle)
    url = f"/api/v1/objectives/{objective.pk}/"

    done = send(client_of(olga), "delete", url, **{"If-Match": "*"})

    assert done.status_code == 204
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.via, entry.token) == (olga, "api", "A script")
    assert entry.request_id == done["X-Request-ID"]
    page = signed_in(olga).get("/okr-admin/audit/").content.decode()
    assert "with the token “A script”" in page


def test_moments_are_told_in_the_zone_of_the_caller_and_in_no_other_request(ben, cleo, cycle):
    ben.time_zone = "Asia/Tokyo"
    ben.save()
    url = f"/api/v1/key-results/{make_key_result(make_objective(ben, cycle), at='40').pk}/"

    assert client_of(ben).get(url).json()["measured_at"].endswith("+09:00")
    assert client_of(cleo).get(url).json()["measured_at"].endswith("Z")
    assert timezone.localtime().utcoffset() != TOKYO
