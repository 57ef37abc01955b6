"""Why something that was asked for is not carried out any more when its time has come."""

from typing import Any

from atlassian_accounts.models import AccountsSettings, Removal
from atlassian_accounts.removal.guarding import Guarded

Hindrance = tuple[str, dict[str, Any]]
"""A code and its facts."""


def hindrance(row: Removal) -> Hindrance | None:
    if not AccountsSettings.load().removes:
        return "removing_off", {}
    if row.connection.place != row.place:
        return "reconnected", {}
    if row.by is None or not (row.by.is_active and row.by.is_okr_admin):
        return "asker_left", {"by": row.by_name}
    if why := Guarded.from_(row.by).why_not(row.account):
        return "guarded", {"why": why}
    if row.connection.suspended:
        return row.connection.failure_code, row.connection.failure_facts
    return None
