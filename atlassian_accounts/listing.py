"""The accounts as a list that is searched, filtered, paged and taken away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.db.models.functions import Lower

from atlassian_accounts.models import (
    Account,
    AccountGroup,
    AccountStatus,
    Membership,
    OrganizationConnection,
    ProductUse,
)
from atlassian_accounts.models.account import AccountQuerySet, known_by_email
from atlassian_accounts.models.groups import product_name
from okr.models import Person

A_PAGE, MOST_WORDS, A_ROW_HOLDS = 25, 10, 3
NUMBER_LENGTH = 18
BELONGS = {
    "ours": "Belongs to somebody here",
    "left": "Belongs to somebody who left",
    "locked": "Inactive, and the person is active",
    "unused": "Never used Jira",
    "nobody": "Belongs to nobody here",
    "hidden": "E-mail hidden",
}
SORTS = {"name": "Name", "last_active": "Last active", "status": "Status"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything unknown is left out."""

    words: str = ""
    organization: str = ""
    status: str = ""
    group: str = ""
    product: str = ""
    belongs: str = ""
    gone: str = ""
    sort: str = "name"

    @property
    def is_set(self) -> bool:
        named = (self.organization, self.status, self.group, self.product, self.belongs, self.gone)
        return any((self.words, *named))

    def accounts(self) -> AccountQuerySet:
        found = self._belonging(Account.objects.searched(self.words.split()[:MOST_WORDS]))
        found = found.exclude(gone_at=None) if self.gone else found.there()
        if (pk := _number(self.organization)) is not None:
            found = found.filter(connection=pk)
        if self.status in AccountStatus:
            found = found.filter(status=self.status)
        if (pk := _number(self.group)) is not None:
            found = found.filter(memberships__group=pk)
        if self.product:
            found = found.filter(products__key=self.product).distinct()
        return found.select_related("connection").order_by(*self._order())

    def _belonging(self, found: AccountQuerySet) -> AccountQuerySet:
        match self.belongs:
            case "ours":
                return found.belonging_to(active=True)
            case "left":
                return found.left_behind()
            case "locked":
                return found.locked_out()
            case "unused":
                return found.unused()
            case "nobody":
                return found.of_people().of_nobody()
            case "hidden":
                return found.of_people().filter(email="")
        return found

    def _order(self) -> list[Any]:
        if self.sort == "last_active":
            return [F("last_active").desc(nulls_last=True), "pk"]
        return ["status", Lower("name"), "pk"] if self.sort == "status" else [Lower("name"), "pk"]


@dataclass(frozen=True, slots=True)
class Row:
    account: Account
    groups: list[str]
    products: list[ProductUse]
    person: Person | None

    @property
    def belongs_to(self) -> str:
        """Roles and groups, as much as fits a row."""
        return _some([*self.account.role_names, *self.groups])

    @property
    def uses(self) -> str:
        return _some(list(dict.fromkeys(use.name for use in self.products)))


@dataclass(frozen=True)
class Listed:
    filters: Filters
    rows: "Page[Account]"

    statuses = AccountStatus.choices
    belongings = list(BELONGS.items())
    sorts = list(SORTS.items())

    @property
    def accounts(self) -> list[Row]:
        return list(rows_of(self.rows))

    @property
    def organizations(self) -> list[tuple[str, str]]:
        rows = OrganizationConnection.objects.order_by("label").values_list("pk", "label")
        return [(str(pk), label) for pk, label in rows]

    @property
    def groups(self) -> list[tuple[str, str]]:
        rows = AccountGroup.objects.order_by("name", "pk").values_list("pk", "name")
        return [(str(pk), name) for pk, name in rows[:500]]

    @property
    def products(self) -> list[tuple[str, str]]:
        rows = ProductUse.objects.order_by("key").values_list("key", flat=True).distinct()
        return sorted(((key, product_name(key)) for key in rows), key=lambda each: each[1])


def listed(filters: Filters, number: str | None) -> Listed:
    return Listed(filters, Paginator(filters.accounts(), A_PAGE).get_page(number))


def rows_of(accounts: Iterable[Account]) -> Iterator[Row]:
    """With groups, products and people, in as many queries for one account as for all of them."""
    known = list(accounts)
    addresses = {each.email for each in known if each.email}
    people = {each.small_email: each for each in known_by_email().filter(small_email__in=addresses)}
    groups: dict[int, list[str]] = {}
    of_groups = Membership.objects.filter(account__in=known).order_by("group__name")
    for row in of_groups.select_related("group"):
        groups.setdefault(row.account_id, []).append(row.group.name)
    products: dict[int, list[ProductUse]] = {}
    for use in ProductUse.objects.filter(account__in=known):
        products.setdefault(use.account_id, []).append(use)
    for each in known:
        mine = groups.get(each.pk, []), products.get(each.pk, [])
        yield Row(each, *mine, people.get(each.email))


def _some(names: list[str]) -> str:
    more = len(names) - A_ROW_HOLDS
    return ", ".join(names[:A_ROW_HOLDS]) + (f" and {more} more" if more > 0 else "")


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= NUMBER_LENGTH else None
