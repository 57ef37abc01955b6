"""Which accounts a list is about (Atlassian, organizations REST API, "Search for users")."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from jira_sandbox.admin.asking import Filters
from jira_sandbox.admin.refusals import declined
from jira_sandbox.model.organization import Organization
from jira_sandbox.model.profile import Membership, Profile, Standing

STATUSES = ("active", "suspended", "not_invited", "deactivated", "for_deletion")
WORDS = {
    "claimStatus": ("managed", "unmanaged"),
    "status": STATUSES,
    "accountStatus": tuple(Standing),
    "membershipStatus": tuple(Membership),
}
USER = "atlassian/user"


@dataclass(frozen=True, slots=True)
class Candidate:
    profile: Profile
    organization: Organization
    now: datetime

    def group_ids(self) -> Iterator[str]:
        groups = self.organization.groups
        return (group.id for group in groups if group.name in self.profile.groups)

    def roles(self) -> set[str]:
        return {*self.profile.roles, *([USER] if self.profile.products else [])}

    def domain(self) -> str:
        return self.profile.shown_email.rpartition("@")[2]

    def is_called(self, term: str) -> bool:
        names = (self.profile.display, self.profile.shown_email)
        return any(term.casefold() in name.casefold() for name in names)


Test = Callable[[Candidate, list[str]], bool]
TESTS: dict[str, Test] = {
    "accountIds": lambda one, asked: one.profile.id in asked,
    "directoryIds": lambda one, asked: not set(asked).isdisjoint(one.profile.directories),
    "groupIds": lambda one, asked: not set(asked).isdisjoint(one.group_ids()),
    "claimStatus": lambda one, asked: ("managed" in asked) is one.profile.managed,
    "status": lambda one, asked: one.profile.status(one.now) in asked,
    "accountStatus": lambda one, asked: one.profile.at(one.now) in asked,
    "membershipStatus": lambda one, asked: one.profile.membership in asked,
    "roleIds": lambda one, asked: not one.roles().isdisjoint(asked),
    "emailDomains": lambda one, asked: one.domain() in asked,
    "emails": lambda one, asked: one.profile.shown_email in asked,
    "searchTerm": lambda one, asked: all(one.is_called(term) for term in asked),
}


def check(filters: Filters) -> None:
    for name, words in WORDS.items():
        if not set(filters.get(name, ())) <= set(words):
            raise declined("ADMIN-400-24", f"'{name}' is one of {', '.join(words)}.")
    if "emails" in filters and "searchTerm" in filters:
        raise declined("ADMIN-400-24", "'emails' and 'searchTerm' cannot be asked for together.")


def fits(candidate: Candidate, filters: Filters) -> bool:
    return all(TESTS[name](candidate, asked) for name, asked in filters.items() if name in TESTS)
