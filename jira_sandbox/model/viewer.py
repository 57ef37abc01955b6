"""What one caller may see: every answer of the API starts here."""

from collections.abc import Iterator
from dataclasses import dataclass

from jira_sandbox.model.issue import Issue
from jira_sandbox.model.nouns import Account, Project, Role
from jira_sandbox.model.planning import Release, SavedFilter, Sprint, release_of
from jira_sandbox.model.site import Site


@dataclass(frozen=True, slots=True)
class Viewer:
    """`account` is None for an anonymous caller; `unseen` are keys that a fault has made vanish.

    On premise an epic is no parent, and points have one field. A lenient viewer's query passes
    over values that mean nothing instead of being refused for them. `inside` are the saved filters
    whose queries are being read.
    """

    site: Site
    account: Account | None
    unseen: frozenset[str] = frozenset()
    on_premise: bool = False
    lenient: bool = False
    inside: frozenset[int] = frozenset()

    @property
    def is_admin(self) -> bool:
        return self.account is not None and self.account.role is Role.ADMIN

    def may_browse(self, project: Project) -> bool:
        if self.account is None or self.account.role is Role.NONE:
            return False
        return self.is_admin or project.browse is Role.MEMBER

    def holds(self, permission: str, project: Project) -> bool:
        """Of those that members have in the projects they see, unless one withholds it."""
        if self.is_admin:
            return True
        withheld = (permission, project.key) in self.site.outside.withheld
        return self.may_browse(project) and not withheld

    def projects(self) -> list[Project]:
        return [each for each in self.site.projects.values() if self.may_browse(each)]

    def project(self, id_or_key: str) -> Project | None:
        for project in self.projects():
            if id_or_key.casefold() in (project.key.casefold(), project.id):
                return project
        return None

    def sees(self, issue: Issue) -> bool:
        if issue.key in self.unseen or not self.may_browse(issue.project):
            return False
        return self.is_admin or not issue.locked

    def issues(self) -> Iterator[Issue]:
        return filter(self.sees, self.site.issues.values())

    def saved_filters(self) -> Iterator[SavedFilter]:
        kept = self.site.filters.values()
        return (each for each in kept if self.account and self._is_shown(each))

    def saved_filter(self, id_or_name: str) -> SavedFilter | None:
        wanted = id_or_name.casefold()
        found = (f for f in self.saved_filters() if wanted in (str(f.id), f.name.casefold()))
        return next(found, None)

    def sprints(self) -> list[Sprint]:
        """Those that hold an issue, by number."""
        names = {issue.sprint for issue in self.issues() if issue.sprint}
        return sorted(map(Sprint, names), key=lambda sprint: (sprint.id, sprint.name))

    def releases(self) -> list[Release]:
        """Those that an issue is to be fixed in."""
        found = {release for issue in self.issues() if (release := release_of(issue))}
        return sorted(found, key=lambda release: (release.project.key, release.name))

    def _is_shown(self, found: SavedFilter) -> bool:
        return found.shared or found.owner == self.account or self.is_admin

    def issue(self, id_or_key: str) -> Issue | None:
        """None whether it is missing or invisible: Jira tells no difference."""
        try:
            issue = self.site.issue(id_or_key)
        except LookupError:
            return None
        return issue if self.sees(issue) else None
