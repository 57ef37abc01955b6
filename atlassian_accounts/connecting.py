"""Tries an organization's API key, or somebody's token at a site, and tells how far that came."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from atlassian.checks import PATIENCE, Check, Checked, is_email
from atlassian.client import (
    AddressPolicy,
    AtlassianError,
    Credentials,
    EmailNeeded,
    Forbidden,
    NotFound,
    QueryRefused,
    RateLimited,
    SiteAddress,
    WrongCredentials,
)
from atlassian_accounts.client import (
    KeyTooNarrow,
    OrganizationClient,
    SiteClient,
    UnknownOrganization,
    gateway_of,
)
from atlassian_accounts.models import Source

ANSWERED = (WrongCredentials, Forbidden, NotFound, QueryRefused, RateLimited)
"""Refusals that only Atlassian itself can have given: what is asked was found, and is it."""


class OrganizationStep(StrEnum):
    FOUND = "server found"
    SECURE = "secure connection"
    IS_ATLASSIAN = "is Atlassian"
    KEY_TAKEN = "API key accepted"
    RIGHT_ONE = "organization found"
    CAN_READ = "can read accounts"


class SiteStep(StrEnum):
    FOUND = "server found"
    SECURE = "secure connection"
    IS_ATLASSIAN = "is a site of Atlassian Cloud"
    SIGNED_IN = "signed in"
    CAN_READ = "can read accounts"


@dataclass(slots=True)
class Examination(Checked):
    """What is known so far, whichever of the two it is."""

    admin_email: str
    admin_url: str
    site: SiteAddress
    source: Source = Source.ORGANIZATION
    checks: list[Check] = field(default_factory=list)
    guessed: bool = False
    organization_id: str = ""
    organization_name: str = ""
    server: str = ""
    api_base: str = ""
    account_id: str = ""


@dataclass(slots=True)
class OrganizationExamination(Examination):
    steps = tuple(OrganizationStep)


@dataclass(slots=True)
class SiteExamination(Examination):
    steps = tuple(SiteStep)


def examine_organization(
    email: str, url: str, organization_id: str, key: str, policy: AddressPolicy
) -> OrganizationExamination:
    """Asks once and never raises for what Atlassian does."""
    base = gateway_of(url, policy)
    examined = OrganizationExamination(email, url, SiteAddress.from_url(base))
    examined.organization_id, examined.api_base = organization_id, base
    with OrganizationClient(
        organization_id, key, policy, base, email=email, patience=PATIENCE
    ) as client:
        _until_failure(examined, lambda: _ask_organization(examined, client))
    return examined


def examine_site(
    email: str, url: str, site: SiteAddress, token: str, policy: AddressPolicy
) -> SiteExamination:
    examined = SiteExamination(email, url, site, Source.SITE, server=site.url)
    _until_failure(examined, lambda: _ask_site(examined, token, policy))
    return examined


def _until_failure(examined: Examination, ask: Callable[[], None]) -> None:
    try:
        ask()
    except AtlassianError as error:
        if isinstance(error, ANSWERED) and not examined.checks:
            examined.passed(*examined.steps[:3])
        if isinstance(error, UnknownOrganization | KeyTooNarrow) and len(examined.checks) == 3:
            examined.passed(OrganizationStep.KEY_TAKEN)
        examined.failed(error)


def _ask_organization(examined: Examination, client: OrganizationClient) -> None:
    found = client.organization()
    examined.organization_name = found.name
    examined.passed(*list(OrganizationStep)[:5])
    client.profiles()
    mine = client.find(examined.admin_email)
    examined.account_id = mine.id if mine else ""
    examined.passed(OrganizationStep.CAN_READ)


def _ask_site(examined: SiteExamination, token: str, policy: AddressPolicy) -> None:
    """A token with scopes is taken by the gateway alone: the site always answers it with 401."""
    if not is_email(examined.admin_email):
        raise EmailNeeded(host=examined.site.host, email=examined.admin_email)
    credentials = Credentials(examined.admin_email, token)
    with SiteClient(examined.site, credentials, policy, patience=PATIENCE) as client:
        cloud_id = client.cloud_id()
        examined.passed(*list(SiteStep)[:3])
        try:
            _sign_in(examined, client, examined.site.url)
        except WrongCredentials as refused:
            gateway = policy.gateway_for(examined.site)
            if not gateway or examined.has_passed(SiteStep.SIGNED_IN):
                raise
            _ask_gateway(examined, credentials, policy, f"{gateway}/ex/jira/{cloud_id}", refused)


def _ask_gateway(
    examined: SiteExamination,
    credentials: Credentials,
    policy: AddressPolicy,
    base: str,
    refused: WrongCredentials,
) -> None:
    with SiteClient(examined.site, credentials, policy, base, patience=PATIENCE) as client:
        try:
            _sign_in(examined, client, base)
        except NotFound:
            raise refused from None  # the gateway does not know the site


def _sign_in(examined: SiteExamination, client: SiteClient, base: str) -> None:
    examined.account_id, examined.api_base = client.myself().id, base
    examined.passed(SiteStep.SIGNED_IN)
    client.profiles()
    examined.passed(SiteStep.CAN_READ)
