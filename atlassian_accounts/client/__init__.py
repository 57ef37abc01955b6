"""The only code that asks the administration of Atlassian: typed results, one error tree."""

from .errors import (
    AccountGone,
    DeedRefused,
    KeyTooNarrow,
    NotAtlassian,
    NotManaged,
    OwnAccount,
    SyncedAccount,
    UnknownOrganization,
)
from .organization import OrganizationClient
from .places import gateway_of, organization_in, read_site
from .records import Group, Organization, Page, Product, Profile, Status
from .site import SiteClient

__all__ = [
    "AccountGone",
    "DeedRefused",
    "Group",
    "KeyTooNarrow",
    "NotAtlassian",
    "NotManaged",
    "Organization",
    "OrganizationClient",
    "OwnAccount",
    "Page",
    "Product",
    "Profile",
    "SiteClient",
    "Status",
    "SyncedAccount",
    "UnknownOrganization",
    "gateway_of",
    "organization_in",
    "read_site",
]
