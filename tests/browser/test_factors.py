"""Passkeys and codes in a real browser, whose security key is Chromium's own virtual one."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import Page, expect

from tests.browser.axe import axe, inspect
from tests.cast import make_person

pytestmark = pytest.mark.browser

PASSWORD = "a plumb line"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def dana(live):
    return make_person("Dana Holt", password=PASSWORD)


@pytest.fixture
def here(page, live):
    """A window at a name: a passkey belongs to a name, never to a number."""
    window = page()
    window.goto(live.url.replace("127.0.0.1", "localhost"))
    return window


def plug_in_a_key(window: Page) -> None:
    session = window.context.new_cdp_session(window)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def give_password(window: Page, person) -> None:
    window.get_by_label("Email").fill(person.email)
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Sign in", exact=True).click()


def go(window: Page, path: str) -> None:
    window.goto(re.sub(r"(?<=\d)/.*", path, window.url))


def test_a_passkey_is_added_and_signs_in_alone(here: Page, dana) -> None:
    plug_in_a_key(here)
    give_password(here, dana)
    expect(here).to_have_url(re.compile("/my/"))
    go(here, "/settings/security/passkeys/new/")
    here.get_by_label("Name").fill("Work laptop")
    here.get_by_role("button", name="Create passkey").click()
    expect(here.get_by_role("heading", name="Recovery codes")).to_be_visible()
    inspect(here)
    axe(here)
    here.get_by_role("link", name="I have kept them").click()
    expect(here.get_by_text("Work laptop", exact=True)).to_be_visible()

    go(here, "/sign-out/")
    here.locator("main").get_by_role("button", name="Sign out").click()
    here.get_by_role("button", name="Use a passkey").click()
    expect(here).to_have_url(re.compile("/my/"))

    go(here, "/settings/security/")
    here.get_by_role("link", name="Remove the passkey Work laptop").click()
    inspect(here)
    axe(here)
    here.get_by_role("button", name="Remove").click()
    expect(here.get_by_text("Work laptop", exact=True)).not_to_be_visible()


def test_a_passkey_is_the_second_step_after_a_password(here: Page, dana) -> None:
    plug_in_a_key(here)
    give_password(here, dana)
    expect(here).to_have_url(re.compile("/my/"))
    go(here, "/settings/security/passkeys/new/")
    here.get_by_role("button", name="Create passkey").click()
    expect(here.get_by_role("heading", name="Recovery codes")).to_be_visible()
    here.context.clear_cookies()

    go(here, "/sign-in/")
    give_password(here, dana)
    expect(here.get_by_role("heading", name="One more step")).to_be_visible()
    inspect(here)
    axe(here)
    here.get_by_role("button", name="Use a passkey").click()
    expect(here).to_have_url(re.compile("/my/"))


def test_an_app_is_set_up_by_hand(here: Page, dana) -> None:
    give_password(here, dana)
    expect(here).to_have_url(re.compile("/my/"))
    go(here, "/settings/security/app/")
    here.get_by_text("Enter a key instead").click()
    secret = here.get_by_label("Key for the app").input_value()
    counter = next(iter(yield_hotp_counters_from_time()))
    here.get_by_label("Code that the app shows").fill(
        format_hotp_value(hotp_value(secret, counter))
    )
    here.get_by_role("button", name="Add app").click()
    here.get_by_role("link", name="I have kept them").click()
    here.get_by_role("link", name="Remove the authenticator app").click()
    inspect(here)
    axe(here)
