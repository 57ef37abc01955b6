"""What the frame around every page shows: the product, the theme and the ways to go."""

import json
from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from okr import slots
from okr.models import Person
from okr.models.person import Theme
from okr.pages.badges import Badges, badges_of

THEMES = (
    (Theme.LIGHT, "sun", "Light theme"),
    (Theme.DARK, "moon", "Dark theme"),
    (Theme.SYSTEM, "monitor", "Theme of the system"),
)
HTMX = json.dumps(
    {
        "allowEval": False,
        "includeIndicatorStyles": False,
        "historyCacheSize": 0,  # a page kept in the browser would outlive its permission
        "refreshOnHistoryMiss": True,
        "defaultSettleDelay": 0,  # what one sees can be used at once
        "attributesToSettle": ["class", "width", "height"],  # "style" would breach the policy
        "timeout": 20_000,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "422", "swap": True},
            {"code": "...", "swap": False, "error": True},
        ],
    }
)


@dataclass(frozen=True)
class Section:
    """A place in the navigation; `within` are the places below it, `counted` what waits there."""

    label: str
    url: str
    icon: str = ""
    here: bool = False
    within: tuple["Section", ...] = ()
    count: int = 0
    counted: str = ""


class Frame:
    """Read by base.html only, so a fragment pays for nothing."""

    themes = THEMES
    htmx = HTMX

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.product = settings.PRODUCT_NAME

    @cached_property
    def person(self) -> Person | None:
        user = getattr(self.request, "user", None)
        return user if isinstance(user, Person) else None

    @property
    def theme(self) -> str:
        return self.person.theme if self.person else Theme.SYSTEM

    @cached_property
    def sections(self) -> list[Section]:
        return [
            self._section("My OKRs", reverse("okr:my"), "crosshair"),
            self._check_in(),
            self._section("Company", reverse("okr:company"), "network"),
            self._section("Teams", reverse("okr:teams"), "users"),
            self._section("Dashboard", reverse("okr:dashboard"), "chart-line"),
            *self._approvals(),
        ]

    def _approvals(self) -> list[Section]:
        """Only while the company approves objectives."""
        if self.badges.approvals is None:
            return []
        place = self._section("Approvals", reverse("okr:approvals"), "stamp")
        return [replace(place, count=self.badges.approvals, counted="waiting")]

    @cached_property
    def own_sections(self) -> list[Section]:
        """What concerns the person alone."""
        url, here = reverse("okr:notifications"), self.request.path.startswith("/notifications/")
        return [Section("Notifications", url, "bell", here, count=self.unread, counted="unread")]

    @property
    def unread(self) -> int:
        return self.badges.unread

    @cached_property
    def badges(self) -> Badges:
        return badges_of(self.person, timezone.now()) if self.person else Badges()

    @cached_property
    def admin_sections(self) -> list[Section]:
        """What an OKR admin sees in addition; integrations add their own places."""
        if not (self.person and self.person.is_okr_admin):
            return []
        links = slots.ask("navigation.admin", self.request)
        places = tuple(self._section(link.label, link.url) for link in links)
        within_one = any(place.here for place in places)
        url = reverse("okr:integrations")
        here = self.request.path.startswith(url) and not within_one
        return [
            self._section("People", reverse("okr:people"), "users"),
            self._section("Units", reverse("okr:units"), "building-2"),
            self._section("Cycles", reverse("okr:cycles"), "calendar-range"),
            self._section("Policies", reverse("okr:policies"), "scroll-text"),
            self._library(),
            Section("Integration", url, "blocks", here, places),
            self._section("Webhooks", reverse("okr:webhooks"), "webhook"),
            self._section("Chat", reverse("okr:chat"), "message-square"),
            self._section("Sign-in", reverse("okr:sign_in"), "log-in"),
            self._section("Provisioning", reverse("okr:provisioning"), "refresh-cw"),
            self._section("API tokens", reverse("okr:company_tokens"), "key-round"),
            self._section("Audit log", reverse("okr:audit"), "history"),
        ]

    def _library(self) -> Section:
        """Two pages in one place."""
        urls = (reverse("okr:own_templates"), reverse("okr:tags"))
        return Section("Templates & tags", urls[0], "library", self.request.path.startswith(urls))

    def _check_in(self) -> Section:
        section = self._section("Check-in", reverse("okr:check_in_queue"), "calendar-check")
        return replace(section, count=self.badges.check_ins, counted="waiting")

    def _section(self, label: str, url: str, icon: str = "") -> Section:
        return Section(label, url, icon, self.request.path.startswith(url))


def frame(request: HttpRequest) -> dict[str, Frame]:
    return {"frame": Frame(request)}
