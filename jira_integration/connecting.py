"""Tries an address and credentials once, and tells in five checks how far that came."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from atlassian.checks import PATIENCE, Check, Checked, is_email
from jira_integration.client import (
    Account,
    AddressPolicy,
    BasicOff,
    CloudClient,
    Credentials,
    EmailNeeded,
    Forbidden,
    Issue,
    JiraClient,
    JiraError,
    Kind,
    NotFound,
    NothingVisible,
    OtherAccount,
    Server,
    SiteAddress,
    WrongCredentials,
    driver_for,
    elsewhere_on_host,
    read_address,
    recognise_near,
)

ANY_ISSUE = "created >= -5200w"
"""Jira refuses a search without a bound; this one leaves nothing out."""
ACCESS_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")
"""What may stand behind Bearer; a password that may not is never sent like that."""
NO_SITE = SiteAddress("https", "", 443)
NO_SERVER = Server("", "", "", "")
NO_ACCOUNT = Account("", "", "")


class Step(StrEnum):
    FOUND = "server found"
    SECURE = "secure connection"
    IS_JIRA = "is Jira"
    SIGNED_IN = "signed in"
    CAN_READ = "can read issues"


@dataclass(slots=True)
class Examination(Checked):
    """What is known so far; a record is empty until Jira has said it.

    `api_base` is the site itself, or the gateway where only that took the token.
    """

    steps = tuple(Step)

    email: str
    checks: list[Check] = field(default_factory=list)
    site: SiteAddress = NO_SITE
    server: Server = NO_SERVER
    account: Account = NO_ACCOUNT
    kind: Kind = Kind.API_TOKEN
    cloud_id: str = ""
    api_base: str = ""
    guessed: bool = False
    """Whether it was found at another place of the host than what was typed says."""
    projects: int | None = 0
    """How many are visible; None where the site does not tell."""
    proof: Issue | None = None
    """One issue that the account can read; None where there is none to show."""

    @property
    def connected(self) -> bool:
        """Jira knows the account, even if there is nothing yet that it may read."""
        return self.has_passed(Step.SIGNED_IN)

    @property
    def is_cloud(self) -> bool:
        return self.server.is_cloud

    def client(self, token: str, policy: AddressPolicy, base: str = "") -> JiraClient:
        credentials = Credentials(self.email, token, self.kind)
        driver = driver_for(cloud=self.is_cloud)
        return driver(self.site, credentials, policy, base or self.api_base, patience=PATIENCE)


def examine(
    address_text: str, email: str, token: str, policy: AddressPolicy, *, look_around: bool = True
) -> Examination:
    """Asks once and never raises for what Jira does; the token waits until Jira has answered.

    `look_around` on the host where the address is not quite that of Jira; never with a secret
    that was saved for that very address.
    """
    examined = Examination(email)
    try:
        examined.site = read_address(address_text, policy.allowed_hosts)
        others = elsewhere_on_host(address_text, examined.site) if look_around else []
        site, examined.server = recognise_near(examined.site, others, policy, PATIENCE)
        examined.guessed, examined.site = site != examined.site, site
        _examine_site(examined, token, policy)
    except JiraError as error:
        examined.failed(error)
    return examined


def knows_any_of(
    keys: Mapping[int, str], examined: Examination, token: str, policy: AddressPolicy
) -> bool:
    """Whether an issue that we know by number bears the same key there. May raise JiraError.

    The numbers of another site belong to other issues; some keys always survive on the same one.
    """
    with examined.client(token, policy) as client:
        client.myself()
        found = (issue for batch in client.read_issues(keys) for issue in batch)
        return any(issue.key == keys.get(issue.id) for issue in found)


def _examine_site(examined: Examination, token: str, policy: AddressPolicy) -> None:
    examined.passed(Step.FOUND, Step.SECURE, Step.IS_JIRA)
    if examined.is_cloud:
        _examine_cloud(examined, token, policy)
    else:
        _examine_data_center(examined, token, policy)


def _examine_cloud(examined: Examination, token: str, policy: AddressPolicy) -> None:
    if not is_email(examined.email):
        raise EmailNeeded(host=examined.site.host, email=examined.email)
    site, credentials = examined.site, Credentials(examined.email, token)
    with CloudClient(site, credentials, policy, patience=PATIENCE) as client:
        try:
            _examine_account(examined, client, site.url)
        except WrongCredentials as refused:
            base = "" if examined.connected else _gateway_base(examined, client, policy)
            if not base:
                raise
            _examine_gateway(examined, credentials, policy, base, refused)


def _examine_data_center(examined: Examination, token: str, policy: AddressPolicy) -> None:
    """An access token is tried first: it names nobody, so that what is none brings no account
    nearer to a CAPTCHA. Then, once, a password."""
    if examined.server.takes_access_tokens and ACCESS_TOKEN.fullmatch(token):
        examined.kind = Kind.ACCESS_TOKEN
        try:
            return _sign_in(examined, token, policy)
        except OtherAccount:
            raise
        except WrongCredentials:
            if examined.connected:
                raise
    examined.kind = Kind.PASSWORD
    try:
        _sign_in(examined, token, policy)
    except (WrongCredentials, Forbidden) as refused:
        if examined.connected or not examined.server.doubts_passwords:
            raise
        raise _basic_off(examined, refused) from None


def _sign_in(examined: Examination, token: str, policy: AddressPolicy) -> None:
    with examined.client(token, policy, examined.site.url) as client:
        _examine_account(examined, client, examined.site.url)


def _basic_off(examined: Examination, refused: JiraError) -> BasicOff:
    return BasicOff(host=examined.site.host, email=examined.email, detail=refused.detail)


def _examine_account(examined: Examination, client: JiraClient, base: str) -> None:
    account = client.myself()
    if examined.kind == Kind.ACCESS_TOKEN and not _belongs(account, examined.email):
        owner = account.name or account.login
        raise OtherAccount(host=examined.site.host, email=examined.email, account=owner)
    examined.account, examined.api_base = account, base
    examined.passed(Step.SIGNED_IN)
    examined.projects, jql = _look_around(client)
    if examined.projects == 0:
        raise NothingVisible(account=examined.account.name or examined.email)
    pages = client.search(f"{jql} ORDER BY updated DESC", limit=1)
    examined.proof = next((issue for page in pages for issue in page), None)
    examined.passed(Step.CAN_READ)


def _belongs(account: Account, typed: str) -> bool:
    """Whether that is the account, by user name, key or e-mail; a hidden e-mail may be any."""
    names = {name.casefold() for name in (account.login, account.id, account.email) if name}
    return typed.casefold() in names or (is_email(typed) and not account.email)


def _look_around(client: JiraClient) -> tuple[int | None, str]:
    """How many projects there are to see, and a query that finds their issues."""
    try:
        number = client.count_projects()
        keys = ", ".join(f'"{project.key}"' for project in client.projects()) if number else ""
    except NotFound:
        return None, ANY_ISSUE  # a proxy in front of the site may keep the list of projects back
    return number, f"project in ({keys})"


def _gateway_base(examined: Examination, client: CloudClient, policy: AddressPolicy) -> str:
    """Where a token with scopes is taken; the site itself always answers it with 401."""
    gateway = policy.gateway_for(examined.site)
    if not gateway:
        return ""
    try:
        examined.cloud_id = client.cloud_id()
    except JiraError:
        return ""
    return f"{gateway}/ex/jira/{examined.cloud_id}"


def _examine_gateway(
    examined: Examination,
    credentials: Credentials,
    policy: AddressPolicy,
    base: str,
    refused: WrongCredentials,
) -> None:
    with CloudClient(examined.site, credentials, policy, base, patience=PATIENCE) as client:
        try:
            _examine_account(examined, client, base)
        except NotFound:
            raise refused from None  # the gateway does not know the site
