"""What an issue is to show of a key result: for everybody who reads that issue in Jira.

Therefore nothing but what everybody here may read: public, approved, and no individual objective
where the company lets only some read those.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Exists, Q
from django.templatetags.static import static
from django.urls import reverse

from jira_integration.client import RemoteLink
from jira_integration.models import JiraConnection, JiraLink
from jira_integration.models.project import outside
from okr.models import Approval, KeyResult, Level, Policy, Readers, Visibility
from okr.progress import shown

RELATIONSHIP = "counts for"
APPLICATION = "plumbline.key-results"
PICTURES = "jira_integration/img/"


@dataclass(frozen=True, slots=True)
class Sign:
    """`url` leads to the page of the key result, which asks to sign in."""

    url: str
    title: str
    summary: str
    status: str
    resolved: bool

    @property
    def sent(self) -> dict[str, Any]:
        """As a row keeps it, to see whether anything moved."""
        return asdict(self)

    def link(self, global_id: str) -> RemoteLink:
        status_icon = "closed.svg" if self.resolved else "open.svg"
        return RemoteLink(
            **asdict(self),
            global_id=global_id,
            relationship=RELATIONSHIP,
            application=settings.PRODUCT_NAME,
            application_type=APPLICATION,
            icon_url=_picture("key-result.svg"),
            status_icon_url=_picture(status_icon),
        )


def signs(
    connection: JiraConnection, key_result_ids: Collection[int] | None = None
) -> dict[tuple[int, int], Sign]:
    """By issue and key result; of a few key results where they are named.

    An issue that a link names shows it: not each of the thousand that a search may find.
    """
    links = JiraLink.objects.filter(seen_by_all("key_result__objective__"), connection=connection)
    links = links.exclude(issue=None)
    if connection.only_chosen:
        links = links.exclude(issue__in=outside())
    if key_result_ids is not None:
        links = links.filter(key_result__in=key_result_ids)
    return {(issue, pk): _sign(pk, *facts) for issue, pk, *facts in _rows(links)}


def seen_by_all(way: str) -> Q:
    """`way` leads to the objective."""
    told = {"visibility": Visibility.PUBLIC, "approval": Approval.APPROVED}
    public = Q(**{f"{way}{name}": value for name, value in told.items()})
    kept = Policy.objects.exclude(individual_readers=Readers.EVERYONE)
    return public & (~Q(**{f"{way}level": Level.INDIVIDUAL}) | Q(~Exists(kept)))


def is_seen_by_all(key_result: KeyResult) -> bool:
    return KeyResult.objects.filter(seen_by_all("objective__"), pk=key_result.pk).exists()


def address_of(key_result_id: int) -> str:
    return settings.PUBLIC_ADDRESS + reverse("okr:key_result", args=[key_result_id])


def _rows(links: Any) -> Iterable[tuple[Any, ...]]:
    return links.order_by("pk").values_list(  # type: ignore[no-any-return]
        "issue",
        "key_result",
        "key_result__title",
        "key_result__progress",
        "key_result__objective__title",
        "key_result__objective__cycle__name",
        "key_result__objective__closure",
        "key_result__objective__cycle__closed_at",
    )


def _sign(
    pk: int,
    title: str,
    progress: Decimal | None,
    objective: str,
    cycle: str,
    closure: int | None,
    cycle_closed_at: object,
) -> Sign:
    percent, closed = shown(progress), bool(closure or cycle_closed_at)
    return Sign(
        url=address_of(pk),
        title=f"Key result: {title} – {percent}"
        if progress is not None
        else f"Key result: {title}",
        summary=f"{objective}, {cycle}",
        status=f"{percent}, closed" if closed else percent,
        resolved=closed,
    )


def _picture(name: str) -> str:
    return settings.PUBLIC_ADDRESS + static(PICTURES + name)
