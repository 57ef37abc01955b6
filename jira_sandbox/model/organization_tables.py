"""Growing the organizations of a seed from its tables, dated backwards like everything else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid5

from jira_sandbox.model.nouns import Account
from jira_sandbox.model.organization import (
    Directory,
    Group,
    Organization,
    OrganizationKey,
    Organizations,
)
from jira_sandbox.model.profile import Membership, Profile, Standing
from jira_sandbox.model.tables import Row, read_table

UNSCOPED, EXPIRED = "all", "expired"
SUSPENDED, NOT_INVITED, DELETED = "suspended", "not-invited", "deleted"
DELETED_SINCE = 3


@dataclass(frozen=True)
class Seeding:
    """`accounts` are those of the site, by the name that both tables use."""

    namespace: UUID
    accounts: Mapping[str, Account]
    now: datetime

    def organizations(self, seed: str) -> Organizations:
        found = {row["name"]: self._organization(row) for row in read_table(seed, "organizations")}
        for row in read_table(seed, "groups"):
            home = found[row["organization"]]
            home.groups += (self._group(home, row),)
        makers = {}
        for row in read_table(seed, "accounts"):
            profile = self._profile(found[row["organization"]], row)
            found[row["organization"]].profiles[profile.id] = profile
            makers[row["name"]] = profile.id
        return Organizations(found.values(), _keys(seed, found, makers))

    def _organization(self, row: Row) -> Organization:
        names = [name.strip() for name in row["directories"].split(",")]
        directories = (Directory(self._id(f"directory/{name}"), name) for name in names)
        return Organization(
            self._id(f"organization/{row['name']}"), row["name"], tuple(directories)
        )

    def _group(self, home: Organization, row: Row) -> Group:
        directory = next(each for each in home.directories if each.name == row["directory"])
        number = self._id(f"group/{home.name}/{row['name']}")
        return Group(number, row["name"], row["description"], directory)

    def _profile(self, home: Organization, row: Row) -> Profile:
        """An account of the site has its name and its address from there."""
        account = self.accounts.get(row["name"])
        claim, products = row["claim"].split(), dict(_pairs(row["products"]))
        email = account.email if account else row["email"]
        return Profile(
            id=account.id if account else f"712020:{uuid5(self.namespace, email or row['name'])}",
            display=account.display if account else row["display"],
            email=email,
            managed="managed" in claim,
            added=self._moment(row["added"], row["name"]),
            standing=_standing(row["standing"]),
            directories=_memberships(home, row),
            roles=tuple(row["roles"].split()),
            groups=tuple(row["groups"].split()),
            products=tuple(products),
            seen={key: self._moment(ago, row["name"]) for key, ago in products.items() if ago},
            synced="synced" in claim,
            hidden="hidden" in claim or (account is not None and not account.email_shown),
            deleted_at=self.now - timedelta(days=DELETED_SINCE)
            if row["standing"] == DELETED
            else None,
        )

    def _id(self, name: str) -> str:
        return str(uuid5(self.namespace, name))

    def _moment(self, days_ago: str, name: str) -> datetime:
        """In the working hours of that day, a little different for everybody, never to come."""
        spread = sum(name.encode())
        at = time(7 + spread % 4, spread * 7 % 60, spread * 13 % 60, tzinfo=UTC)
        day = self.now.date() - timedelta(days=int(days_ago))
        return min(datetime.combine(day, at), self.now.replace(microsecond=0))


def _keys(
    seed: str, found: Mapping[str, Organization], makers: Mapping[str, str]
) -> Iterator[OrganizationKey]:
    for row in read_table(seed, "organization_keys"):
        words = frozenset(row["scopes"].split())
        yield OrganizationKey(
            secret=row["key"],
            organization=found[row["organization"]].id,
            maker=makers[row["maker"]],
            scopes=words - {UNSCOPED, EXPIRED},
            expired=EXPIRED in words,
        )


def _pairs(cell: str) -> Iterator[tuple[str, str]]:
    """A product and how many days ago it was used last, which is empty where it never was."""
    for word in cell.split():
        product, _, ago = word.partition(":")
        yield product, ago.strip("-")


def _standing(word: str) -> Standing:
    return Standing(word) if word in set(Standing) else Standing.ACTIVE


def _memberships(home: Organization, row: Row) -> dict[str, Membership]:
    """In the directories of its groups; who is in no group is in the first."""
    if row["standing"] in (NOT_INVITED, Standing.CLOSED):
        return {}
    words = row["groups"].split()
    named = {group.directory.id for group in home.groups if group.name in words}
    membership = Membership.SUSPENDED if row["standing"] == SUSPENDED else Membership.ACTIVE
    return dict.fromkeys(sorted(named) or [home.directories[0].id], membership)
