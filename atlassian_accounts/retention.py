"""What grows in this room without being the record, and for how long it is kept."""

from django.conf import settings

from atlassian_accounts.models import AccountsRead
from okr.slots import Kept, fill


@fill("retention.kept")
def kept() -> list[Kept]:
    days = settings.KEPT_DAYS
    older = AccountsRead.objects.older_than
    return [Kept("readings of Atlassian accounts", days["sync_runs"], older)]
