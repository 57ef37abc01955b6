"""The nouns of the Confluence room, one a file."""

from confluence.models.connection import ConfluenceConnection
from confluence.models.evidence import Evidence
from confluence.models.page import Absence, ConfluencePage
from confluence.models.pages_read import PagesRead
from confluence.models.settings import ConfluenceSettings

__all__ = [
    "Absence",
    "ConfluenceConnection",
    "ConfluencePage",
    "ConfluenceSettings",
    "Evidence",
    "PagesRead",
]
