"""Pages beside a key result and its check-ins: attached, told, taken away."""

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from confluence import reading
from confluence.models import ConfluenceConnection, ConfluenceSettings, Evidence
from jira_sandbox.confluence.testing import SandboxConfluence
from okr.models import CheckIn, KeyResult, Objective, Person
from tests.cast import signed_in
from tests.confluence.stage import BOTH, HOURS, ROOMS, SALARIES, TRASHED, attach


@pytest.fixture
def check_in(key_result: KeyResult, ben: Person) -> CheckIn:
    return key_result.check_in(
        by=ben, at=timezone.now(), confidence="on_track", note="Two clinics are live."
    )


@pytest.fixture
def client(ben: Person, connection: ConfluenceConnection) -> Client:
    return signed_in(ben)


def place(key_result: KeyResult) -> str:
    return f"/key-results/{key_result.pk}/confluence/"


def shown(client: Client, key_result: KeyResult) -> str:
    return client.get(f"/key-results/{key_result.pk}/").content.decode()


@BOTH
def test_a_pasted_address_attaches_its_page(
    wiki: SandboxConfluence, client: Client, key_result: KeyResult
) -> None:
    page = wiki.page(HOURS)
    for address in (page.address, page.tiny):
        client.post(place(key_result), {"text": address})
    evidence = Evidence.objects.get()
    assert (evidence.page.title, evidence.page.space_name) == ("Opening hours", "Demo notes")
    told = shown(client, key_result)
    assert "Opening hours" in told
    assert evidence.page.url in told


def test_a_picked_page_is_attached(client: Client, key_result: KeyResult) -> None:
    response = client.post(place(key_result), {"text": "rooms", "pick": ROOMS})
    assert response.status_code == 302
    assert Evidence.objects.get().page.title == "Rooms & practitioners"


def test_words_show_what_there_is_to_choose(client: Client, key_result: KeyResult) -> None:
    response = client.post(place(key_result), {"text": "hours"})
    assert response.status_code == 422
    told = response.content.decode()
    assert "Choose a page from the list." in told
    assert f'value="{HOURS}"' in told
    assert not Evidence.objects.exists()


def test_it_is_searched_while_somebody_types(client: Client, key_result: KeyResult) -> None:
    found = client.get(f"{place(key_result)}search/", {"text": "open"}).content.decode()
    assert "Opening hours" in found
    assert "Salaries" not in found
    latest = client.get(f"{place(key_result)}search/").content.decode()
    assert "Edited last" in latest


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Type words of its title, or paste its address."),
        ("https://elsewhere.example/wiki/x/IQAB", "elsewhere.example is not the connected"),
        ("zebra", "No page that the connected account may see"),
    ],
)
def test_what_names_no_page_is_told(
    text: str, sentence: str, client: Client, key_result: KeyResult
) -> None:
    response = client.post(place(key_result), {"text": text})
    assert response.status_code == 422
    assert sentence in response.content.decode()


@BOTH
@pytest.mark.parametrize("number", [SALARIES, TRASHED, 99])
def test_a_page_that_is_hidden_or_gone_is_not_attached(
    number: int, connection: ConfluenceConnection, client: Client, key_result: KeyResult
) -> None:
    response = client.post(place(key_result), {"text": connection.page_url(number)})
    assert "Confluence has no such page" in response.content.decode()
    assert not Evidence.objects.exists()


def test_a_check_in_has_evidence_of_its_own(
    client: Client, key_result: KeyResult, check_in: CheckIn
) -> None:
    here = f"/check-ins/{check_in.pk}/confluence/"
    assert "check-in of" in client.get(here).content.decode()
    client.post(here, {"pick": HOURS})
    client.post(place(key_result), {"pick": HOURS})
    assert [each.check_in for each in Evidence.objects.in_order()] == [check_in, None]
    assert shown(client, key_result).count("Opening hours</a>") == 2


def test_who_wrote_a_check_in_may_attach_to_it_after_the_key_result_went_to_another(
    client: Client, key_result: KeyResult, check_in: CheckIn, cleo: Person
) -> None:
    KeyResult.objects.filter(pk=key_result.pk).update(owner=cleo)
    Objective.objects.filter(pk=key_result.objective_id).update(owner=cleo)
    here = f"/check-ins/{check_in.pk}/confluence/"
    assert client.post(place(key_result), {"pick": HOURS}).status_code == 403
    assert "Opening hours" in client.get(f"{here}search/", {"text": "open"}).content.decode()
    assert client.post(here, {"pick": HOURS}).status_code == 302
    assert f'id="attach-to-{check_in.pk}"' in shown(client, key_result)
    key_result.objective.cycle.close(by=cleo, at=timezone.now())
    assert client.post(here, {"pick": ROOMS}).status_code == 403


def test_evidence_of_a_corrected_check_in_stands_with_the_correction(
    client: Client, key_result: KeyResult, check_in: CheckIn, ben: Person
) -> None:
    attach(HOURS, key_result, check_in)
    said = check_in.correct(by=ben, at=timezone.now(), confidence="at_risk", note="One clinic.")
    assert Evidence.objects.get().check_in == said
    assert shown(client, key_result).count("Opening hours</a>") == 1


def test_a_vanished_page_is_told_with_its_last_title(
    wiki: SandboxConfluence,
    client: Client,
    connection: ConfluenceConnection,
    key_result: KeyResult,
) -> None:
    attach(HOURS, key_result)
    assert "Last read just now" in shown(client, key_result)
    wiki.trash(HOURS)
    reading.read(connection.pk)
    told = shown(client, key_result)
    assert "Opening hours" in told
    assert "Deleted, or hidden from the connected account since" in told


def test_the_same_page_is_attached_once(client: Client, key_result: KeyResult) -> None:
    for _ in range(2):
        client.post(place(key_result), {"pick": HOURS})
    assert Evidence.objects.count() == 1


def test_any_editor_takes_a_page_away(
    client: Client, key_result: KeyResult, ada: Person, cleo: Person
) -> None:
    attach(HOURS, key_result)
    here = f"/key-results/confluence/{Evidence.objects.get().pk}/remove/"
    assert signed_in(cleo).post(here).status_code == 403
    assert "Opening hours" in signed_in(ada).get(here).content.decode()
    signed_in(ada).post(here)
    assert not Evidence.objects.exists()


def test_while_confluence_is_off_titles_stay_and_nothing_is_asked(
    wiki: SandboxConfluence, client: Client, key_result: KeyResult
) -> None:
    attach(HOURS, key_result)
    ConfluenceSettings.load().switch("enabled", on=False)
    wiki.forget_calls()
    told = shown(client, key_result)
    assert "Confluence is turned off." in told
    assert 'id="attach-page"' not in told
    assert client.post(place(key_result), {"pick": HOURS}).status_code == 403
    assert wiki.calls == ()


def test_others_see_the_pages_and_no_buttons(
    client: Client, key_result: KeyResult, cleo: Person
) -> None:
    attach(HOURS, key_result)
    told = shown(signed_in(cleo), key_result)
    assert "Opening hours" in told
    assert 'id="attach-page"' not in told


def test_a_refused_token_stops_and_only_admins_learn_why(
    wiki: SandboxConfluence, client: Client, key_result: KeyResult, olga: Person
) -> None:
    wiki.fault("401")
    response = client.post(place(key_result), {"pick": HOURS})
    assert "Ask an OKR admin to look at its connection." in response.content.decode()
    wiki.clear_faults()
    wiki.forget_calls()
    client.post(place(key_result), {"pick": HOURS})
    assert wiki.calls == ()
    page = signed_in(olga).get("/okr-admin/integration/confluence/").content.decode()
    assert "did not accept this email and token" in page


def test_an_ended_token_is_no_missing_page(
    wiki: SandboxConfluence, client: Client, key_result: KeyResult
) -> None:
    wiki.fault("anonymous")
    told = client.post(place(key_result), {"pick": HOURS}).content.decode()
    assert "Confluence does not let us in at the moment." in told


def test_check_ins_cost_the_same_questions_with_one_page_and_with_many(
    client: Client, key_result: KeyResult, ben: Person
) -> None:
    said = [key_result.check_in(by=ben, at=timezone.now(), confidence="on_track") for _ in range(8)]
    attach(HOURS, key_result, said[-1])
    with CaptureQueriesContext(database) as few:
        shown(client, key_result)
    for each in said:
        attach(HOURS, key_result, each)
        attach(ROOMS, key_result, each)
    with CaptureQueriesContext(database) as many:
        shown(client, key_result)
    assert len(many) == len(few)
    assert sum("confluence_" in each["sql"] for each in many.captured_queries) == 2
