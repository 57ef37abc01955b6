"""Takes the pictures of the guides: the demo company in a real browser, following the sandbox Jira.

python -m docs.screenshots               the pictures in docs/images
python -m docs.screenshots --all DIR     every page and dialog, light and dark, phone and desk
"""

import argparse
from pathlib import Path

from playwright.sync_api import FloatRect, Locator

from docs.album import take_all
from docs.studio import (
    FOLLOWED,
    JIRA,
    Look,
    Studio,
    connect,
    fill_connect,
    open_key_result,
    propose,
    running_browser,
    running_product,
)
from jira_sandbox.testing import EMAIL, TOKEN
from tests.product import HOUSE

IMAGES = HOUSE / "docs" / "images"
SITE = "https://larkspur.atlassian.net"
LOW, TALL = Look(height=700), Look(width=1100, height=1600)
EXPLAINED = "Keep every clinic online through a database failover"
MARGIN = 16  # CSS pixels around what is pictured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="DIR")
    folder: Path | None = parser.parse_args().all
    with running_product() as product, running_browser() as browser:
        studio = Studio(browser, product)
        take_all(studio, folder) if folder else take_pictures(studio)


def take_pictures(studio: Studio) -> None:
    IMAGES.mkdir(exist_ok=True)
    olga = studio.window("olga.petrenko", TALL)
    fill_connect(olga, EMAIL, SITE, TOKEN)
    olga.get_by_text(f"We will connect to {SITE}.").wait_for()
    picture(olga.get_by_role("dialog"), "connect")
    connect(olga, EMAIL, studio.product.sandbox_address, TOKEN)
    studio.link_the_demo()

    olga.goto(f"{JIRA}manage/")
    olga.get_by_label("In Progress").fill("40")
    olga.get_by_text("will change").wait_for()
    picture(olga.locator("main > .narrow"), "manage")

    ben = studio.window("ben.okafor", LOW)
    ben.goto("/my/")
    ben.screenshot(path=IMAGES / "my.png")

    hannah = studio.window("hannah.weiss", TALL)
    propose(hannah)
    picture(hannah.get_by_role("dialog"), "link")

    ben = studio.window("ben.okafor", TALL)
    open_key_result(ben, EXPLAINED)
    picture(ben.get_by_role("region", name="Why is it"), "why")

    amara = studio.window("amara.osei", Look(height=840))
    open_key_result(amara, FOLLOWED)
    amara.screenshot(path=IMAGES / "key-result.png")


def picture(subject: Locator, name: str) -> None:
    """What is around the subject shows at its edges, as on the page."""
    page = subject.page
    page.evaluate("document.activeElement.blur()")
    place = subject.bounding_box()
    if place is None:
        raise LookupError(f"{name} is not on the page")
    clip: FloatRect = {
        "x": place["x"] - MARGIN,
        "y": place["y"] - MARGIN,
        "width": place["width"] + 2 * MARGIN,
        "height": place["height"] + 2 * MARGIN,
    }
    page.screenshot(path=IMAGES / f"{name}.png", clip=clip)


if __name__ == "__main__":
    main()
