"""Acceptance: from a fresh installation to a connection with Jira, as the admin sees it."""

import socket

import pytest
from playwright.sync_api import Locator, Page, expect

from jira_integration.models import IntegrationSettings, JiraConnection
from jira_sandbox.testing import SandboxJira
from okr.models import Person
from tests.browser.axe import inspect
from tests.browser.conftest import Windows

pytestmark = pytest.mark.browser

INTEGRATION = "/okr-admin/integration/jira/"
REFUSALS = [
    ({"kind": "401", "path": "*/myself"}, "Jira did not accept this email and token."),
    ({"kind": "403", "path": "*/myself"}, "Jira refused access for jira-bot@larkspur.example."),
    ({"kind": "captcha", "path": "*/myself"}, "Jira wants a CAPTCHA for this account"),
    ({"kind": "html"}, "127.0.0.1 answered, but it is not Jira."),
    ({"kind": "redirect"}, "127.0.0.1 redirects to elsewhere.example."),
    ({"kind": "429", "path": "*/myself"}, "Jira asked us to slow down."),
    ({"kind": "503"}, "Jira at 127.0.0.1 is out of order at the moment (error 503)."),
    ({"kind": "reset"}, "127.0.0.1 ended the connection before it had answered."),
    ({"kind": "truncated", "path": "*/myself"}, "broke off in the middle."),
    ({"kind": "invalid-json", "path": "*/myself"}, "sent an answer that cannot be read"),
    ({"kind": "anonymous", "path": "*/project/search"}, "as if nobody were signed in."),
]


@pytest.fixture
def window(page: Windows, olga: Person) -> Page:
    opened = page(person=olga)
    opened.goto(INTEGRATION)
    return opened


def switch_of(window: Page) -> Locator:
    return window.get_by_role("switch", name="Turn on progress update using Jira", exact=True)


def switch_on(window: Page) -> Locator:
    """Presses the switch; answers the dialog that it opens."""
    switch_of(window).click()
    dialog = window.get_by_role("dialog", name="Integrate with Jira", exact=True)
    expect(dialog).to_be_visible()
    return dialog


def fill(dialog: Locator, jira: SandboxJira, **boxes: str) -> None:
    typed = {"email": jira.email, "server": jira.url, "token": jira.token, **boxes}
    dialog.get_by_label("Email Address (In Jira)", exact=True).fill(typed["email"])
    dialog.get_by_label("Server", exact=True).fill(typed["server"])
    dialog.get_by_label("API Token", exact=True).fill(typed["token"])


def connect(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Connect", exact=True).click()


def test_a_fresh_installation_has_the_switch_and_it_is_off(page: Windows, olga: Person):
    window = page(person=olga)
    window.goto("/")
    aside = window.get_by_role("navigation", name="Main", exact=True)
    expect(aside.get_by_role("heading", name="OKR Admin", exact=True)).to_be_visible()
    aside.get_by_role("link", name="Integration", exact=True).click()
    window.get_by_role("main").get_by_role("link", name="Jira Integration", exact=True).click()

    expect(window.get_by_role("heading", name="Jira Integration", exact=True)).to_be_visible()
    expect(switch_of(window)).not_to_be_checked()
    expect(window.get_by_role("link", name="Manage Integration")).to_have_count(0)
    inspect(window)


def test_switching_on_opens_a_dialog_with_exactly_three_fields_and_stays_off(window: Page):
    dialog = switch_on(window)

    assert dialog.locator("label").all_inner_texts() == [
        "Email Address (In Jira)",
        "Server",
        "API Token",
    ]
    expect(dialog.get_by_label("Email Address (In Jira)")).to_be_focused()
    expect(window.locator("#jira-switch")).to_have_attribute("aria-checked", "false")
    inspect(window)


@pytest.mark.parametrize("way", ["Escape", "Cancel", "Close"])
def test_closing_the_dialog_leaves_the_switch_off_and_focused(window: Page, way: str):
    dialog = switch_on(window)
    if way == "Escape":
        window.keyboard.press(way)
    else:
        dialog.get_by_role("button", name=way, exact=True).click()

    expect(dialog).to_be_hidden()
    expect(switch_of(window)).not_to_be_checked()
    expect(switch_of(window)).to_be_focused()


def test_connect_with_empty_fields_leads_to_each_of_them_and_keeps_what_was_typed(window: Page):
    dialog = switch_on(window)
    connect(dialog)

    summary = dialog.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(3)
    expect(window).to_have_title("Error: Integrate with Jira · Plumbline")

    dialog.get_by_label("Server", exact=True).fill("jira.larkspur.example")
    connect(dialog)
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(dialog.get_by_label("Server", exact=True)).to_have_value("jira.larkspur.example")
    summary.get_by_role("link", name="Paste the API token.").click()
    expect(dialog.get_by_label("API Token", exact=True)).to_be_focused()
    inspect(window)


def test_each_cause_has_a_sentence_of_its_own_and_the_switch_stays_off(
    window: Page, jira: SandboxJira
):
    dialog = switch_on(window)
    for fault, sentence in REFUSALS:
        jira.clear_faults()
        jira.fault(**fault)
        it_is_refused(window, dialog, jira, sentence)
    inspect(window)


def test_an_address_without_a_jira_and_a_token_without_rights_are_told_apart(
    window: Page, jira: SandboxJira, settings
):
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        nobody_listens = f"127.0.0.1:{bound.getsockname()[1]}"
    settings.JIRA_ALLOWED_HOSTS += [nobody_listens]
    https = jira.url.replace("http:", "https:")
    dialog = switch_on(window)
    for boxes, sentence in [
        ({"server": f"http://{nobody_listens}"}, "We could not find a server at 127.0.0.1."),
        ({"server": https}, "The secure connection to 127.0.0.1 failed:"),
        ({"server": "http://10.0.0.1"}, "This server may not connect to 10.0.0.1."),
        ({"server": "not an address"}, "This is not a web address."),
        ({"token": jira.thin_token}, "The token works but may not read"),
        (
            {"email": jira.nobody_email, "token": jira.nobody_token},
            "Visiting Auditor can see no Jira projects, so nothing can be linked.",
        ),
    ]:
        it_is_refused(window, dialog, jira, sentence, **boxes)


def it_is_refused(
    window: Page, dialog: Locator, jira: SandboxJira, sentence: str, **boxes: str
) -> None:
    fill(dialog, jira, **boxes)
    connect(dialog)
    expect(dialog.get_by_role("alert")).to_contain_text(sentence)
    expect(dialog.get_by_label("API Token", exact=True)).to_have_value("")
    expect(window.locator("#jira-switch")).to_have_attribute("aria-checked", "false")


def test_the_token_is_in_no_page_no_address_and_no_log(
    window: Page, jira: SandboxJira, caplog: pytest.LogCaptureFixture
):
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    dialog = switch_on(window)
    fill(dialog, jira)
    connect(dialog)
    expect(switch_of(window)).to_be_checked()

    for address in (INTEGRATION, f"{INTEGRATION}manage/", f"{INTEGRATION}activity/"):
        window.goto(address)
        assert jira.token not in window.content()
    window.goto(f"{INTEGRATION}manage/")
    expect(window.get_by_label("API Token", exact=True)).to_have_value("")
    assert jira.token not in "".join(asked)
    assert jira.token not in caplog.text


def test_success_turns_the_switch_on_below_manage_integration_and_shows_proof(
    window: Page, jira: SandboxJira
):
    dialog = switch_on(window)
    fill(dialog, jira)
    connect(dialog)

    expect(window.get_by_role("status").filter(has_text="Connected to")).to_contain_text(
        f"Connected to {jira.url} as Larkspur OKR Bot. 2 projects visible. DEMO-"
    )
    expect(switch_of(window)).to_be_checked()
    manage = window.get_by_role("link", name="Manage Integration", exact=True)
    above, below = manage.bounding_box(), switch_of(window).bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    inspect(window)


def test_a_saved_token_that_died_opens_the_dialog_at_the_cause(
    window: Page, jira: SandboxJira, connection: JiraConnection
):
    IntegrationSettings.load().turn_off()
    jira.fault("401", path="*/myself")
    window.reload()
    dialog = switch_on(window)

    expect(dialog).to_contain_text("Jira did not accept this email and token.")
    inspect(window)
    window.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(switch_of(window)).not_to_be_checked()
    expect(switch_of(window)).to_be_focused()
    expect(window).to_have_title("Jira Integration · Plumbline")
