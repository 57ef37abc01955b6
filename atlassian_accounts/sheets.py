"""The accounts, and the people without one, as files to take away."""

from collections.abc import Iterator

from django.core.paginator import Paginator

from atlassian_accounts.listing import Filters, Row, rows_of
from okr.exports import Cell, Sheet
from okr.models.people import PersonQuerySet

CHUNK = 500
COLUMNS = (
    *("Organization", "Name", "Email", "Account ID", "Type", "Status", "Managed", "Roles"),
    *("Groups", "Products", "Last active", "Person", "Added", "Gone"),
)
PEOPLE = ("Name", "Email", "Designation", "Unit")
MANAGED = {True: "Yes", False: "No", None: ""}


def sheet(filters: Filters) -> Sheet:
    """All that the filters let through, read in pieces."""
    return Sheet("Atlassian accounts", COLUMNS, _lines(filters))


def people_sheet(people: PersonQuerySet) -> Sheet:
    rows = (
        (each.name, each.email, each.designation, each.unit.name if each.unit else "")
        for each in people.iterator(CHUNK)
    )
    return Sheet("People without an Atlassian account", PEOPLE, rows)


def _lines(filters: Filters) -> Iterator[tuple[Cell, ...]]:
    pages = Paginator(filters.accounts(), CHUNK)
    for number in pages.page_range:
        for row in rows_of(pages.page(number)):
            yield _line(row)


def _line(row: Row) -> tuple[Cell, ...]:
    account = row.account
    return (
        account.connection.label,
        account.name,
        account.email,
        account.account_id,
        account.kind,
        account.get_status_display(),
        MANAGED[account.is_managed],
        account.roles,
        ", ".join(row.groups),
        ", ".join(use.name for use in row.products),
        account.last_active,
        row.person.name if row.person else "",
        account.added_at,
        account.gone_at,
    )
