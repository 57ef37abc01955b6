"""The only code that speaks HTTP to Jira: typed results, one error tree."""

from .address import SiteAddress, read_address
from .cloud import CloudClient
from .credentials import Credentials, Token
from .errors import JiraError
from .policy import AddressPolicy
from .protocol import JiraClient
from .records import (
    Account,
    Category,
    Field,
    Issue,
    Poisoned,
    Project,
    Server,
    Status,
    Suggestion,
)
from .references import read_reference
from .transport import Patience

__all__ = [
    "Account",
    "AddressPolicy",
    "Category",
    "CloudClient",
    "Credentials",
    "Field",
    "Issue",
    "JiraClient",
    "JiraError",
    "Patience",
    "Poisoned",
    "Project",
    "Server",
    "SiteAddress",
    "Status",
    "Suggestion",
    "Token",
    "read_address",
    "read_reference",
]
