"""Who is asking: the API key of an organization, and nothing else.

Basic credentials and tokens of a site get 401 here, as does a key whose time is over.
"""

from jira_sandbox.admin.refusals import DeclinedError, declined
from jira_sandbox.messages import Request
from jira_sandbox.model.organization import OrganizationKey
from jira_sandbox.model.site import Site

ACCOUNTS, DIRECTORIES = "read:accounts:admin", "read:directories:admin"
UNSCOPED = "unscoped"
"""Named where a scope would stand: only a key without scopes does this."""


def identify(request: Request, site: Site) -> OrganizationKey:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    key = (
        site.people.organizations.keys.get(secret.strip())
        if scheme.casefold() == "bearer"
        else None
    )
    if key is None or key.expired or request.expired:
        raise declined("ADMIN-UAM-401-1", "The API key is missing, wrong or expired.")
    return key


def check_scope(key: OrganizationKey, needed: str) -> None:
    """For the organizations API. No scope is needed where none is named."""
    if needed and key.scopes and needed not in key.scopes:
        raise declined("ADMIN-UAM-403-1", "The API key does not have the scope that this needs.")


def refuse_scoped(key: OrganizationKey) -> None:
    """User management takes keys without scopes alone, and names one that nobody can choose.

    Both words were seen in an answer to a live key; what stands around them is not certain.
    """
    if key.scopes:
        context = {"allowedScopes": ["manage:org"]}
        raise DeclinedError(403, {"key": "forbidden.insufficientScope", "context": context})
