"""A browser comes in through a SAML provider of another site, whose form posts the answer."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from okr.models import Person, SignInProvider
from tests.browser.axe import axe, inspect
from tests.browser.conftest import Windows
from tests.cast import make_person
from tests.identity import running
from tests.identity.saml_answers import HOUSE, described

pytestmark = pytest.mark.browser


@pytest.fixture
def house() -> Iterator[str]:
    with running("saml_provider") as address:
        yield address


def test_the_page_of_a_provider_is_usable_by_everybody(page: Windows, olga: Person):
    provider = SignInProvider(name="Larkspur", kind="saml", metadata=described(), issuer=HOUSE)
    provider.keep()

    window = page("dark", 390, person=olga)
    window.goto(f"/okr-admin/sign-in/{provider.pk}/")
    window.get_by_role("button", name="Test the provider").click()
    expect(window.get_by_text(f"It calls itself {HOUSE}")).to_be_visible()
    inspect(window)
    axe(window)


def test_the_answer_of_another_site_finds_the_session_that_asked(
    page: Windows, live_server: LiveServer, house: str, settings
):
    settings.SIGN_IN_HOSTS = [urlsplit(house).netloc]
    assert urlsplit(house).hostname != urlsplit(live_server.url).hostname
    SignInProvider(
        name="Larkspur",
        kind="saml",
        issuer=f"{house}/metadata/",
        metadata=requests.get(f"{house}/metadata/", timeout=10).text,
        trusts_email=True,
        is_on=True,
    ).keep()
    here = Client(headers={"host": urlsplit(live_server.url).netloc})
    ours = here.get("/sign-in/saml/larkspur/metadata/")
    requests.post(f"{house}/register/", data=ours.content, timeout=10).raise_for_status()
    make_person("Ada Lindqvist", email="ada@larkspur.example")

    window = page()
    window.goto(f"{house}/as/ada/")
    window.goto("/sign-in/?next=/company/")
    window.get_by_role("link", name="Sign in with Larkspur").click()

    expect(window).to_have_url(f"{live_server.url}/company/")
