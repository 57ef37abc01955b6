"""What only Confluence makes of a call: below the tree that all products of Atlassian share."""

from dataclasses import dataclass

from atlassian.client import AtlassianError, StrangeServer


@dataclass(eq=False, kw_only=True)
class NotConfluence(StrangeServer):
    code = "not_confluence"


@dataclass(eq=False, kw_only=True)
class NoConfluence(AtlassianError):
    """A site of Cloud that let nobody in: a wrong token, or no access to Confluence, or none there.

    Which of them, Confluence does not tell.
    """

    code = "no_confluence"
    stops_connection = True
    host: str
    email: str


@dataclass(eq=False, kw_only=True)
class NothingVisible(AtlassianError):
    """No page at all may be read, so that there is nothing to attach."""

    code = "nothing_visible"
    account: str


@dataclass(eq=False, kw_only=True)
class PageForbidden(AtlassianError):
    """This page alone; nothing is wrong with the connection."""

    code = "page_forbidden"


@dataclass(eq=False, kw_only=True)
class VersionConflict(AtlassianError):
    """409, or from some versions of Data Center 400: somebody saved the page meanwhile."""

    code = "version_conflict"


@dataclass(eq=False, kw_only=True)
class PageTooLarge(AtlassianError):
    """413: nothing was saved."""

    code = "page_too_large"


@dataclass(eq=False, kw_only=True)
class PageNotSaved(AtlassianError):
    """Accepted, and yet the page is not what was sent."""

    code = "broken_answer"
