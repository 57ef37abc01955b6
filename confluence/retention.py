"""What grows in this room without being the record, and for how long it is kept."""

from django.conf import settings

from confluence.models import PagesRead
from okr.slots import Kept, fill


@fill("retention.kept")
def kept() -> list[Kept]:
    days = settings.KEPT_DAYS["sync_runs"]
    return [Kept("readings of Confluence", days, PagesRead.objects.older_than)]
