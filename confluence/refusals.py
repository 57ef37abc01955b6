"""Why a page was not published, as the person who asked for it is told."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from atlassian.client import (
    AtlassianError,
    Forbidden,
    MissingScope,
    NotFound,
    QueryRefused,
)
from atlassian.explain import Explanation, facts_of
from confluence.client import PageForbidden
from confluence.explain import WORDS

TAKEN = "already exists"
SOMEBODY = "Somebody"
UNDER_WAY = "This is being published. Look again in a moment."


class NotPublishedError(Exception):
    """Nothing was saved, or nothing that we know of. `field` is what has to be changed, if one."""

    def __init__(self, explanation: Explanation | str, field: str | None = None) -> None:
        super().__init__(str(explanation))
        self.field = field


class BusyError(NotPublishedError):
    """Another press is being answered."""

    def __init__(self) -> None:
        super().__init__(UNDER_WAY)


class UnknownError(NotPublishedError):
    """Confluence did not say what became of it: the next try finds out first."""


class GoneError(NotPublishedError):
    """The page cannot be written: removed, moved or restricted, as the code says."""

    def __init__(self, code: str) -> None:
        super().__init__(WORDS.explain(code, {}))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who saved the page, when, and as which version."""

    version: int
    editor: str
    at: datetime | None


class ChangedError(NotPublishedError):
    """Somebody else saved the page. It is written over only where a person chose to."""

    def __init__(self, conflict: Conflict) -> None:
        facts = {
            "editor": conflict.editor or SOMEBODY,
            "when": f"on {_moment(conflict.at)}" if conflict.at else "meanwhile",
            "version": conflict.version,
        }
        super().__init__(WORDS.explain("page_changed", facts))
        self.conflict = conflict


def is_about_title(error: AtlassianError) -> bool:
    """Whatever bears it, also in the archive, where the store itself finds nothing."""
    told = " ".join(error.messages) if isinstance(error, QueryRefused) else ""
    return TAKEN in told.lower()


def in_words(error: AtlassianError, title: str = "") -> Explanation:
    if title and is_about_title(error):
        return WORDS.explain("title_taken", {"title": title})
    match error:
        case MissingScope():
            return WORDS.explain("write_scope", facts_of(error))
        case QueryRefused():
            facts = facts_of(error)
            told = {"reason": "told"} if facts.get("messages") else {}
            return WORDS.explain("publish_refused", facts | told)
        case Forbidden() | PageForbidden() | NotFound():
            return WORDS.explain("publish_forbidden", facts_of(error))
    return WORDS.explain_to_asker(error)


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B %Y at %H:%M}"
