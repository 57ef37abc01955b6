"""The only code that speaks HTTP to Confluence: typed results, one error tree."""

from .address import elsewhere_on_host, read_address
from .cloud import CloudClient
from .data_center import DataCenterClient
from .driver import ConfluenceClient
from .editions import driver_for, recognise_near
from .errors import NoConfluence, NotConfluence, NothingVisible, PageForbidden, VersionConflict
from .records import Account, Page, Server
from .references import Foreign, NoPage, PageNumber, Reference, Titled, Words, read_reference

__all__ = [
    "Account",
    "CloudClient",
    "ConfluenceClient",
    "DataCenterClient",
    "Foreign",
    "NoConfluence",
    "NoPage",
    "NotConfluence",
    "NothingVisible",
    "Page",
    "PageForbidden",
    "PageNumber",
    "Reference",
    "Server",
    "Titled",
    "VersionConflict",
    "Words",
    "driver_for",
    "elsewhere_on_host",
    "read_address",
    "read_reference",
    "recognise_near",
]
