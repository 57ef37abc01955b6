"""Two sites at once: the second is connected, a key result follows both, one of them fails."""

import pytest
from playwright.sync_api import Page, expect

from jira_integration.models import JiraConnection
from jira_sandbox.testing import SandboxDataCenter, running_data_center
from tests.browser.axe import axe
from tests.jira_integration.stage import link, read

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("connection")]
JIRA = "/okr-admin/integration/jira/"
FIELD = "#id_text"
WINDOWS = pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])


@pytest.fixture
def data_center(settings):
    """Another Jira with the same keys, below a context path."""
    with running_data_center("small") as jira:
        settings.JIRA_ALLOWED_HOSTS = [*settings.JIRA_ALLOWED_HOSTS, jira.place]
        yield jira


def connect_another(window: Page, jira: SandboxDataCenter) -> JiraConnection:
    window.goto(JIRA)
    window.click("#connect-another")
    window.get_by_label("Name of this site").fill("Support desk")
    window.get_by_label("Email Address (In Jira)").fill(jira.email)
    window.get_by_label("Server").fill(f"{jira.url}/servicedesk/customer/portal/1")
    window.get_by_role("textbox", name="API Token").fill(jira.token)
    window.get_by_role("button", name="Connect", exact=True).click()
    expect(window.get_by_text(f"Connected to {jira.url} as")).to_be_visible()
    return JiraConnection.objects.get(name="Support desk")


def link_by_address(window: Page, site: JiraConnection) -> None:
    """DEMO-8, which is there on both sites: the address that is pasted tells which is meant."""
    window.click("#link-jira")
    expect(window.get_by_label("Site")).to_be_visible()
    window.fill(FIELD, f"{site.server}/browse/DEMO-8")
    expect(window.locator("#link-submit")).to_have_text("Link 1 issue")
    expect(window.get_by_label("Site")).to_have_value(str(site.pk))
    window.click("#link-submit")
    expect(window.get_by_text("Linked. The progress follows in a moment.")).to_be_visible()


def test_a_key_result_of_two_sites_goes_on_while_one_is_silent(
    page, olga, jira, data_center, connection, key_result
):
    admin = page(person=olga)
    support = connect_another(admin, data_center)
    expect(admin.get_by_role("heading", name="Support desk")).to_be_visible()
    expect(admin.get_by_text("2 sites are connected: 2 healthy.")).to_be_visible()

    ben = page(person=key_result.owner)
    ben.goto(f"/key-results/{key_result.pk}/")
    for site in (connection, support):
        link_by_address(ben, site)
        read(at=site)
    expect(ben.locator(".hero-number")).to_have_text("50%")
    expect(ben.locator(".why-table tbody tr")).to_have_count(2)
    expect(ben.locator(".why-table").get_by_text("Support desk")).to_be_visible()

    data_center.fault("503")
    read(at=support)
    jira.move("DEMO-8", "Done")
    read(at=connection)

    expect(ben.locator(".hero-number")).to_have_text("75%")
    expect(ben.get_by_text("Support desk has not answered since")).to_be_visible()
    expect(ben.get_by_text("those of Larkspur still follow")).to_be_visible()
    admin.reload()
    expect(admin.get_by_text("2 sites are connected: 1 delayed, 1 healthy.")).to_be_visible()


@WINDOWS
def test_everybody_can_use_the_pages_of_several_sites(page, olga, support, theme, width):
    window = page(theme, width, olga)
    own = f"{JIRA}sites/{support.pk}/manage/"
    for place in (JIRA, own, f"{JIRA}manage/", f"{JIRA}activity/", f"{own}remove/"):
        window.goto(place)
        axe(window)


@WINDOWS
def test_everybody_can_choose_a_site(page, connection, support, key_result, theme, width):
    link(key_result, "DEMO-8", at=connection)
    read(at=connection)
    window = page(theme, width, key_result.owner)
    window.goto(f"/key-results/{key_result.pk}/")
    axe(window)
    window.click("#link-jira")
    expect(window.get_by_text("Recent issues in Larkspur")).to_be_visible()
    window.get_by_label("Site").select_option(str(support.pk))
    expect(window.get_by_text("Recent issues in Support")).to_be_visible()
    axe(window)


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_several_sites_do_not_scroll_sideways(page, olga, support, width):
    support.rename("Averyveryverylongnameofasitewithoutanyspace" + "x" * 30)
    window = page("light", width, olga)
    for place in (JIRA, f"{JIRA}sites/{support.pk}/manage/", f"{JIRA}activity/"):
        window.goto(place)
        assert window.locator("html").evaluate("e => e.scrollWidth <= e.clientWidth"), place
