"""What each link weighs: said with the number in view, and worked out from the mirror."""

import pytest

from jira_integration import sync
from jira_integration.models import IntegrationSettings, JiraConnection, JiraLink, WhoMayLink
from tests.cast import signed_in
from tests.jira_integration.dialog import HTMX
from tests.jira_integration.pages import page_of, words
from tests.jira_integration.stage import link, progress, read


@pytest.fixture
def mixed(connection, key_result):
    """One Done and one To Do, a link each: 50 percent."""
    link(key_result, "DEMO-1")
    link(key_result, "DEMO-10")
    read()
    return key_result


def address(key_result) -> str:
    return f"/key-results/{key_result.pk}/jira/weights/"


def sent(key_result, *weights) -> dict[str, object]:
    links = key_result.jira_links.order_by("pk")
    return {f"weight_{each.pk}": weight for each, weight in zip(links, weights, strict=True)}


def preview(key_result, *weights) -> str:
    client = signed_in(key_result.owner)
    url = f"{address(key_result)}preview/"
    return words(client.post(url, sent(key_result, *weights), headers=HTMX).content.decode())


def weigh(key_result, *weights, person=None, **more):
    client = signed_in(person or key_result.owner)
    return client.post(address(key_result), {**sent(key_result, *weights), **more})


def test_the_number_is_foreseen_while_weights_are_typed(mixed):
    assert preview(mixed, 3, 1) == "50% → 75%"
    assert preview(mixed, 1, 1) == "Progress would stay at 50% ."
    assert preview(mixed, "", 1) == "Enter whole numbers from 1 to 100."
    assert progress(mixed) == 50


def test_saved_weights_move_the_number_without_a_call(jira, mixed):
    jira.forget_calls()
    assert weigh(mixed, 3, 1).status_code == 302
    sync.run_waiting(JiraConnection.objects.get().pk)

    assert progress(mixed) == 75
    assert not jira.calls
    assert list(mixed.jira_links.order_by("pk").values_list("weight", flat=True)) == [3, 1]
    assert "Weight 3" in words(page_of(mixed))


@pytest.mark.parametrize("weight", ["0", "101", "1.5", "-1", "many", ""])
def test_a_weight_is_a_whole_number_from_1_to_100(mixed, weight):
    response = weigh(mixed, weight, 1)

    assert response.status_code == 422
    assert "Enter a whole number from 1 to 100." in response.content.decode()
    assert not JiraLink.objects.exclude(weight=1).exists()


def test_without_javascript_it_can_be_tried_first(mixed):
    page = words(weigh(mixed, 1, 3, **{"try": "1"}).content.decode())

    assert "50% → 25%" in page
    assert not JiraLink.objects.exclude(weight=1).exists()


def test_only_editors_with_access_to_jira_weigh_links(mixed, cleo, ada):
    assert weigh(mixed, 3, 1, person=cleo).status_code in (403, 404)
    settings = IntegrationSettings.load()
    settings.who_may_link = WhoMayLink.SELECTED
    settings.save()
    assert weigh(mixed, 3, 1).status_code == 403
    assert not JiraLink.objects.exclude(weight=1).exists()


def test_one_link_alone_has_nothing_to_be_weighed_against(connection, key_result):
    link(key_result, "DEMO-1")
    read()
    assert "weigh-links" not in page_of(key_result)

    link(key_result, "DEMO-10")
    assert "weigh-links" in page_of(key_result)
