"""The frame shows each person their own ways, theme and name."""

import pytest
from django.test import Client, RequestFactory

from okr import slots
from okr.context import Frame
from okr.slots import Link
from tests.cast import signed_in


def page(client: Client) -> str:
    return client.get("/sign-out/").content.decode()


def test_everybody_finds_the_main_places_and_only_admins_the_admin_ones(ben, olga):
    for person in (ben, olga):
        html = page(signed_in(person))
        assert 'href="/my/"' in html
        assert 'href="/company/"' in html

    assert "OKR Admin" not in page(signed_in(ben))
    assert 'href="/okr-admin/integration/"' in page(signed_in(olga))


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/company/", ["Company"]),
        ("/objectives/3/", []),
        ("/okr-admin/integration/", ["Integration"]),
        ("/okr-admin/integration/weather/", ["Weather"]),
    ],
)
def test_one_place_at_most_is_marked_as_the_present_one(olga, path, here):
    request = RequestFactory().get(path)
    request.user = olga
    link = Link("Weather", "/okr-admin/integration/weather/")
    with slots.filled("navigation.admin", lambda _: link):
        frame = Frame(request)
        within = [place for section in frame.admin_sections for place in section.within]
        places = [*frame.sections, *frame.admin_sections, *within]

    assert [place.label for place in places if place.here] == here


def test_an_integration_adds_its_place_for_admins_alone(ben, olga):
    link = Link("Weather Integration", "/okr-admin/integration/weather/")
    with slots.filled("navigation.admin", lambda _: link):
        assert "Weather Integration" in page(signed_in(olga))
        assert "Weather Integration" not in page(signed_in(ben))


def test_the_skip_link_is_the_first_thing_on_a_page(ben):
    html = page(signed_in(ben))

    body = html[html.index("<body") :]
    assert body.index("skip-link") < body.index("<header")
    assert '<main id="main"' in html


def test_a_page_has_both_live_regions_and_nothing_inline(ben):
    html = page(signed_in(ben))

    assert 'id="live-polite"' in html
    assert 'id="live-assertive"' in html
    assert "style=" not in html
    assert "<style" not in html
    assert all("src=" in tag for tag in html.split("<script")[1:])


def test_the_product_can_be_renamed(ben, settings):
    settings.PRODUCT_NAME = "Lotlinie"

    assert "· Lotlinie</title>" in page(signed_in(ben))


@pytest.mark.parametrize("theme", ["dark", "light", "system"])
def test_a_theme_is_kept_with_the_person(ben, theme):
    client = signed_in(ben)

    answer = client.post("/appearance/", {"theme": theme, "next": "/company/?cycle=2"})

    assert answer["Location"] == "/company/?cycle=2"
    assert f'data-theme="{theme}"' in page(client)


def test_an_unknown_theme_changes_nothing(ben):
    client = signed_in(ben)

    assert client.post("/appearance/", {"theme": "pink"}).status_code == 400
    assert client.get("/appearance/").status_code == 405
    assert 'data-theme="system"' in page(client)


def test_a_theme_leads_nobody_elsewhere(ben):
    answer = signed_in(ben).post("/appearance/", {"theme": "dark", "next": "//elsewhere.example"})

    assert answer["Location"] == "/my/"
