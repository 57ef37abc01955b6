"""All tokens of the company, where OKR admins make those of services."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from okr.models import ApiToken, AuditEntry, Person
from tests.cast import signed_in

URL = "/okr-admin/tokens/"


def sent(acts_as, **more):
    usual = {"name": "Nightly numbers", "scopes": ["read"], "lasts": "90"}
    return {**usual, "person": acts_as.email, **more}


def issue(person, name="Report"):
    return ApiToken.objects.issue(person, name, ["read"], by=person, at=timezone.now())[0]


def test_a_token_acts_as_whom_the_admin_chose(olga, ben):
    response = signed_in(olga).post(URL, sent(ben, lasts="30"))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    (told,) = re.findall(r'value="(plb_[^"]+)"', response.content.decode())
    script = Client(headers={"Authorization": f"Bearer {told}"})
    assert script.get("/api/v1/objectives/").status_code == 200
    token = ApiToken.objects.get()
    assert (token.person, token.made_by, token.for_service) == (ben, olga, True)
    assert told not in signed_in(olga).get(URL).content.decode()
    entry = AuditEntry.objects.get()
    assert entry.sentence == "made the API token Nightly numbers, which acts as Ben Okafor"
    assert told not in str(AuditEntry.objects.values())


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"person": "nobody@larkspur.example"}, "person"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["read", "admin"]}, "scopes"),
        ({"lasts": "9"}, "lasts"),
        ({"lasts": ""}, "lasts"),
    ],
)
def test_what_cannot_be_taken_makes_none(olga, ben, more, field):
    response = signed_in(olga).post(URL, sent(ben, **more))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not ApiToken.objects.exists()


def test_one_that_administers_acts_as_an_admin(olga):
    assert signed_in(olga).post(URL, sent(olga, scopes=["admin"])).status_code == 200


def test_every_token_is_listed_and_any_is_revoked(olga, ben, cleo):
    issue(ben)
    token = issue(cleo, "Payroll bridge")
    page = signed_in(olga).get(URL).content.decode()
    assert "Report" in page
    assert "Payroll bridge" in page

    signed_in(olga).post(f"{URL}{token.pk}/")

    token.refresh_from_db()
    assert token.revoked_at is not None
    assert AuditEntry.objects.get().action == "tokens.revoked"
    assert "Payroll bridge" not in signed_in(olga).get(URL).content.decode().split("<main", 1)[1]


def test_whom_it_acts_as_sees_it_and_may_revoke_it(olga, ben):
    signed_in(olga).post(URL, sent(ben))
    page = signed_in(ben).get("/settings/tokens/").content.decode()
    assert "made by Olga Petrenko" in page

    signed_in(ben).post(f"/settings/tokens/{ApiToken.objects.get().pk}/")

    assert ApiToken.objects.get().revoked_at is not None


def test_tokens_end_when_their_person_leaves_and_stay_ended(olga, ben):
    token = issue(ben)
    other = issue(olga)

    ben.leave(by=olga, at=timezone.now())
    Person.objects.get(pk=ben.pk).come_back()

    token.refresh_from_db()
    other.refresh_from_db()
    assert token.revoked_at is not None
    assert other.revoked_at is None


def test_the_list_costs_the_same_for_3_and_for_25(olga, ben, django_assert_max_num_queries):
    client = signed_in(olga)

    def queries(number):
        for _ in range(number):
            issue(ben)
        with django_assert_max_num_queries(15) as asked:
            client.get(URL)
        return len(asked)

    queries(3)
    assert queries(0) == queries(22)
