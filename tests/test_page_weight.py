"""What a first visit loads: the demo company's pages, each with its scripts and styles."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db.models import Count
from django.utils import timezone

from bench.weight import PARTS, weight
from jira_integration import bundles as jira_bundles
from okr import bundles as okr_bundles
from okr.demo.move_in import move_in
from okr.models import KeyResult, Objective, Person
from tests.cast import signed_in

HOUSE = Path(__file__).resolve().parent.parent
KILOBYTE = 1_000
MOST = 60 * KILOBYTE
MOST_FILES = 9
PAGES = [
    "/my/",
    "/objectives/{objective}/",
    "/objectives/{objective}/edit/",
    "/objectives/new/",
    "/key-results/{key_result}/",
    "/key-results/{key_result}/edit/",
    "/check-in/",
    "/company/",
    "/company/?view=list",
    "/company/map/",
    "/dashboard/",
    "/teams/",
    "/teams/platform/",
    "/search/?q=a",
    "/notifications/",
    "/settings/",
    "/templates/",
    "/okr-admin/people/",
    "/okr-admin/people/new/",
    "/okr-admin/units/",
    "/okr-admin/cycles/",
    "/okr-admin/policies/",
    "/okr-admin/integration/",
    "/okr-admin/integration/jira/",
    "/okr-admin/integration/jira/activity/",
]


@pytest.mark.django_db
def test_no_page_of_the_demo_weighs_more_than_60_kilobytes():
    move_in(timezone.now())
    largest = {
        "objective": Objective.objects.annotate(n=Count("key_results")).latest("n").pk,
        "key_result": KeyResult.objects.annotate(n=Count("measurements")).latest("n").pk,
    }
    client = signed_in(Person.objects.get(name="Olga Petrenko"))
    bodies = {page: shown(client, page.format_map(largest)) for page in PAGES}

    assert {page: weight(body) for page, body in bodies.items() if weight(body) > MOST} == {}
    assert max(len(set(PARTS.findall(body))) for body in bodies.values()) <= MOST_FILES


def shown(client, page):
    answer = client.get(page, follow=True)
    assert answer.status_code == 200, page
    return answer.content


def test_a_bundle_holds_its_parts_in_their_order():
    styles = Path(str(finders.find("okr/css/all.css"))).read_text()
    parts = [(HOUSE / f"okr/static/okr/css/{name}.css").read_text() for name in okr_bundles.STYLES]

    assert styles == "".join(parts)
    assert styles.index("@layer reset, tokens") < styles.index("@layer tokens {")


def test_every_style_and_script_is_loaded_by_some_page():
    """One that no bundle and no page names would be dead."""
    bundles = okr_bundles.BUNDLES | jira_bundles.BUNDLES
    named = {part for parts in bundles.values() for part in parts}
    for template in (HOUSE / "templates").rglob("*.html"):
        named |= set(re.findall(r"static '([^']+)'", template.read_text()))
    folders = [HOUSE / app / "static" for app in ("okr", "jira_integration", "atlassian_accounts")]
    lying = {
        str(path.relative_to(folder))
        for folder in folders
        for path in folder.rglob("*.*")
        if path.suffix in (".css", ".js")
    }

    assert lying - named == set()
