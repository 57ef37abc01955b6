"""Who may have what done to which account, how it is confirmed, and what is shown of it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from atlassian_accounts.models import AccountsSettings, Outcome, Removal, Verb
from atlassian_accounts.removal.possible import verbs_for
from okr.models import AuditEntry, Role
from tests.atlassian_accounts.removable import ADMIN, make_account, quiet_connection, quiet_site
from tests.cast import make_person, signed_in
from tests.okr.api.script import client_of, send

ROOM = "/okr-admin/integration/accounts/"
NEW, ALL, API = f"{ROOM}removals/new/", f"{ROOM}removals/", "/api/v1/atlassian/removals/"
BEA = "bea.brandt@larkspur.example"
PASSWORD = "a plumb line"


@pytest.fixture
def office(db):
    return quiet_connection()


@pytest.fixture
def bea(office):
    return make_account(office, "Bea Brandt")


@pytest.fixture
def window(olga):
    return signed_in(olga)


def place(verb, *accounts):
    return f"{NEW}?verb={verb}" + "".join(f"&account={each.pk}" for each in accounts)


def test_what_it_means_is_said_and_the_address_is_typed(window, bea):
    page = window.get(place("delete", bea)).content.decode()
    for words in ("For 14 days", "your organization manages", "Here nothing changes", BEA):
        assert words in page
    for wrong in ("", "1", "bea.brandt@elsewhere.example"):
        refused = window.post(place("delete", bea), {"typed": wrong})
        assert refused.status_code == 422
        assert "to confirm" in refused.content.decode() or "This is not" in refused.content.decode()
    assert not Removal.objects.exists()
    done = window.post(place("delete", bea), {"typed": f" {BEA.upper()} "})
    row = Removal.objects.get()
    assert (row.verb, row.outcome, row.by_name) == ("delete", "waiting", "Olga Petrenko")
    assert done["Location"] == f"{ALL}?together={row.together}"
    assert AuditEntry.objects.filter(action="accounts.removal_asked").count() == 1


def test_where_the_address_is_hidden_the_account_id_is_typed(window, office):
    hidden = make_account(office, "Fay Fontaine", email="")
    assert "Account ID" in window.get(place("delete", hidden)).content.decode()
    window.post(place("delete", hidden), {"typed": hidden.account_id})
    assert Removal.objects.get().told_as == f"Fay Fontaine ({hidden.account_id})"


def test_pressing_twice_asks_once_and_shows_what_began(window, bea):
    first = window.post(place("delete", bea), {"typed": BEA})
    second = window.post(place("delete", bea), {"typed": BEA})
    assert first["Location"] == second["Location"]
    assert Removal.objects.count() == 1


def test_several_are_listed_each_and_their_number_is_typed(window, office, bea):
    carl, ours = make_account(office, "Carl Chen"), make_account(office, "Ada", email=ADMIN)
    other = make_account(office, "Gus Garner", is_managed=False)
    page = window.get(place("delete", bea, carl, ours, other)).content.decode()
    for words in (
        "Bea Brandt",
        "Carl Chen",
        "Left out",
        "connected with this account",
        "Suspend it",
    ):
        assert words in page
    assert window.post(place("delete", bea, carl, ours, other), {"typed": "4"}).status_code == 422
    window.post(place("delete", bea, carl, ours, other), {"typed": "2"})
    assert set(Removal.objects.values_list("account__name", flat=True)) == {
        "Bea Brandt",
        "Carl Chen",
    }
    assert Removal.objects.values("together").distinct().count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"email": "olga.petrenko@larkspur.example"},
        {"email": "", "account_id": "5b10:olga"},
        {"email": ADMIN},
        {"email": "", "account_id": "5b10:ada"},
        {"kind": "app"},
        {"gone_at": timezone.now()},
    ],
    ids=["own address", "own id", "admin's address", "admin's id", "an app", "gone"],
)
def test_oneself_and_the_connected_account_are_hidden_and_refused(window, olga, office, facts):
    """An own account whose address is hidden is known by its id from another organization."""
    make_account(quiet_connection("Works"), "Olga", email=olga.email, account_id="5b10:olga")
    found = make_account(office, "Somebody", **facts)
    listed = window.get(f"{ROOM}list/?organization={office.pk}").content.decode()
    assert 'name="account"' not in listed
    assert "verb=" not in window.get(f"{ROOM}list/{found.pk}/").content.decode()
    typed = {"typed": found.email or found.account_id}
    for verb in Verb:
        assert window.post(place(verb, found), typed).status_code == 422
        body = {"account": found.pk, "verb": verb.value, "confirm": typed["typed"]}
        assert send(client_of(olga, "admin"), "post", API, body).status_code == 422
    assert not Removal.objects.exists()


def test_what_is_offered_depends_on_how_the_account_stands(office):
    site, make = quiet_site(), make_account
    assert verbs_for(make(office, "A")) == [Verb.DELETE, Verb.SUSPEND]
    assert verbs_for(make(office, "B", is_managed=False)) == [Verb.SUSPEND]
    assert verbs_for(make(office, "C", status="suspended")) == [Verb.DELETE, Verb.RESTORE]
    assert verbs_for(make(office, "D", status="for_deletion")) == [Verb.CANCEL]
    assert verbs_for(make(office, "E", status="deactivated")) == [Verb.DELETE, Verb.RESTORE]
    assert verbs_for(make(office, "F", status="deactivated", is_managed=False)) == []
    assert verbs_for(make(office, "G", status="closed")) == []
    assert verbs_for(make(site, "H", is_managed=None)) == [Verb.REMOVE]


def test_of_a_single_site_it_says_that_the_account_itself_stays(window, office):
    found = make_account(quiet_site(), "Bea Brandt", is_managed=None)
    page = window.get(place("remove", found)).content.decode()
    assert "account itself is not deleted" in page
    assert "Remove from the site" in page


def test_it_is_off_until_an_admin_allows_it(window, olga, bea):
    AccountsSettings.load().forbid_removing()
    assert "verb=" not in window.get(f"{ROOM}list/{bea.pk}/").content.decode()
    assert 'name="account"' not in window.get(f"{ROOM}list/").content.decode()
    assert window.post(place("delete", bea), {"typed": BEA})["Location"] == ROOM
    body = {"account": bea.pk, "verb": "delete", "confirm": BEA}
    assert send(client_of(olga, "admin"), "post", API, body).status_code == 409
    assert not Removal.objects.exists()
    assert "without scopes" in window.get(f"{ROOM}removing/").content.decode()
    window.post(f"{ROOM}removing/", {"removes": "on"})
    assert AccountsSettings.load().removes
    assert "Delete account" in window.get(f"{ROOM}list/{bea.pk}/").content.decode()


def test_whoever_signed_in_long_ago_proves_that_it_is_still_they(bea):
    dana = make_person("Dana Holt", password=PASSWORD, role=Role.OKR_ADMIN)
    client = Client()
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        client.post("/sign-in/", {"login": dana.email, "password": PASSWORD})
    for asked in (place("delete", bea), f"{ROOM}removing/"):
        answer = client.post(asked, {"typed": BEA, "removes": "on"})
        assert answer["Location"].startswith("/confirm/?next=")
    body = {"account": bea.pk, "verb": "delete", "confirm": BEA}
    spoken = client.post(API, body, "application/json", headers={"origin": "http://testserver"})
    assert spoken.status_code == 403
    assert not Removal.objects.exists()


def test_a_script_asks_for_one_account_by_its_address(olga, bea):
    admin = client_of(olga, "admin")
    body = {"account": bea.pk, "verb": "delete", "confirm": BEA}
    wrong = send(admin, "post", API, body | {"confirm": "bea"})
    assert [each["field"] for each in wrong.json()["errors"]] == ["confirm"]
    once = {"Idempotency-Key": "a-key"}
    asked = send(admin, "post", API, body, **once)
    assert asked.status_code == 202, asked.json()
    assert send(admin, "post", API, body, **once).json() == asked.json()
    again = send(admin, "post", API, body)
    assert again.json()["errors"][0]["message"] == "Something is being done to it already."
    told = admin.get(asked["Location"]).json()
    assert (told["outcome"], told["told_as"]) == ("waiting", f"Bea Brandt ({BEA})")
    assert [each["id"] for each in admin.get(f"{API}?account={bea.pk}").json()["results"]] == [
        told["id"]
    ]
    taken_back = send(admin, "post", f"{asked['Location']}withdrawal/", {})
    assert taken_back.json()["outcome"] == "cancelled"
    assert send(admin, "post", f"{asked['Location']}withdrawal/", {}).status_code == 409
    assert send(admin, "post", f"{asked['Location']}look/", {}).status_code == 409


def test_the_page_tells_how_far_each_is_and_what_can_be_done(window, olga, office, bea):
    row = Removal.objects.ask([bea], Verb.DELETE, olga)[0]
    page = window.get(ALL).content.decode()
    assert "Waits for the background worker" in page
    assert "Take back" in page
    assert "every 2s" in page
    mine = Removal.objects.filter(pk=row.pk)
    mine.update(outcome=Outcome.SENT, looks=1, next_at=timezone.now())
    page = window.get(ALL).content.decode()
    assert "nobody knows yet whether it was done" in page
    assert "Look again now" in page
    window.post(f"{ALL}{row.pk}/look/")
    assert mine.get().next_at is None
    mine.update(outcome=Outcome.FAILED, failure_code="not_managed", finished_at=timezone.now())
    page = window.get(f"{ALL}?account={bea.pk}").content.decode()
    assert "Suspend it instead" in page
    assert "every" not in page.split('id="removals"')[1].split(">")[0]
    mine.update(failure_code="unavailable")
    assert "Ask once more" in window.get(f"{ALL}?outcome=failed").content.decode()
    assert "Nothing was asked for" in window.get(f"{ALL}?outcome=done").content.decode()


def test_it_costs_the_same_queries_with_3_and_20_rows(window, olga, office):
    def cost() -> int:
        with CaptureQueriesContext(database) as queries:
            assert window.get(ALL).status_code == 200
        return len(queries)

    def ask(numbers) -> None:
        accounts = [make_account(office, f"Person {number}") for number in numbers]
        Removal.objects.ask(accounts, Verb.SUSPEND, olga)

    ask(range(3))
    few = cost()
    ask(range(3, 20))
    assert cost() == few


def test_an_empty_choice_or_too_many_do_nothing(window, office, bea):
    for asked in (NEW, f"{NEW}?verb=explode&account={bea.pk}", f"{NEW}?verb=delete&account=x"):
        assert window.post(asked, {"typed": "1"})["Location"] == f"{ROOM}list/"
    many = f"{NEW}?verb=delete" + "".join(f"&account={number}" for number in range(51))
    assert window.post(many, {"typed": "51"})["Location"] == f"{ROOM}list/"
    gone = window.post(f"{NEW}?verb=delete&account=999999", {"typed": "0"})
    assert gone.status_code in (302, 422)
