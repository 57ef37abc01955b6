"""Every page and dialog in a given look, for whoever reviews what customers would see."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from docs.studio import (
    DESK,
    FOLLOWED,
    JIRA,
    TO_LINK,
    Look,
    Studio,
    connect,
    open_key_result,
    propose,
)
from jira_sandbox.testing import EMAIL, NOBODY_EMAIL, NOBODY_TOKEN, TOKEN

LOOKS = [DESK, Look("dark"), Look("light", 390, 844), Look("dark", 390, 844)]
FAULTS: list[dict[str, Any]] = [
    {"kind": "403"},
    {"kind": "captcha", "path": "*/myself"},
    {"kind": "html"},
    {"kind": "redirect", "location": "https://elsewhere.example/"},
    {"kind": "429"},
    {"kind": "503"},
    {"kind": "truncated"},
]


def take_all(studio: Studio, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        before_connecting(Album(studio, look, folder))
    connect(studio.window("olga.petrenko"), EMAIL, studio.product.sandbox_address, TOKEN)
    studio.link_the_demo()
    for look in LOOKS:
        when_connected(Album(studio, look, folder))
    refuse(studio)
    for look in LOOKS:
        when_failing(Album(studio, look, folder))


def refuse(studio: Studio) -> None:
    """As when the token has expired."""
    studio.faults({"kind": "401"})
    olga = studio.window("olga.petrenko")
    olga.goto(f"{JIRA}activity/")
    olga.get_by_role("button", name="Sync now").click()
    olga.get_by_text("Failing").first.wait_for()


@dataclass(frozen=True)
class Album:
    """Pictures of one look, in one folder."""

    studio: Studio
    look: Look
    folder: Path

    def window(self, name: str = "") -> Page:
        return self.studio.window(name, self.look)

    def add(self, page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=self.path(name), full_page=True)

    def add_dialog(self, page: Page, name: str) -> None:
        page.get_by_role("dialog").wait_for()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=self.path(name))

    def path(self, name: str) -> Path:
        return self.folder / f"{name}-{self.look.theme}-{self.look.width}.png"

    def add_all(self, page: Page, **places: str) -> None:
        for name, path in places.items():
            page.goto(path)
            self.add(page, name)


def before_connecting(album: Album) -> None:
    anybody = album.window()
    album.add_all(anybody, sign_in="/")
    anybody.get_by_role("button", name="Sign in").click()
    album.add(anybody, "sign_in_empty")
    olga = album.window("olga.petrenko")
    album.add_all(olga, integrations="/okr-admin/integration/", jira_off=JIRA)
    server = album.studio.product.sandbox_address
    attempts = {
        "empty": ("", "", ""),
        "wrong_token": (EMAIL, server, "mistyped"),
        "no_server": (EMAIL, "https://nowhere.invalid", TOKEN),
        "nothing_visible": (NOBODY_EMAIL, server, NOBODY_TOKEN),
    }
    for name, attempt in attempts.items():
        connect(olga, *attempt)
        album.add_dialog(olga, f"connect_{name}")
    for fault in FAULTS:
        album.studio.faults(fault)
        connect(olga, EMAIL, server, TOKEN)
        album.add_dialog(olga, f"connect_{fault['kind']}")
    album.studio.faults()


def when_connected(album: Album) -> None:
    olga = album.window("olga.petrenko")
    album.add_all(olga, jira_on=JIRA, activity=f"{JIRA}activity/", manage=f"{JIRA}manage/")
    olga.get_by_label("In Progress").fill("100")
    olga.get_by_role("button", name="Save and recalculate").click()
    album.add(olga, "manage_invalid")
    olga.get_by_label("Allow selected users").check()
    album.add_dialog(olga, "edit_jira_users")
    amara = album.window("amara.osei")
    album.add_all(amara, my="/my/", company="/company/", company_list="/company/?view=list")
    album.add_all(amara, teams="/teams/", team="/teams/scheduling/", map="/company/map/")
    album.add_all(amara, dashboard="/dashboard/", dashboard_company="/dashboard/?unit=")
    album.add_all(amara, nothing_found="/company/?q=zzz", no_page="/nothing/", no_access=JIRA)
    open_key_result(amara, FOLLOWED)
    album.add(amara, "key_result_followed")
    amara.get_by_role("link", name="Check in").click()
    album.add_dialog(amara, "check_in_followed")
    amara.goto("/my/")
    amara.get_by_role("link", name="New objective").click()
    album.add_dialog(amara, "new_objective")
    ben = album.window("ben.okafor")
    album.add_all(ben, notifications="/notifications/", preferences="/settings/notifications/")
    hannah = album.window("hannah.weiss")
    open_key_result(hannah, TO_LINK)
    album.add(hannah, "key_result_by_hand")
    propose(hannah)
    album.add_dialog(hannah, "link")


def when_failing(album: Album) -> None:
    olga = album.window("olga.petrenko")
    album.add_all(olga, jira_failing=JIRA, activity_failing=f"{JIRA}activity/")
    amara = album.window("amara.osei")
    open_key_result(amara, FOLLOWED)
    album.add(amara, "key_result_failing")
