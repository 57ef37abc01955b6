"""An OKR admin has an account deleted, and another suspended and restored, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from atlassian_accounts.models import Account, AccountsSettings, Removal
from atlassian_accounts.removal.carrying import carry_out
from jira_sandbox.admin.testing import SandboxOrganization, above
from jira_sandbox.testing import running_sandbox
from okr.models import Person
from tests.atlassian_accounts.stage import connect, host_of, read
from tests.browser.axe import axe, inspect
from tests.browser.conftest import Windows

pytestmark = pytest.mark.browser
ROOM = "/okr-admin/integration/accounts/"
BEA, CARL = "bea@larkspur.example", "carl@larkspur.example"
EMIL = "emil@elsewhere.example"


@pytest.fixture
def office(settings: Settings, live: LiveServer) -> Iterator[SandboxOrganization]:
    """Connected and read; removing is off, as it is at first."""
    with running_sandbox("small") as sandbox:
        settings.JIRA_ALLOWED_HOSTS = [host_of(sandbox)]
        settings.JIRA_GATEWAY = sandbox.url
        organization = above(sandbox)
        read(connect(organization))
        yield organization


def work() -> None:
    """What a worker does meanwhile."""
    for pk in Removal.objects.open().values_list("pk", flat=True):
        carry_out(pk)


def of(email: str) -> str:
    return f"{ROOM}list/{Account.objects.get(email=email).pk}/"


def dialog(window: Page, button: str) -> None:
    window.get_by_role("link", name=button, exact=True).click()
    expect(window.get_by_role("dialog")).to_be_visible()


def confirm(window: Page, button: str, email: str) -> None:
    window.get_by_label("E-mail address of the account").fill(email)
    window.get_by_role("button", name=button).click()
    expect(window.get_by_role("heading", name="Changes to accounts")).to_be_visible()


def test_an_account_is_deleted_and_another_suspended_and_restored(
    page: Windows, office: SandboxOrganization, olga: Person
):
    window = page(person=olga)
    window.goto(ROOM)
    dialog(window, "Allow removing accounts")
    expect(window.get_by_role("dialog")).to_contain_text("an API key without scopes")
    window.get_by_role("button", name="Allow").click()
    expect(window.get_by_text("Removing accounts is on.")).to_be_visible()

    window.goto(of(BEA))
    dialog(window, "Delete account")
    expect(window.get_by_role("dialog")).to_contain_text("For 14 days")
    axe(window)
    window.get_by_role("button", name="Delete account").click()
    expect(window.get_by_role("dialog")).to_contain_text("There is a problem")
    confirm(window, "Delete account", BEA)
    expect(window.get_by_text("Waits for the background worker.")).to_be_visible()
    inspect(window)
    work()
    expect(window.get_by_text("It can be had back for 14 days.")).to_be_visible()
    assert office.status(BEA) == "for_deletion"

    for button, done in (("Suspend account", "Suspended."), ("Restore account", "Restored.")):
        window.goto(of(EMIL))
        dialog(window, button)
        confirm(window, button, EMIL)
        work()
        expect(window.get_by_text(done).first).to_be_visible()
    assert office.status(EMIL) == "active"


def test_several_are_deleted_from_a_list_without_javascript(
    page: Windows, office: SandboxOrganization, olga: Person
):
    AccountsSettings.load().allow_removing()
    window = page("dark", 390, olga, javascript=False)
    window.goto(f"{ROOM}list/?q=larkspur")
    for name in ("Bea Brandt", "Carl Cohen"):
        window.get_by_label(f"Choose {name}").check()
    window.get_by_label("With the ticked ones").select_option("delete")
    window.get_by_role("button", name="Go on").click()
    expect(window.get_by_role("heading", name="Delete 2 accounts?")).to_be_visible()
    window.get_by_label("Number of accounts").fill("2")
    window.get_by_role("button", name="Delete 2 accounts").click()
    expect(window.get_by_text("Waits for the background worker.")).to_have_count(2)
    work()
    window.reload()
    expect(window.get_by_text("It can be had back for 14 days.")).to_have_count(2)
    assert {office.status(each) for each in (BEA, CARL)} == {"for_deletion"}
