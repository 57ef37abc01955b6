"""The nouns of the Confluence room, one a file."""

from confluence.models.attempt import MARK
from confluence.models.connection import ConfluenceConnection
from confluence.models.evidence import Evidence
from confluence.models.page import Absence, ConfluencePage
from confluence.models.pages_read import PagesRead
from confluence.models.publication import Publication
from confluence.models.published import PublishedPage, Subject
from confluence.models.settings import ConfluenceSettings
from confluence.models.space import PublishingSpace

__all__ = [
    "MARK",
    "Absence",
    "ConfluenceConnection",
    "ConfluencePage",
    "ConfluenceSettings",
    "Evidence",
    "PagesRead",
    "Publication",
    "PublishedPage",
    "PublishingSpace",
    "Subject",
]
