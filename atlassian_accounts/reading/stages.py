"""The stages of a reading, page by page: each page is written with the place where the next begins.

accounts → groups → members of each group → products of managed accounts → last activity of others.
A single site tells of accounts and groups alone.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.utils import timezone

from atlassian.client import MOST_PAGES, BrokenAnswer, NotFound, QueryRefused
from atlassian_accounts.client import OrganizationClient, Page, Profile, SiteClient, Usage
from atlassian_accounts.models import Account, AccountsRead, Stage
from atlassian_accounts.reading import mirror
from atlassian_accounts.reading.checked import under_check

T = TypeVar("T")
Client = OrganizationClient | SiteClient
Ask = Callable[[str], Page[T]]

MOST_ASKED_ONE_BY_ONE = 200
"""Accounts of other organizations, each a call of its own; the next reading asks for the next."""


def read_accounts(run: AccountsRead, client: Client) -> None:
    run.expected = Account.objects.there().filter(connection=run.connection_id).count()

    def write(page: Page[Profile]) -> None:
        mirror.keep_profiles(run, page.rows)
        run.skipped += page.skipped

    _walk(run, client.profiles, write, lambda: mirror.end_unseen(run, timezone.now()))


def read_groups(run: AccountsRead, client: Client) -> None:
    write = partial(_rows, partial(mirror.keep_groups, run))
    _walk(run, client.groups, write, partial(mirror.end_unseen_groups, run))


def read_members(run: AccountsRead, client: Client) -> None:
    while group := mirror.next_group(run):
        write = partial(_rows, partial(mirror.keep_members, run, group))
        end = partial(mirror.end_group, run, group)
        _walk(run, partial(client.members, group.group_id), write, end)


def read_managed(run: AccountsRead, client: Client) -> None:
    if isinstance(client, OrganizationClient):

        def write(page: Page[Usage]) -> None:
            mirror.keep_usages(run, page.rows, timezone.now())

        _walk(run, client.managed_usages, write, _nothing)


def read_others(run: AccountsRead, client: Client) -> None:
    """Those that the longest time was told nothing of; each is written at once."""
    if not isinstance(client, OrganizationClient):
        return
    for account in mirror.longest_untold(run, MOST_ASKED_ONE_BY_ONE):
        usage = _usage_of(account, client)
        run.calls += 1
        now = timezone.now()
        under_check(run, now, partial(mirror.keep_usages, run, [usage], now))


def _usage_of(account: Account, client: OrganizationClient) -> Usage:
    """One that went away between the list and this question uses nothing."""
    try:
        return client.usage(account.account_id)
    except NotFound:
        return Usage(account.account_id, ())


READERS: dict[Stage, Callable[[AccountsRead, Client], None]] = {
    Stage.ACCOUNTS: read_accounts,
    Stage.GROUPS: read_groups,
    Stage.MEMBERS: read_members,
    Stage.MANAGED: read_managed,
    Stage.OTHERS: read_others,
}


def _walk(
    run: AccountsRead,
    ask: Ask[T],
    write: Callable[[Page[T]], None],
    end: Callable[[], None],
) -> None:
    """From where the run is to the end of this list. A cursor that ran out begins it again, once;
    one that was seen before leads only to pages seen before, so it is an end as well."""
    seen, again = {run.cursor}, False
    for _ in range(MOST_PAGES):
        run.calls += 1
        try:
            page = ask(run.cursor)
        except QueryRefused:
            if not run.cursor or again:
                raise
            run.cursor, again, seen = "", True, {""}
            continue
        following = "" if page.next_token in seen else page.next_token
        seen.add(page.next_token)
        under_check(run, timezone.now(), partial(_write, run, page, following, write, end))
        if not following:
            return
    raise BrokenAnswer(host=run.connection.host, reason="pages without end")


def _write(
    run: AccountsRead,
    page: Page[T],
    following: str,
    write: Callable[[Page[T]], None],
    end: Callable[[], None],
) -> None:
    write(page)
    run.cursor = following
    if not following:
        end()


def _rows(write: Callable[[list[T]], None], page: Page[T]) -> None:
    write(page.rows)


def _nothing() -> None:
    pass
