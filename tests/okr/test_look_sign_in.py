"""Signing in tells a stranger nothing, slows a guesser down and forgets no destination."""

import pytest
from django.core.cache import cache
from django.test import Client

from config.accounts import LIMITS
from okr.models import Person
from tests.cast import make_person, signed_in

EMAIL, PASSWORD = "dana.holt@larkspur.example", "a plumb line"
NO_MATCH = "This email and password do not match. Check both and try again."


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def dana(db: None) -> Person:
    return make_person("Dana Holt", email=EMAIL, password=PASSWORD)


def sign_in(email: str = EMAIL, password: str = PASSWORD, query: str = "", **extra: str):
    fields = {"login": email, "password": password, **extra}
    return Client().post(f"/sign-in/{query}", fields)


def test_a_person_signs_in_with_email_and_password(dana):
    answer = sign_in(EMAIL.upper())

    assert answer.status_code == 302
    assert answer["Location"] == "/my/"


def test_the_requested_page_follows_the_signing_in(dana):
    asked = Client().get("/company/?cycle=3")
    answer = sign_in(next="/company/?cycle=3")

    assert asked["Location"] == "/sign-in/?next=/company/%3Fcycle%3D3"
    assert answer["Location"] == "/company/?cycle=3"


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_nobody_is_led_elsewhere_by_signing_in(dana, url):
    assert sign_in(next=url)["Location"] == "/my/"


def test_a_stranger_learns_nothing_about_who_works_here(dana):
    Person.objects.filter(pk=make_person("Gone Since", password=PASSWORD).pk).update(
        is_active=False
    )

    pages = [
        sign_in(password="wrong"),
        sign_in("nobody@larkspur.example"),
        sign_in("gone.since@larkspur.example"),
    ]

    for page in pages:
        assert NO_MATCH in page.content.decode()
        assert "There is a problem" in page.content.decode()
        assert "<title>Error: Sign in" in page.content.decode()


def test_a_guesser_is_told_how_long_to_wait(dana):
    assert LIMITS["login_failed"].startswith("5/15m/key")
    for _ in range(5):
        sign_in(password="wrong")

    page = sign_in().content.decode()

    assert "Too many attempts. Try again in 15 minutes." in page
    assert NO_MATCH not in page


def test_a_flood_from_one_address_is_told_to_wait_a_minute(db):
    for _ in range(30):
        sign_in("", "")

    answer = sign_in("", "")

    assert answer.status_code == 429
    assert "Try again in one minute." in answer.content.decode()


def test_faults_stand_at_their_fields_and_the_email_is_kept(dana):
    page = sign_in("dana", "").content.decode()

    assert "Enter an email address like name@example.com." in page
    assert "Enter your password." in page
    assert 'value="dana"' in page


def test_signing_out_needs_a_press_of_the_button(dana):
    client = signed_in(dana)

    asked = client.get("/sign-out/")
    assert "Sign out" in asked.content.decode()
    assert client.session.get("_auth_user_id") == str(dana.pk)

    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_only_the_sign_in_page_is_open(db):
    assert Client().get("/sign-in/").status_code == 200
    for path in ("/", "/my/", "/company/", "/okr-admin/integration/", "/sign-out/"):
        assert Client().get(path)["Location"].startswith("/sign-in/"), path
    for path in ("/accounts/signup/", "/signup/", "/accounts/password/reset/"):
        assert Client().get(path).status_code == 404, path
