"""The list of accounts: searched, filtered, paged, taken away, and matched to our people."""

import csv
import io

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from atlassian_accounts.listing import Filters
from atlassian_accounts.models import Account, AccountGroup, without_account
from tests.atlassian_accounts.stage import account, read
from tests.cast import make_person, signed_in

PAGE = "/okr-admin/integration/accounts/"


@pytest.fixture
def mirrored(connection):
    read(connection)
    return connection


@pytest.fixture
def colleagues(mirrored):
    """Bea is here, Dora is here and suspended there, Emil has left and has an account still."""
    make_person("Bea Brandt", email="bea@larkspur.example")
    make_person("Dora Diaz", email="dora@larkspur.example")
    emil = make_person("Emil Eriksen", email="emil@elsewhere.example")
    emil.is_active = False
    emil.save()


def names(**asked):
    return [each.name for each in Filters(**asked).accounts()]


def test_it_is_searched_by_name_address_and_account_id(mirrored):
    assert names(words="brandt") == ["Bea Brandt"]
    assert names(words="ELSEWHERE.example emil") == ["Emil Eriksen"]
    assert names(words=account("bea@larkspur.example").account_id) == ["Bea Brandt"]
    assert names(words="nobody-like-that") == []


def test_it_is_filtered_by_status_group_product_and_organization(mirrored):
    assert names(status="suspended") == ["Dora Diaz"]
    admins = AccountGroup.objects.get(name="admins")
    assert names(group=str(admins.pk)) == [account("ada@larkspur.example").name]
    assert names(product="confluence") == [account("ada@larkspur.example").name]
    assert names(organization=str(mirrored.pk)) == names()
    assert names(organization="999999", status="nonsense") == []


def test_accounts_are_matched_to_people_by_their_address(colleagues):
    assert names(belongs="ours") == ["Bea Brandt", "Dora Diaz"]
    assert names(belongs="locked") == ["Dora Diaz"]
    assert names(belongs="left") == ["Emil Eriksen"]
    assert "Fay Fontaine" in names(belongs="hidden")
    assert "Bea Brandt" not in names(belongs="nobody")


def test_people_whose_address_no_account_has_are_listed(colleagues, olga):
    assert list(without_account()) == [olga]
    assert b"Olga Petrenko" in signed_in(olga).get(f"{PAGE}people/").content


def test_an_account_that_went_away_is_no_match_any_more(colleagues, mirrored, organization, olga):
    organization.forget("bea@larkspur.example")
    read(mirrored)
    assert "Bea Brandt" in [each.name for each in without_account()]
    assert names(gone="1") == ["Bea Brandt"]


def test_it_costs_the_same_queries_with_3_and_30_accounts(mirrored, olga):
    client = signed_in(olga)

    def cost() -> int:
        with CaptureQueriesContext(
            database,
        ) as queries:
            assert client.get(f"{PAGE}list/").status_code == 200
        return len(queries)

    Account.objects.exclude(name__in=["Bea Brandt", "Gus Garner", "Emil Eriksen"]).delete()
    few = cost()
    for number in range(30):
        Account.objects.create(
            connection=mirrored, account_id=f"x:{number}", name=f"X {number}", seen_in=0
        )
    assert cost() == few


def test_it_is_taken_away_as_a_file_that_computes_nothing(mirrored, olga):
    Account.objects.filter(email="bea@larkspur.example").update(name="=1+1")
    answer = signed_in(olga).get(f"{PAGE}list/?format=csv&q=bea@")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row["Name"] for row in rows] == ["'=1+1"]
    assert (rows[0]["Status"], rows[0]["Managed"], rows[0]["Groups"]) == ("Active", "Yes", "users")


def test_one_account_is_shown_with_all_that_is_known_of_it(colleagues, olga):
    ada = account("ada@larkspur.example")
    page = signed_in(olga).get(f"{PAGE}list/{ada.pk}/").content.decode()
    for words in ("admins, users", "org-admin", "Confluence", ada.account_id):
        assert words in page


def test_the_page_of_the_room_tells_how_far_a_reading_is(mirrored, olga):
    page = signed_in(olga).get(PAGE).content.decode()
    assert "Healthy" in page
    assert "Refresh now" in page
    signed_in(olga).post(f"{PAGE}{mirrored.pk}/refresh/")
    page = signed_in(olga).get(PAGE).content.decode()
    assert "waits for the background worker" in page
    assert "Stop reading" in page
