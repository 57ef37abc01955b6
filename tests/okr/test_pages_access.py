"""Who gets which page, and who is told that there is nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from okr.models import KeyResult, Objective, Visibility
from tests.cast import make_cycle, make_key_result, make_objective, signed_in

pytestmark = pytest.mark.django_db
OBJECTIVE_PAGES = ["objective", "objective_edit", "objective_delete", "key_result_new"]
KEY_RESULT_PAGES = ["key_result", "key_result_edit", "key_result_delete", "check_in"]
CHANGING = {"objective_edit", "objective_delete", "key_result_new"}
CHANGING |= {"key_result_edit", "key_result_delete", "check_in"}


@pytest.fixture
def key_result(ben, cycle):
    objective = make_objective(ben, cycle, title="Clinics trust the schedule")
    return make_key_result(objective, at="40", title="Fewer missed appointments")


def address(name, key_result):
    pk = key_result.objective_id if name in OBJECTIVE_PAGES else key_result.pk
    return reverse(f"okr:{name}", args=[pk])


@pytest.mark.parametrize("name", OBJECTIVE_PAGES + KEY_RESULT_PAGES)
@pytest.mark.parametrize("who", ["ben", "ada", "olga"])
def test_owner_manager_and_admin_open_every_page(request, key_result, name, who):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(address(name, key_result)).status_code == 200


@pytest.mark.parametrize("name", OBJECTIVE_PAGES + KEY_RESULT_PAGES)
def test_a_colleague_reads_what_is_public_and_changes_nothing(key_result, cleo, name):
    client = signed_in(cleo)
    expected = 403 if name in CHANGING else 200
    assert client.get(address(name, key_result)).status_code == expected
    if name in CHANGING:
        assert client.post(address(name, key_result)).status_code == 403


@pytest.mark.parametrize("name", OBJECTIVE_PAGES + KEY_RESULT_PAGES)
def test_what_is_confidential_is_not_there_for_a_colleague(key_result, cleo, name):
    Objective.objects.update(visibility=Visibility.CONFIDENTIAL)
    client = signed_in(cleo)
    for response in (client.get(address(name, key_result)), client.post(address(name, key_result))):
        assert response.status_code in (404, 405)
        assert b"Clinics trust" not in response.content


@pytest.mark.parametrize("name", OBJECTIVE_PAGES + KEY_RESULT_PAGES)
def test_a_stranger_is_sent_to_sign_in(client, key_result, name):
    response = client.get(address(name, key_result))
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", sorted(CHANGING))
def test_nothing_changes_in_a_closed_cycle(key_result, ben, name):
    key_result.objective.cycle.closed_at = timezone.now()
    key_result.objective.cycle.save()
    assert signed_in(ben).post(address(name, key_result)).status_code == 403
    assert KeyResult.objects.filter(pk=key_result.pk).exists()


@pytest.mark.parametrize("who", ["ben", "ada", "cleo"])
@pytest.mark.parametrize("name", ["okr_admin", "integrations"])
def test_only_an_admin_opens_the_integrations(request, who, name):
    response = signed_in(request.getfixturevalue(who)).get(reverse(f"okr:{name}"))
    assert response.status_code == 403
    assert "This page is for OKR admins" in response.content.decode()


def test_an_admin_finds_the_integrations(olga):
    client = signed_in(olga)
    assert client.get("/okr-admin/")["Location"] == "/okr-admin/integration/"
    assert "No integrations are installed" in client.get("/okr-admin/integration/").content.decode()


def test_everybody_starts_at_their_own(ben):
    assert signed_in(ben).get("/")["Location"] == "/my/"


@pytest.mark.parametrize("pk", ["0", "999999999999999999999999"])
def test_an_address_that_leads_nowhere_says_so(ben, pk):
    for name in ("objectives", "key-results"):
        assert signed_in(ben).get(f"/{name}/{pk}/").status_code == 404


@pytest.mark.parametrize("name", ["my", "company"])
@pytest.mark.parametrize(
    "asked", ["", "?cycle=0", "?cycle=abc", "?cycle=²", "?cycle=9999999999999999999999"]
)
def test_a_cycle_that_does_not_exist_is_the_current_one(ben, cycle, name, asked):
    response = signed_in(ben).get(reverse(f"okr:{name}") + asked)
    assert response.status_code == 200
    assert response.context["cycle"] == cycle


@pytest.mark.parametrize("name", ["my", "company"])
def test_before_the_first_cycle_a_page_says_what_is_missing(ben, name):
    assert "There is no cycle yet" in signed_in(ben).get(reverse(f"okr:{name}")).content.decode()


@pytest.mark.parametrize("name", ["my", "company", "map", "teams", "dashboard"])
def test_before_the_first_cycle_an_admin_is_led_to_the_first_steps(ben, olga, name):
    quarters, people = reverse("okr:cycles_generate"), reverse("okr:people")
    seen = signed_in(olga).get(reverse(f"okr:{name}")).content.decode()
    assert f'href="{quarters}"' in seen
    assert f'<a href="{people}">Add people</a>' in seen
    assert quarters not in signed_in(ben).get(reverse(f"okr:{name}")).content.decode()


def test_before_the_first_cycle_no_template_can_be_used(ben):
    assert "Use this template" not in signed_in(ben).get(reverse("okr:templates")).content.decode()


def test_another_cycle_is_chosen_by_its_address(ben, key_result):
    empty = make_cycle("Winter")
    page = signed_in(ben).get(f"/my/?cycle={empty.pk}").content.decode()
    assert "No objectives in this cycle yet" in page
    assert "Clinics trust" not in page
