"""The stages of a reading, page by page: each page is written with the place where the next begins.

accounts → groups → members of each group. An organization tells the groups of each account with
the account, so that of the last two nothing is left to ask.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.utils import timezone

from atlassian.client import MOST_PAGES, BrokenAnswer, QueryRefused
from atlassian_accounts.client import Page, Profile, SiteClient
from atlassian_accounts.models import Account, AccountsRead, Stage
from atlassian_accounts.proving import Client
from atlassian_accounts.reading import mirror
from atlassian_accounts.reading.checked import under_check

T = TypeVar("T")
Ask = Callable[[str], Page[T]]


def read_accounts(run: AccountsRead, client: Client) -> None:
    run.expected = Account.objects.there().filter(connection=run.connection_id).count()

    def write(page: Page[Profile]) -> None:
        mirror.keep_profiles(run, page.rows)
        run.skipped += page.skipped

    _walk(run, client.profiles, write, lambda: mirror.end_unseen(run, timezone.now()))


def read_groups(run: AccountsRead, client: Client) -> None:
    if isinstance(client, SiteClient):
        write = partial(_rows, partial(mirror.keep_groups, run))
        _walk(run, client.groups, write, partial(mirror.end_unseen_groups, run))


def read_members(run: AccountsRead, client: Client) -> None:
    while isinstance(client, SiteClient) and (group := mirror.next_group(run)):
        write = partial(_rows, partial(mirror.keep_members, run, group))
        end = partial(mirror.end_group, run, group)
        _walk(run, partial(client.members, group.group_id), write, end)


READERS: dict[Stage, Callable[[AccountsRead, Client], None]] = {
    Stage.ACCOUNTS: read_accounts,
    Stage.GROUPS: read_groups,
    Stage.MEMBERS: read_members,
}


def _walk(
    run: AccountsRead,
    ask: Ask[T],
    write: Callable[[Page[T]], None],
    end: Callable[[], None],
) -> None:
    """From where the run is to the end of this list. A cursor that ran out begins it again, once.

    One that was seen before is no end: whoever stands behind it would be taken for gone.
    """
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
        following = page.next_token
        if following in seen - {""}:
            break
        seen.add(following)
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
