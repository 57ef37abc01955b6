"""The page of the policies: who opens it, what it says of each choice, and what it saves."""

import pytest

from okr.models import Creators, Policy, Readers
from tests.cast import make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db
URL = "/okr-admin/policies/"


def typed(**changed):
    return {
        "individual_creators": "everyone",
        "individual_readers": "everyone",
        "checkin_weekday": "0",
        "reminders_on": "on",
        "fiscal_year_start": "1",
        "rating_scale": "5",
        "second_factor": "nobody",
        "version": str(Policy.load().version),
    } | changed


@pytest.mark.parametrize("who", ["ben", "ada", "cleo"])
def test_only_an_admin_opens_the_policies(request, olga, who):
    client = signed_in(request.getfixturevalue(who))
    for response in (client.get(URL), client.post(URL, typed(approval_on="on"))):
        assert response.status_code == 403
        assert "This page is for OKR admins" in text_of(response)
    assert not Policy.load().approval_on


def test_each_choice_says_how_many_people_it_touches(ada, ben, cleo, olga, cycle):
    make_objective(ben, cycle)
    page = text_of(signed_in(olga).get(URL))
    assert "Everyone 4 people may." in page
    assert "Managers 2 people may:" in page
    assert "OKR admins only 1 person may, for everybody." in page
    assert "4 people may read the 1 individual objective that is open" in page
    assert "3 people would have to send what they create" in page


def test_an_admin_decides(olga, ben):
    fields = typed(
        individual_creators="managers",
        individual_readers="line",
        approval_on="on",
        checkin_weekday="4",
        fiscal_year_start="4",
        rating_scale="3",
    )
    del fields["reminders_on"]
    response = signed_in(olga).post(URL, fields, follow=True)
    assert "The policies are saved." in text_of(response)
    policy = Policy.load()
    assert policy.individual_creators == Creators.MANAGERS
    assert policy.individual_readers == Readers.LINE
    assert (policy.approval_on, policy.reminders_on) == (True, False)
    assert (policy.checkin_weekday, policy.fiscal_year_start, policy.rating_scale) == (4, 4, 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("individual_creators", "nobody"),
        ("individual_readers", ""),
        ("checkin_weekday", "7"),
        ("checkin_weekday", "1e400"),
        ("fiscal_year_start", "0"),
        ("rating_scale", "4"),
    ],
)
def test_what_cannot_be_decided_gets_a_sentence_beside_its_field(olga, name, value):
    response = signed_in(olga).post(URL, typed(**{name: value}))
    assert response.status_code == 422
    assert response.context["form"].errors[name][0].startswith("Choose one")
    assert Policy.load().version == 1


def test_the_second_admin_to_save_compares_first(olga):
    stale = typed()
    signed_in(olga).post(URL, typed(rating_scale="3"))
    response = signed_in(olga).post(URL, stale | {"checkin_weekday": "2"})
    assert response.status_code == 422
    assert "What you typed and what is saved now" in text_of(response)
    assert "Save mine anyway" in text_of(response)
    assert Policy.load().checkin_weekday == 0
