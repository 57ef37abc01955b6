"""Every address at which only OKR admins may send something writes into the audit log.

A new address fails here until its deed is told, or the reason why it changes nothing.
"""

from typing import Any

import pytest
from django.urls import reverse

from okr.models import AuditEntry, SignInProvider
from tests.cast import signed_in
from tests.okr.matrix import areas
from tests.okr.matrix.areas.outside import (
    delivery_of,
    of_chat_message,
    of_hook,
    of_room,
    webhook_of,
)
from tests.okr.matrix.declaring import ADMINS, EVERYBODY, OWNER, route
from tests.okr.matrix.deeds import Deed, is_for_admins_alone, untold
from tests.okr.matrix.spoken_deeds import SPOKEN
from tests.okr.matrix.staging import NEW_CYCLE, Stage, of_ben, of_cycle
from tests.okr.matrix.world import CANARY

HOW = "is for OKR admins alone, and nobody told what it does. Add a Deed, or the reason for none."
CHANGES_NOTHING = {
    "okr:sign_in_test": "the provider is asked, and nothing is saved",
    "okr:import": "a file is read and checked; nothing is written before Confirm",
}
ANSWERS = dict.fromkeys(
    ("okr:company_tokens", "okr:provisioning", "okr:webhook_new", "okr:webhook_secret"), 200
)
"""Where the answer shows something once, instead of leading on."""
ROOM = {"name": "#platform", "kind": "teams", "tells_digest": "on", "is_on": "on"}
HOOK = {
    "name": "Dashboard",
    "address": "https://hooks.example/",
    "events": ["comment.added"],
    "is_on": "on",
}
POLICIES = {
    "individual_creators": "managers", "individual_readers": "everyone", "checkin_weekday": "0",
    "reminders_on": "on", "fiscal_year_start": "1", "rating_scale": "5",
    "second_factor": "nobody",
}  # fmt: skip


def retrospective(stage: Stage) -> dict[str, Any]:
    row = f"o{stage.objective.pk}"
    words = {f"{row}-score": "0.5", f"{row}-retrospective": "Good.", f"{row}-outcome": "close"}
    return {"save": stage.objective.pk, **words}


def template_fields(_: Stage) -> dict[str, Any]:
    rows = {"measures-TOTAL_FORMS": "0", "measures-INITIAL_FORMS": "0"}
    return {"title": "Hire better", "about": "", "category": "people", **rows}


DEEDS = {
    "okr:policies": Deed("policies.changed", lambda _: POLICIES),
    "okr:person_new": Deed("people.added", lambda _: {
        "name": "Noor New", "email": "noor@larkspur.example", "role": "employee",
    }),
    "okr:person_edit": Deed("people.changed", lambda stage: {
        "name": "Benjamin Okafor", "email": stage.ben.email, "role": "employee",
    }, of_ben),
    "okr:person_deactivate": Deed(
        "people.deactivated", lambda stage: {"heir": stage.olga.email}, of_ben
    ),
    "okr:person_reactivate": Deed(
        "people.reactivated", about=lambda stage: {"pk": stage.away().pk}
    ),
    "okr:person_invite": Deed("people.invited", about=of_ben),
    "okr:person_factors": Deed("people.factors_removed", about=of_ben),
    "okr:people_selected": Deed(
        "people.changed", lambda stage: {"manager": stage.olga.email}, lambda _: {"act": "move"}
    ),
    "okr:import_confirm": Deed("imports.confirmed", about=lambda stage: {"pk": stage.upload().pk}),
    "okr:company_tokens": Deed("tokens.added", lambda stage: {
        "name": "Nightly numbers", "person": stage.ben.email, "scopes": ["read"], "lasts": "90",
    }),
    "okr:company_token_revoke": Deed(
        "tokens.revoked", about=lambda stage: {"pk": stage.token().pk}
    ),
    "okr:unit_new": Deed("units.added", lambda _: {"name": "Research"}),
    "okr:unit_edit": Deed(
        "units.changed", lambda _: {"name": "Renamed"}, lambda stage: {"pk": stage.unit().pk}
    ),
    "okr:unit_delete": Deed("units.deleted", about=lambda stage: {"pk": stage.unit().pk}),
    "okr:cycle_new": Deed("cycles.added", lambda _: {"name": "Half", **NEW_CYCLE}),
    "okr:cycle_edit": Deed("cycles.changed", lambda _: {"name": "Half", **NEW_CYCLE}, of_cycle),
    "okr:cycle_delete": Deed("cycles.deleted", about=lambda stage: {"pk": stage.later().pk}),
    "okr:cycles_generate": Deed("cycles.generated", lambda _: {
        "year": "2031", "first_month": "1", "quarters": "on",
    }),
    "okr:cycle_close": Deed("cycles.retrospectives", retrospective, of_cycle),
    "okr:cycle_close_confirm": Deed("cycles.closed", about=of_cycle),
    "okr:cycle_remind": Deed("cycles.reminded", about=of_cycle),
    "okr:cycle_carry": Deed("cycles.carried", lambda stage: {
        "into": stage.later().pk, "objective": [stage.objective.pk],
    }, of_cycle),
    "okr:cycle_reopen": Deed("cycles.reopened", about=lambda stage: {"pk": stage.closed().pk}),
    "okr:template_new": Deed("templates.added", template_fields),
    "okr:template_edit": Deed(
        "templates.changed", template_fields, lambda stage: {"pk": stage.new_template().pk}
    ),
    "okr:template_delete": Deed(
        "templates.deleted", about=lambda stage: {"pk": stage.new_template().pk}
    ),
    "okr:tag_new": Deed("tags.added", lambda _: {"name": "Focus"}),
    "okr:tag_edit": Deed(
        "tags.changed", lambda _: {"name": "Focus"}, lambda stage: {"pk": stage.tag().pk}
    ),
    "okr:tag_merge": Deed(
        "tags.merged",
        lambda stage: {"into": stage.tag("Focus").pk},
        lambda stage: {"pk": stage.tag().pk},
    ),
    "okr:chat_new": Deed("chat.added", lambda _: ROOM | {"address": "https://chat.example/"}),
    "okr:chat_edit": Deed("chat.changed", lambda _: ROOM, of_room),
    "okr:chat_test": Deed("chat.tested", about=of_room),
    "okr:chat_again": Deed("chat.repeated", about=of_chat_message),
    "okr:chat_delete": Deed("chat.deleted", about=of_room),
    "okr:webhook_new": Deed("webhooks.added", lambda _: HOOK),
    "okr:webhook_edit": Deed("webhooks.changed", lambda _: HOOK, of_hook),
    "okr:webhook_secret": Deed("webhooks.renewed", about=of_hook),
    "okr:webhook_test": Deed("webhooks.tested", about=of_hook),
    "okr:webhook_delete": Deed("webhooks.deleted", about=of_hook),
    "okr:webhook_delivery_again": Deed(
        "webhooks.repeated", about=lambda _: {**of_hook(_), "number": delivery_of(webhook_of()).pk}
    ),
    "okr:provisioning": Deed("provisioning.token_made", lambda _: {"name": "Entra ID"}),
    "okr:provisioning_revoke": Deed(
        "provisioning.token_revoked", about=lambda stage: {"pk": stage.directory_token().pk}
    ),
    "okr:tag_delete": Deed("tags.deleted", about=lambda stage: {"pk": stage.tag().pk}),
    "okr:sign_in_passwords": Deed("policies.changed", lambda stage: {
        "passwords": "everyone", "named": stage.rescuer().pk,
    }),
    "okr:sign_in_new": Deed("sign_in.added", lambda _: {"name": "Larkspur", "kind": "saml"}),
    "okr:sign_in_provider": Deed(
        "sign_in.changed",
        lambda _: {"name": "Larkspur", "issuer": "https://login.larkspur.example"},
        lambda stage: {"pk": stage.provider().pk},
    ),
    "okr:sign_in_delete": Deed("sign_in.deleted", about=lambda stage: {"pk": stage.provider().pk}),
    "okr:sign_in_forget": Deed("sign_in.forgotten", about=lambda stage: {
        "account": stage.account().pk, "pk": SignInProvider.objects.get().pk,
    }),
}  # fmt: skip


def test_every_address_of_admins_is_told():
    names = untold(areas.declared(), DEEDS | SPOKEN, CHANGES_NOTHING)
    assert not names, f"{', '.join(names)} {HOW}"


def test_nothing_is_told_of_an_address_that_is_not_there():
    assert not {*DEEDS, *SPOKEN, *CHANGES_NOTHING} - set(areas.declared())


def test_an_address_that_only_admins_send_to_is_known_as_such():
    assert is_for_admins_alone(route("GET POST", ADMINS))
    assert not is_for_admins_alone(route("GET", ADMINS))
    assert not is_for_admins_alone(route("GET POST", EVERYBODY))
    assert not is_for_admins_alone(route("POST", OWNER))
    assert untold({"okr:new": route("POST", ADMINS)}, {}, {}) == ["okr:new"]


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_what_an_admin_does_is_logged_once(stage, name):
    deed = DEEDS[name]
    url, fields = reverse(name, kwargs=deed.about(stage)), deed.fields(stage)
    query = f"?person={stage.ben.pk}" if name == "okr:people_selected" else ""
    answer = signed_in(stage.olga).post(url + query, fields, REMOTE_ADDR="198.51.100.7")

    assert answer.status_code == ANSWERS.get(name, 302), answer.content.decode()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.address) == (deed.action, stage.olga, "198.51.100.7")
    assert "{" not in entry.sentence
    assert CANARY not in str(list(AuditEntry.objects.values())), "the log names no objective"


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_whoever_is_refused_leaves_no_entry(stage, cleo, name):
    deed = DEEDS[name]
    url, fields = reverse(name, kwargs=deed.about(stage)), deed.fields(stage)
    assert signed_in(cleo).post(url, fields).status_code in (403, 404)
    assert not AuditEntry.objects.exists()
