"""Tries an address and credentials once, and tells in five checks how far that came."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from atlassian.checks import PATIENCE, Check, Checked, is_email
from atlassian.client import (
    AddressPolicy,
    AtlassianError,
    Credentials,
    EmailNeeded,
    Kind,
    NotFound,
    OtherAccount,
    SiteAddress,
    WrongCredentials,
)
from confluence.client import (
    Account,
    ConfluenceClient,
    NothingVisible,
    Page,
    Server,
    driver_for,
    elsewhere_on_host,
    read_address,
    recognise_near,
)

ACCESS_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")
"""What may stand behind Bearer; a password that may not is never sent like that."""
NO_SITE = SiteAddress("https", "", 443)
NO_SERVER = Server(is_cloud=False)
NO_ACCOUNT = Account("", "")


class Step(StrEnum):
    FOUND = "server found"
    SECURE = "secure connection"
    IS_CONFLUENCE = "is Confluence"
    SIGNED_IN = "signed in"
    CAN_READ = "can read pages"


@dataclass(slots=True)
class Examination(Checked):
    """What is known so far; a record is empty until Confluence has said it.

    `api_base` is the site itself, or the gateway where only that took the token.
    """

    steps = tuple(Step)

    email: str
    checks: list[Check] = field(default_factory=list)
    site: SiteAddress = NO_SITE
    server: Server = NO_SERVER
    account: Account = NO_ACCOUNT
    kind: Kind = Kind.API_TOKEN
    api_base: str = ""
    guessed: bool = False
    """Whether it was found at another place of the host than what was typed says."""
    proof: Page | None = None
    """The page that was edited last, of those that the account can read."""

    @property
    def connected(self) -> bool:
        """Confluence knows the account, even if there is nothing yet that it may read."""
        return self.has_passed(Step.SIGNED_IN)

    @property
    def is_cloud(self) -> bool:
        return self.server.is_cloud

    @property
    def cloud_id(self) -> str:
        """Only where the gateway is asked: elsewhere nobody needs it."""
        return self.server.cloud_id if self.api_base != self.site.url else ""

    def client(self, token: str, policy: AddressPolicy, base: str = "") -> ConfluenceClient:
        credentials = Credentials(self.email, token, self.kind)
        driver = driver_for(cloud=self.is_cloud)
        return driver(self.site, credentials, policy, base or self.api_base, patience=PATIENCE)


def examine(
    address_text: str, email: str, token: str, policy: AddressPolicy, *, look_around: bool = True
) -> Examination:
    """Asks once and never raises for what Confluence does; the token waits until it has answered.

    `look_around` on the host where the address is not quite that of Confluence; never with a secret
    that was saved for that very address.
    """
    examined = Examination(email)
    try:
        examined.site = read_address(address_text, policy.allowed_hosts)
        others = elsewhere_on_host(address_text, examined.site) if look_around else []
        site, examined.server = recognise_near(examined.site, others, policy, PATIENCE)
        examined.guessed = site.origin != examined.site.origin or (
            not examined.is_cloud and site != examined.site
        )
        examined.site = site
        examined.passed(Step.FOUND, Step.SECURE, Step.IS_CONFLUENCE)
        look = _examine_cloud if examined.is_cloud else _examine_data_center
        look(examined, token, policy)
    except AtlassianError as error:
        examined.failed(error)
    return examined


def knows_any_of(
    titles: Mapping[int, str], examined: Examination, token: str, policy: AddressPolicy
) -> bool:
    """Whether a page that we know by number bears the same title there. May raise AtlassianError.

    The numbers of another Confluence belong to other pages; some titles survive on the same one.
    """
    with examined.client(token, policy) as client:
        return any(titles[page.id] == page.title for page in client.pages(list(titles)))


def _examine_cloud(examined: Examination, token: str, policy: AddressPolicy) -> None:
    """A token with scopes is taken by the gateway alone: the site answers it with 401."""
    if not is_email(examined.email):
        raise EmailNeeded(host=examined.site.host, email=examined.email)
    try:
        return _sign_in(examined, token, policy, examined.site.url)
    except WrongCredentials as error:
        gateway = policy.gateway_for(examined.site)
        if examined.connected or not gateway:
            raise
        refused = error
    try:
        _sign_in(examined, token, policy, f"{gateway}/ex/confluence/{examined.server.cloud_id}")
    except NotFound:
        raise refused from None  # the gateway does not know the site


def _examine_data_center(examined: Examination, token: str, policy: AddressPolicy) -> None:
    """An access token is tried first: it names nobody, so that what is none brings no account
    nearer to a CAPTCHA. Then, once, a password."""
    if examined.server.takes_access_tokens and ACCESS_TOKEN.fullmatch(token):
        examined.kind = Kind.ACCESS_TOKEN
        if _takes(examined, token, policy):
            return
    examined.kind = Kind.PASSWORD
    _sign_in(examined, token, policy, examined.site.url)


def _takes(examined: Examination, token: str, policy: AddressPolicy) -> bool:
    """Whether it is a personal access token. Raises where it is, and something else is wrong."""
    try:
        _sign_in(examined, token, policy, examined.site.url)
    except OtherAccount:
        raise
    except WrongCredentials:
        if examined.connected:
            raise
        return False
    return True


def _sign_in(examined: Examination, token: str, policy: AddressPolicy, base: str) -> None:
    with examined.client(token, policy, base) as client:
        _examine_account(examined, client, base)


def _examine_account(examined: Examination, client: ConfluenceClient, base: str) -> None:
    account = client.myself()
    if examined.kind == Kind.ACCESS_TOKEN and not _belongs(account, examined.email):
        owner = account.name or account.login
        raise OtherAccount(host=examined.site.host, email=examined.email, account=owner)
    examined.account, examined.api_base = account, base
    examined.passed(Step.SIGNED_IN)
    examined.proof = next(iter(client.search("", 1)), None)
    if examined.proof is None:
        raise NothingVisible(account=account.name or examined.email)
    examined.passed(Step.CAN_READ)


def _belongs(account: Account, typed: str) -> bool:
    """Whether that is the account, by user name or key; Confluence tells no e-mail address."""
    names = {name.casefold() for name in (account.login, account.id, account.email) if name}
    return typed.casefold() in names or (is_email(typed) and not account.email)
