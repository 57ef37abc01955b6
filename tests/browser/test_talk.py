"""People talk without leaving the page: comments, mentions by keyboard, following, marking read."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from okr.models import Comment, Cycle, Notification, Objective, Person
from tests.browser.axe import axe
from tests.browser.conftest import Windows
from tests.cast import make_objective

pytestmark = pytest.mark.browser


@pytest.fixture
def objective(ben: Person, cycle: Cycle) -> Objective:
    return make_objective(ben, cycle)


@pytest.fixture
def window(page: Windows, ben: Person, objective: Objective) -> Page:
    opened = page(person=ben)
    opened.goto(f"/objectives/{objective.pk}/")
    return opened


def test_somebody_is_mentioned_and_told_by_keyboard_alone(window: Page, ada: Person, cleo: Person):
    box = window.get_by_label("Add a comment")
    box.focus()
    window.keyboard.type("Well, @marche")
    expect(window.get_by_role("option", name="Cleo Marchetti")).to_be_visible()
    axe(window)
    window.keyboard.press("Enter")
    expect(box).to_have_value("Well, @Cleo Marchetti ")
    expect(window.get_by_role("option")).to_have_count(0)

    window.keyboard.type("and @ada")
    expect(window.get_by_role("option", name="Ada Lindqvist")).to_be_visible()
    window.keyboard.press("Escape")
    window.keyboard.type(" together")
    window.keyboard.press("Control+Enter")

    expect(window.locator(".mention")).to_have_text("@Cleo Marchetti")
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    assert Comment.objects.get().words == "Well, @Cleo Marchetti and @ada together"
    assert list(Notification.objects.values_list("person__name", flat=True)) == ["Cleo Marchetti"]


def test_the_keys_move_in_the_text_while_no_list_is_open(window: Page):
    box = window.get_by_label("Add a comment")
    box.fill("one\ntwo")
    box.focus()
    window.keyboard.press("ArrowUp")
    window.keyboard.press("Enter")

    expect(box).to_have_value("one\n\ntwo")


def test_a_comment_is_edited_and_deleted_in_dialogs(
    window: Page, ben: Person, objective: Objective
):
    Comment.objects.say(objective, by=ben, at=timezone.now(), words="Almots right")
    window.reload()
    window.get_by_role("link", name="Edit comment").click()
    dialog = window.get_by_role("dialog", name="Edit comment")
    dialog.get_by_label("Comment", exact=True).fill("Almost right")
    dialog.get_by_role("button", name="Save comment").click()
    expect(window.get_by_text("Almost right")).to_be_visible()
    expect(window.get_by_text("edited", exact=True)).to_be_visible()

    window.get_by_role("link", name="Delete comment").click()
    window.get_by_role("button", name="Delete comment").click()
    expect(window.get_by_text("Comment deleted")).to_be_visible()


def test_following_keeps_the_focus_on_its_button(window: Page):
    window.get_by_role("button", name="Unfollow").press("Enter")
    button = window.get_by_role("button", name="Follow", exact=True)
    expect(button).to_be_focused()


def test_a_notification_is_read_at_once_and_unread_again_where_that_failed(
    page: Windows, ben: Person, ada: Person, objective: Objective
):
    Comment.objects.say(objective, by=ada, at=timezone.now(), words="Look")
    window = page(person=ben)
    window.goto("/notifications/")
    row = window.locator(".notification")
    count = window.locator(".sidebar [data-count=unread]")
    expect(count).to_contain_text("1")

    row.get_by_role("button", name="Mark as read").press("Enter")
    unread = row.get_by_role("button", name="Mark as unread")
    expect(unread).to_be_focused()
    expect(count).to_be_empty()

    window.route("**/read/", lambda route: route.abort())
    unread.press("Enter")
    expect(window.get_by_text("could not be reached").first).to_be_visible()
    expect(row).to_have_attribute("data-read", "true")
    page.complaints.clear()  # the browser reports the lost request


def test_without_javascript_people_comment_follow_and_read(
    page: Windows, ben: Person, cleo: Person, objective: Objective
):
    window = page(person=cleo, javascript=False)
    window.goto(f"/objectives/{objective.pk}/")
    window.get_by_label("Add a comment").fill("Well done, @Ben Okafor")
    window.get_by_role("button", name="Comment").click()
    expect(window.locator(".mention")).to_have_text("@Ben Okafor")
    window.get_by_role("button", name="Unfollow").click()
    expect(window.get_by_role("button", name="Follow", exact=True)).to_be_visible()

    window = page(person=ben, javascript=False)
    window.goto("/notifications/")
    window.get_by_role("button", name="Mark as read").click()
    expect(window.get_by_text("You are up to date")).to_be_visible()
    window.get_by_role("link", name="Cleo Marchetti mentioned you").click()
    expect(window.get_by_role("heading", name=objective.title)).to_be_visible()
