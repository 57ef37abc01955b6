"""What Connect tells of an organization's key and of a site's token: each cause by itself."""

import logging

import pytest

from atlassian.allowed_calls import policy_from_settings
from atlassian.client.policy import DEFAULT_GATEWAY
from atlassian_accounts.connecting import (
    OrganizationStep,
    SiteStep,
    examine_organization,
    examine_site,
)
from atlassian_accounts.explain import WORDS
from atlassian_accounts.models import AccountsSettings, OrganizationConnection
from tests.atlassian_accounts.stage import ADMIN, jira_site, read
from tests.cast import signed_in
from tests.jira_integration.test_audit_secrets import everything_told

PAGE = "/okr-admin/integration/accounts/"


def ended_at(examined):
    return next((check.step for check in examined.checks if check.error), None)


def examine(organization, key="", organization_id=""):
    number = organization_id or organization.id
    return examine_organization(ADMIN, "", number, key or organization.key, policy_from_settings())


def test_a_good_key_passes_every_check_and_names_the_organization(organization):
    examined = examine(organization)
    assert [check.step for check in examined.checks] == list(OrganizationStep)
    assert examined.failure is None
    assert examined.organization_name == organization.name
    assert examined.account_id == organization.account(ADMIN).id


REFUSED = {
    "wrong": ("nonsense", OrganizationStep.KEY_TAKEN, "did not accept this API key"),
    "expired": ("sandbox-expired-key", OrganizationStep.KEY_TAKEN, "did not accept this API key"),
    "thin": ("sandbox-thin-key", OrganizationStep.CAN_READ, "it may not read users"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_key_ends_at_its_check(organization, case):
    key, step, words = REFUSED[case]
    examined = examine(organization, key)
    assert ended_at(examined) == step, examined.failure
    assert words in WORDS.explain_to_asker(examined.failure).sentence


def test_a_key_with_scopes_is_told_of_no_organization_and_reads_its_own_all_the_same(organization):
    examined = examine(organization, organization.reading_key)
    assert [check.step for check in examined.checks] == list(OrganizationStep)
    assert (examined.failure, examined.organization_name) == (None, organization.name)


@pytest.mark.parametrize("key", ["sandbox-organization-key", "sandbox-reading-key"])
def test_a_key_of_another_organization_says_so(organization, key):
    examined = examine(organization, key, "00000000-0000-0000-0000-000000000000")
    assert ended_at(examined) == OrganizationStep.RIGHT_ONE
    assert "another organization" in WORDS.explain_to_asker(examined.failure).sentence


@pytest.mark.parametrize("fault", ["html", "500", "reset", "invalid-json", "redirect"])
def test_what_is_no_answer_of_atlassian_ends_before_the_key_is_judged(organization, jira, fault):
    jira.fault(fault)
    examined = examine(organization)
    assert ended_at(examined) == OrganizationStep.IS_ATLASSIAN
    assert organization.key not in str(examined)


@pytest.mark.parametrize(
    ("token", "step"),
    [("sandbox-admin-token", None), ("nonsense", SiteStep.SIGNED_IN)],
)
def test_a_single_site_is_read_with_the_token_of_an_administrator(jira, token, step):
    examined = examine_site(ADMIN, jira.url, jira_site(jira), token, policy_from_settings())
    assert ended_at(examined) == step
    assert (examined.api_base == jira.url) is (step is None)


def boxes(organization, **others):
    typed = {"label": "Head office", "admin_email": ADMIN, "organization_id": organization.id}
    return typed | {"organization_key": organization.key} | others


def test_connecting_saves_a_sealed_secret_turns_reading_on_and_asks_for_a_reading(
    organization, olga
):
    answer = signed_in(olga).post(f"{PAGE}connect/", boxes(organization))
    assert answer.status_code == 302
    connection = OrganizationConnection.objects.get()
    assert organization.key not in connection.sealed_secret
    assert connection.opened() == organization.key
    assert AccountsSettings.load().enabled
    assert connection.readings.open().count() == 1


def test_a_refused_key_saves_nothing_and_is_not_sent_back(organization, olga):
    typed = boxes(organization, organization_key="canary-3f9c1e77")
    answer = signed_in(olga).post(f"{PAGE}connect/", typed)
    assert answer.status_code == 422
    assert "did not accept this API key" in answer.content.decode()
    assert "canary-3f9c1e77" not in answer.content.decode()
    assert not OrganizationConnection.objects.exists()


def test_a_taken_key_comes_out_nowhere(organization, olga, caplog):
    """Neither on pages, nor in the audit log and its files, nor in the lines of the log."""
    canary = "canary-9c40e2-of-a-page"
    keys = organization.site.people.organizations.keys
    keys[canary] = keys[organization.key]
    client = signed_in(olga)
    with caplog.at_level(logging.DEBUG):
        client.post(f"{PAGE}connect/", boxes(organization, organization_key=canary))
        connection = OrganizationConnection.objects.get()
        client.post(
            f"{PAGE}{connection.pk}/credentials/",
            boxes(organization, label="Works", organization_key=""),
        )
        read(connection)
        pages = [PAGE, f"{PAGE}{connection.pk}/credentials/", f"{PAGE}activity/"]
        told = "".join(client.get(page).content.decode() for page in pages)
    assert connection.opened() == canary
    assert canary not in told + everything_told(client, caplog)


WRONG = {
    "no label": ({"label": ""}, "Give the organization a label"),
    "no id": ({"organization_id": ""}, "Enter the organization ID"),
    "odd id": ({"organization_id": "../other"}, "letters, digits and hyphens only"),
    "odd url": ({"admin_url": "javascript://x/%0aalert(1)"}, "Enter an address, as"),
    "neither": ({"organization_key": ""}, "Paste the API key of the organization"),
    "both": ({"api_token": "sandbox-admin-token"}, "leave this box empty"),
    "token without site": (
        {"organization_key": "", "api_token": "sandbox-admin-token"},
        "Enter the address of the site",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_tried_is_said_at_its_box_and_nobody_is_asked(
    organization, jira, olga, case
):
    typed, words = WRONG[case]
    answer = signed_in(olga).post(f"{PAGE}connect/", boxes(organization, **typed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not jira.calls


def test_the_id_is_read_out_of_the_address_of_the_administration(organization, olga):
    url = f"https://admin.atlassian.com/o/{organization.id}/users"
    typed = boxes(organization, organization_id="", admin_url=url)
    assert signed_in(olga).post(f"{PAGE}connect/", typed).status_code == 302
    assert OrganizationConnection.objects.get().organization_id == organization.id


def test_an_organization_at_a_listed_host_is_asked_there(organization, jira, olga, settings):
    settings.JIRA_GATEWAY = DEFAULT_GATEWAY
    client = signed_in(olga)
    typed = boxes(organization, organization_id="", admin_url=organization.address)
    assert client.post(f"{PAGE}connect/", typed).status_code == 302
    connection = OrganizationConnection.objects.get()
    assert (connection.organization_id, connection.api_base) == (organization.id, jira.url)

    elsewhere = boxes(organization, organization_key="")
    again = client.post(f"{PAGE}{connection.pk}/credentials/", elsewhere)
    assert "A saved one is never sent to another" in again.content.decode()


def test_a_saved_key_stays_for_its_organization_and_goes_to_no_other(
    connection, organization, olga
):
    client, place = signed_in(olga), f"{PAGE}{connection.pk}/credentials/"
    kept = boxes(organization, organization_key="", label="Works")
    assert client.post(place, kept).status_code == 302
    connection.refresh_from_db()
    assert (connection.label, connection.opened()) == ("Works", organization.key)
    other = client.post(place, kept | {"organization_id": "another"})
    assert "A saved one is never sent to another" in other.content.decode()


def test_one_organization_is_connected_once(connection, organization, olga):
    typed = boxes(organization, label="Again")
    answer = signed_in(olga).post(f"{PAGE}connect/", typed)
    assert "connected already, as Head office" in answer.content.decode()
