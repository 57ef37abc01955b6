"""The only code that speaks HTTP to Confluence: typed results, one error tree."""

from .address import elsewhere_on_host, read_address
from .cloud import CloudClient
from .data_center import DataCenterClient
from .driver import ConfluenceClient
from .editions import driver_for, publisher_for, recognise_near
from .errors import (
    NoConfluence,
    NotConfluence,
    NothingVisible,
    PageForbidden,
    PageNotSaved,
    PageTooLarge,
    VersionConflict,
)
from .publisher import Publisher
from .records import Account, Page, Server
from .references import Foreign, NoPage, PageNumber, Reference, Titled, Words, read_reference
from .written import NewPage, Revision, Space, Written

__all__ = [
    "Account",
    "CloudClient",
    "ConfluenceClient",
    "DataCenterClient",
    "Foreign",
    "NewPage",
    "NoConfluence",
    "NoPage",
    "NotConfluence",
    "NothingVisible",
    "Page",
    "PageForbidden",
    "PageNotSaved",
    "PageNumber",
    "PageTooLarge",
    "Publisher",
    "Reference",
    "Revision",
    "Server",
    "Space",
    "Titled",
    "VersionConflict",
    "Words",
    "Written",
    "driver_for",
    "elsewhere_on_host",
    "publisher_for",
    "read_address",
    "read_reference",
    "recognise_near",
]
