"""Reads the issues directly below others: by `parent`, and by Epic Link where the site has it."""

from collections.abc import Iterator, Sequence

from atlassian.client import QueryRefused

from .driver import Driver
from .records import Extra, Issue

PARENTS_AT_ONCE = 100
PARENT = "parent"


class BelowDriver(Driver):
    parent_suffices = False
    """Whether `parent` also names the epic of a story, so that one may do without Epic Link."""
    _epic_link: str | None = None
    """The number of the field; empty where the site has none."""

    def children(
        self, parents: Sequence[int], numbers: Sequence[str] = ()
    ) -> Iterator[list[Issue]]:
        """In pages; each names its parent in `parents`. At most PARENTS_AT_ONCE are asked for.

        Raises QueryRefused where Jira takes none of the ways to ask.
        """
        refused: QueryRefused | None = None
        fields = (PARENT, *([f"customfield_{self.epic_link}"] if self.epic_link else []))
        for jql in self._ways(parents):
            try:
                yield from self._pages(jql, Extra(tuple(numbers), fields))
            except QueryRefused as error:
                refused = refused or error
            else:
                if refused and jql.startswith(PARENT) and self.parent_suffices:
                    self._epic_link = ""
                return
        if refused:
            raise refused

    @property
    def epic_link(self) -> str:
        if self._epic_link is None:
            found = (field.epic_link for field in self.fields())
            self._epic_link = next((number for number in found if number), "")
        return self._epic_link

    def _ways(self, parents: Sequence[int]) -> list[str]:
        """The whole question, then its halves, since a site may know only one of them. Where half
        an answer may not be all, only a single parent is asked for by halves."""
        listed = f"in ({', '.join(map(str, parents))})"
        by_parent, by_epic = f"{PARENT} {listed}", f"cf[{self.epic_link}] {listed}"
        if not self.epic_link:
            return [by_parent]
        both = f"{by_parent} OR {by_epic}"
        if self.parent_suffices or len(parents) == 1:
            return [both, by_parent, by_epic]
        return [both]

    def _pages(self, jql: str, extra: Extra) -> Iterator[list[Issue]]:
        raise NotImplementedError
