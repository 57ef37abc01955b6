"""Who is in the organizations above the site, and how each account stands there today."""

from collections.abc import Iterable
from datetime import datetime

from jira_sandbox.admin.bodies import PRODUCTS
from jira_sandbox.board.layout import page
from jira_sandbox.board.markup import Markup, element, join
from jira_sandbox.messages import Request, Response
from jira_sandbox.model.organization import Organization
from jira_sandbox.model.profile import Profile, Standing
from jira_sandbox.model.site import Site

HERE, ONE = "/accounts", "/o/"
HEADS = ("Account", "E-mail", "Managed", "Status", "Groups", "Last used")
STATUSES = {
    "active": "Active",
    "suspended": "Suspended",
    "not_invited": "In no directory",
    "deactivated": "Deactivated",
    "for_deletion": "To be deleted",
}
CLOSED = "Closed"


class AccountsBoard:
    """At `/accounts`, and at the address that an organization has in Atlassian's administration."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def owns(self, request: Request) -> bool:
        return request.path == HERE or request.path.startswith(ONE)

    def answer(self, request: Request) -> Response:
        with self.site.lock:
            every = self.site.people.organizations.by_id
            if request.path == HERE:
                return _shown(every.values(), self.site)
            number = request.path.removeprefix(ONE).partition("/")[0]
            return _shown([every[number]], self.site) if number in every else _unknown()


def address_of(home: Organization) -> str:
    """As `admin.atlassian.com` has it."""
    return f"{ONE}{home.id}"


def _shown(homes: Iterable[Organization], site: Site) -> Response:
    return page(
        "Accounts",
        element("h1", "Accounts"),
        element("p", "The organizations above this site, and everybody whom they know."),
        *(_organization(each, site.clock()) for each in homes),
        current="accounts",
    )


def _unknown() -> Response:
    return page(
        "Unknown organization",
        element("h1", "There is no organization here"),
        element("p", element("a", "All organizations", href=HERE)),
        current="accounts",
        status=404,
    )


def _organization(home: Organization, now: datetime) -> Markup:
    people = sorted(home.listed(), key=lambda profile: profile.display)
    rows = (_row(profile, now) for profile in people)
    heads = join(*(element("th", text, scope="col") for text in HEADS))
    directories = ", ".join(each.name for each in home.directories)
    return element(
        "section",
        element("h2", home.name),
        element("p", "Organization id ", _link(home), f" · {directories}"),
        element(
            "div",
            element(
                "table",
                element("caption", f"{len(people)} accounts"),
                element("thead", element("tr", heads)),
                element("tbody", *rows),
            ),
            class_="scroll",
            tabindex="0",
            role="region",
            aria_label=f"Accounts of {home.name}",
        ),
        class_="box",
    )


def _link(home: Organization) -> Markup:
    return element("a", element("code", home.id), href=address_of(home))


def _row(profile: Profile, now: datetime) -> Markup:
    used = (f"{PRODUCTS[key]}: {at:%-d %b %Y}" for key, at in profile.seen.items())
    cells = (
        profile.display,
        profile.shown_email or "not shown",
        "yes" if profile.managed else "no",
        _status(profile, now),
        ", ".join(profile.groups) or "none",
        "; ".join(used) or "never",
    )
    return element("tr", *(element("td", text) for text in cells))


def _status(profile: Profile, now: datetime) -> str:
    closed = profile.at(now) is Standing.CLOSED
    return CLOSED if closed else STATUSES[profile.status(now)]
