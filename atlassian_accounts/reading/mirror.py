"""Writes what a page told into the mirror; rows that say the same are not written again."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import F

from atlassian_accounts.client import Group, Profile, Usage
from atlassian_accounts.models import (
    Account,
    AccountGroup,
    AccountsRead,
    Membership,
    ProductUse,
)
from atlassian_accounts.models.account import ROLES_LENGTH
from atlassian_accounts.reading.checked import batches

TOLD = ["name", "email", "kind", "status", "is_managed", "roles", "added_at", "gone_at"]


def keep_profiles(run: AccountsRead, profiles: Sequence[Profile]) -> None:
    """New, changed, or seen again. An account that comes twice counts once."""
    told = {each.id: _row(run, each) for each in profiles}
    mine = Account.objects.filter(connection=run.connection_id)
    known = {row.account_id: row for row in mine.filter(account_id__in=told)}
    fresh = [row for pk, row in told.items() if pk not in known]
    moved = [_moved(row, told[pk]) for pk, row in known.items() if _says_else(row, told[pk])]
    run.read += sum(row.seen_in != run.pk for row in known.values()) + len(fresh)
    run.added += len(fresh)
    run.changed += len(moved)
    Account.objects.bulk_create(fresh)
    Account.objects.bulk_update(moved, TOLD)
    mine.filter(account_id__in=list(known)).update(seen_in=run.pk)


def _row(run: AccountsRead, profile: Profile) -> Account:
    roles = ", ".join(profile.roles)[:ROLES_LENGTH]
    return Account(
        connection_id=run.connection_id,
        account_id=profile.id[:128],
        name=profile.name,
        email=profile.email[:254],
        kind=profile.kind[:40],
        status=profile.status.value,
        is_managed=profile.is_managed,
        roles=roles,
        added_at=profile.added_at,
        seen_in=run.pk,
    )


def _says_else(row: Account, told: Account) -> bool:
    return any(getattr(row, name) != getattr(told, name) for name in TOLD)


def _moved(row: Account, told: Account) -> Account:
    for name in TOLD:
        setattr(row, name, getattr(told, name))
    return row


def end_unseen(run: AccountsRead, now: datetime) -> None:
    """What a complete list no longer has is gone; it stays in the mirror, and can come back."""
    unseen = Account.objects.there().filter(connection=run.connection_id)
    run.gone += unseen.exclude(seen_in=run.pk).update(gone_at=now)


def keep_groups(run: AccountsRead, groups: Sequence[Group]) -> None:
    rows = [
        AccountGroup(
            connection_id=run.connection_id,
            group_id=each.id[:128],
            name=each.name,
            seen_in=run.pk,
        )
        for each in {group.id: group for group in groups}.values()
    ]
    AccountGroup.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["connection", "group_id"],
        update_fields=["name", "seen_in"],
    )


def end_unseen_groups(run: AccountsRead) -> None:
    mine = AccountGroup.objects.filter(connection=run.connection_id)
    mine.exclude(seen_in=run.pk).delete()


def keep_members(run: AccountsRead, group: AccountGroup, account_ids: Collection[str]) -> None:
    """Of a group; who is in no list of ours is left out."""
    mine = Account.objects.filter(connection=run.connection_id)
    for some in batches(account_ids):
        known = mine.filter(account_id__in=some).values_list("pk", flat=True)
        rows = [Membership(group=group, account_id=pk, seen_in=run.pk) for pk in known]
        Membership.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["group", "account"],
            update_fields=["seen_in"],
        )


def end_group(run: AccountsRead, group: AccountGroup) -> None:
    """All its members are read: who was not among them is in it no more."""
    group.memberships.exclude(seen_in=run.pk).delete()
    AccountGroup.objects.filter(pk=group.pk).update(read_in=run.pk)


def keep_usages(run: AccountsRead, usages: Sequence[Usage], now: datetime) -> None:
    """What each may use takes the place of what was known of it."""
    told = {each.id: each for each in usages}
    mine = Account.objects.filter(connection=run.connection_id, account_id__in=told)
    pks = dict(mine.values_list("account_id", "pk"))
    ProductUse.objects.filter(account__in=pks.values()).delete()
    ProductUse.objects.bulk_create(
        use for number, pk in pks.items() for use in _uses(pk, told[number])
    )
    rows = [Account(pk=pk, last_active=told[number].last_active) for number, pk in pks.items()]
    Account.objects.bulk_update(rows, ["last_active"])
    mine.update(used_told_at=now)


def _uses(pk: int, usage: Usage) -> list[ProductUse]:
    """Each product of each site once, as Atlassian names it first."""
    found: dict[tuple[str, str], ProductUse] = {}
    for each in usage.products:
        use = ProductUse(
            account_id=pk,
            key=each.key[:80],
            name=each.name,
            url=each.url[:300],
            last_active=each.last_active,
        )
        found.setdefault((use.key, use.url), use)
    return list(found.values())


def next_group(run: AccountsRead) -> AccountGroup | None:
    mine = AccountGroup.objects.filter(connection=run.connection_id, seen_in=run.pk)
    return mine.exclude(read_in=run.pk).order_by("pk").first()


def longest_untold(run: AccountsRead, most: int) -> list[Account]:
    """Whose use nobody has told in this reading, the longest untold first."""
    begun = run.started_at
    mine = Account.objects.there().of_people().filter(connection=run.connection_id)
    untold = mine.exclude(used_told_at__gte=begun)
    return list(untold.order_by(F("used_told_at").asc(nulls_first=True), "pk")[:most])
