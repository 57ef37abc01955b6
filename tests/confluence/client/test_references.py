"""What was pasted names a page by its number, or it says why it names none."""

import pytest

from atlassian.client import SiteAddress
from confluence.client import Foreign, NoPage, PageNumber, Titled, Words, read_reference

CLOUD = SiteAddress("https", "larkspur.atlassian.net", 443)
OWN = SiteAddress("https", "docs.larkspur.example", 443, "/confluence")
HERE = "https://larkspur.atlassian.net/wiki"
THERE = "https://docs.larkspur.example/confluence"


@pytest.mark.parametrize(
    "path",
    [
        "/spaces/DEMO/pages/65569/Opening+hours",
        "/spaces/DEMO/pages/65569",
        "/spaces/DEMO/pages/edit-v2/65569",
        "/pages/viewpage.action?pageId=65569",
        "/pages/viewpage.action?pageId=65569&focusedCommentId=7#comment-7",
        "/x/IQAB",
        "/spaces/DEMO/overview?homepageId=65569",
        "/pages/viewinfo.action?pageId=65569",
        "/pages/releaseview.action?pageId=65569",
        "/plugins/servlet/mobile?contentId=65569#content/view/65569",
    ],
)
def test_an_address_of_a_page_is_its_number(path: str) -> None:
    assert read_reference(f"  {HERE}{path} ", CLOUD) == PageNumber(65569)
    assert read_reference(f"{THERE}{path}", OWN) == PageNumber(65569)


@pytest.mark.parametrize(
    "path",
    [
        "/display/DEMO/Opening+hours%3F",
        "/pages/viewpage.action?spaceKey=DEMO&title=Opening+hours%3F",
    ],
)
def test_an_old_address_names_space_and_title(path: str) -> None:
    assert read_reference(f"{THERE}{path}", OWN) == Titled("DEMO", "Opening hours?")


@pytest.mark.parametrize(
    "path", ["/l/cp/a1b2c3", "/spaces/DEMO/overview", "/display/DEMO", "/search?text=x", ""]
)
def test_other_places_of_confluence_are_no_page(path: str) -> None:
    assert read_reference(f"{HERE}{path}", CLOUD) == NoPage()


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://elsewhere.atlassian.net/wiki/spaces/A/pages/1", "elsewhere.atlassian.net"),
        ("https://larkspur.atlassian.net.evil/wiki/x/IQAB", "larkspur.atlassian.net.evil"),
        ("https://larkspur.atlassian.net@evil.example/wiki/x/IQAB", "evil.example"),
    ],
)
def test_another_host_is_told_and_not_asked(text: str, host: str) -> None:
    assert read_reference(text, CLOUD) == Foreign(host)


def test_below_another_context_it_is_another_confluence() -> None:
    found = read_reference("https://docs.larkspur.example/other/x/IQAB", OWN)
    assert found == Foreign("docs.larkspur.example")


@pytest.mark.parametrize("text", ["opening hours", "", "https://[", "65569"])
def test_everything_else_are_words(text: str) -> None:
    assert read_reference(text, CLOUD) == Words(text)
