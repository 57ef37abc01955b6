"""Writes what a page told into the mirror; rows that say the same are not written again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from atlassian_accounts.client import Group, Profile
from atlassian_accounts.models import (
    Account,
    AccountGroup,
    AccountsRead,
    Membership,
    ProductUse,
)
from atlassian_accounts.models.account import ROLES_LENGTH
from atlassian_accounts.reading.checked import batches

TOLD = [
    *("name", "email", "kind", "status", "is_managed", "roles", "added_at", "last_active"),
    "gone_at",
]


def keep_profiles(run: AccountsRead, profiles: Sequence[Profile]) -> None:
    """New, changed, or seen again. An account that comes twice counts once."""
    told = {each.id[:128]: each for each in profiles}
    rows = {number: _row(run, each) for number, each in told.items()}
    mine = Account.objects.filter(connection=run.connection_id)
    known = {row.account_id: row for row in mine.filter(account_id__in=told)}
    fresh = [row for number, row in rows.items() if number not in known]
    moved = [_moved(row, rows[pk]) for pk, row in known.items() if _says_else(row, rows[pk])]
    run.read += sum(row.seen_in != run.pk for row in known.values()) + len(fresh)
    run.added += len(fresh)
    run.changed += len(moved)
    Account.objects.bulk_create(fresh)
    Account.objects.bulk_update(moved, TOLD)
    mine.filter(account_id__in=list(known)).update(seen_in=run.pk)
    pks = dict(mine.filter(account_id__in=told).values_list("account_id", "pk"))
    _keep_products(pks, told)
    _keep_own_groups(run, pks, told)


def _row(run: AccountsRead, profile: Profile) -> Account:
    return Account(
        connection_id=run.connection_id,
        account_id=profile.id[:128],
        name=profile.name,
        email=profile.email[:254],
        kind=profile.kind[:40],
        status=profile.status.value,
        is_managed=profile.is_managed,
        roles=", ".join(profile.roles)[:ROLES_LENGTH],
        added_at=profile.added_at,
        last_active=profile.last_active,
        seen_in=run.pk,
    )


def _says_else(row: Account, told: Account) -> bool:
    return any(getattr(row, name) != getattr(told, name) for name in TOLD)


def _moved(row: Account, told: Account) -> Account:
    for name in TOLD:
        setattr(row, name, getattr(told, name))
    return row


def end_unseen(run: AccountsRead, now: datetime) -> None:
    """What a complete list no longer has is gone; it stays in the mirror, and can come back.

    Of an organization, the groups that no account is in any more go as well.
    """
    unseen = Account.objects.there().filter(connection=run.connection_id)
    run.gone += unseen.exclude(seen_in=run.pk).update(gone_at=now)
    if run.connection.is_organization:
        end_unseen_groups(run)


def keep_groups(run: AccountsRead, groups: Iterable[Group]) -> None:
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
        _join([Membership(group=group, account_id=pk, seen_in=run.pk) for pk in known])


def end_group(run: AccountsRead, group: AccountGroup) -> None:
    """All its members are read: who was not among them is in it no more."""
    group.memberships.exclude(seen_in=run.pk).delete()
    AccountGroup.objects.filter(pk=group.pk).update(read_in=run.pk)


def next_group(run: AccountsRead) -> AccountGroup | None:
    mine = AccountGroup.objects.filter(connection=run.connection_id, seen_in=run.pk)
    return mine.exclude(read_in=run.pk).order_by("pk").first()


def _keep_own_groups(
    run: AccountsRead, pks: Mapping[str, int], told: Mapping[str, Profile]
) -> None:
    """Where the account itself told them: those it names, and no others."""
    known = {pk: told[number].groups for number, pk in pks.items()}
    groups = {pk: held for pk, held in known.items() if held is not None}
    if not groups:
        return
    keep_groups(run, (group for held in groups.values() for group in held))
    mine = AccountGroup.objects.filter(connection=run.connection_id, seen_in=run.pk)
    rows = dict(mine.values_list("group_id", "pk"))
    _join(
        Membership(group_id=rows[group.id[:128]], account_id=pk, seen_in=run.pk)
        for pk, held in groups.items()
        for group in {each.id: each for each in held}.values()
    )
    Membership.objects.filter(account__in=list(groups)).exclude(seen_in=run.pk).delete()


def _join(rows: Iterable[Membership]) -> None:
    Membership.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["group", "account"],
        update_fields=["seen_in"],
    )


def _keep_products(pks: Mapping[str, int], told: Mapping[str, Profile]) -> None:
    """What each has used takes the place of what was known of it, where it is another."""
    uses = {pk: told[number].products for number, pk in pks.items()}
    wanted = {
        pk: {(each.key[:80], each.resource): each.last_active for each in used}
        for pk, used in uses.items()
        if used is not None
    }
    known: dict[int, dict[tuple[str, str], datetime | None]] = {pk: {} for pk in wanted}
    for use in ProductUse.objects.filter(account__in=list(wanted)):
        known[use.account_id][use.key, use.resource] = use.last_active
    moved = [pk for pk, used in wanted.items() if used != known[pk]]
    ProductUse.objects.filter(account__in=moved).delete()
    ProductUse.objects.bulk_create(
        ProductUse(account_id=pk, key=key, resource=resource, last_active=at)
        for pk in moved
        for (key, resource), at in wanted[pk].items()
    )
