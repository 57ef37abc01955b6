"""What OKR admins do through the API is logged as if done on the pages, and refused to others."""

import pytest
from django.urls import reverse

from okr.models import AuditEntry
from tests.okr.api.script import client_of, send
from tests.okr.matrix.spoken_deeds import SPOKEN
from tests.okr.matrix.world import CANARY

ADMIN = ("read", "write", "admin")


@pytest.mark.parametrize("name", sorted(SPOKEN))
def test_what_a_script_of_an_admin_does_is_logged_once(stage, name):
    deed = SPOKEN[name]
    url, body = reverse(name, kwargs=deed.about(stage)), deed.fields(stage)
    answer = send(client_of(stage.olga, *ADMIN), "post", url, body)

    assert answer.status_code in (200, 201), answer.content.decode()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by) == (deed.action, stage.olga)
    assert "{" not in entry.sentence
    assert CANARY not in str(list(AuditEntry.objects.values())), "the log names no objective"


@pytest.mark.parametrize("name", sorted(SPOKEN))
def test_without_the_scope_or_the_role_nothing_is_done(stage, cleo, name):
    deed = SPOKEN[name]
    url, body = reverse(name, kwargs=deed.about(stage)), deed.fields(stage)
    without_scope = send(client_of(stage.olga, "read", "write"), "post", url, body)
    without_role = send(client_of(cleo, *ADMIN), "post", url, body)

    assert without_scope.status_code == 403
    assert "“admin”" in without_scope.json()["detail"]
    assert without_role.status_code in (403, 404)
    assert not AuditEntry.objects.exists()
