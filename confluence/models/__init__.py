"""The nouns of the Confluence room, one a file."""

from confluence.models.connection import ConfluenceConnection
from confluence.models.settings import ConfluenceSettings

__all__ = ["ConfluenceConnection", "ConfluenceSettings"]
