"""Publishing twice, at once with others, or without an answer: never two pages, nothing lost."""

from dataclasses import replace

import pytest

from confluence.models import PublishedPage
from confluence.publishing import Wish, bring_up_to_date, publish
from confluence.refusals import BusyError, ChangedError, NotPublishedError, UnknownError
from tests.confluence.publishing.stage import TITLE, calls
from tests.confluence.stage import BOTH

pytestmark = [pytest.mark.django_db, BOTH]


def test_what_a_refused_new_page_was_to_replace_stays_ours(wiki, published, connection, space, ada):
    number = published.number
    wiki.fault("403", path=wiki.pages_at, method="POST", times=1)

    with pytest.raises(NotPublishedError):
        publish(published, connection, Wish(space.space, "Another", number), ada)

    kept = PublishedPage.objects.get()
    assert (kept.number, kept.title, kept.is_doubtful) == (number, TITLE, False)


def test_who_was_slower_makes_no_second_page(wiki, published, connection, space, ada):
    with pytest.raises(NotPublishedError, match="meanwhile"):
        publish(PublishedPage.objects.get(), connection, Wish(space.space, "Another"), ada)

    assert wiki.titled("Another", space.key) is None


def test_a_second_press_writes_nothing(wiki, row, connection, space, ada):
    assert row.claim()

    with pytest.raises(BusyError):
        publish(PublishedPage.objects.get(), connection, Wish(space.space, TITLE), ada)

    assert not calls(wiki, "POST")


def test_after_a_lost_answer_the_page_is_found_and_not_made_twice(
    wiki, row, connection, space, ada
):
    wiki.fault("truncated", path=wiki.pages_at, method="POST", times=1)
    with pytest.raises(UnknownError):
        publish(row, connection, Wish(space.space, TITLE), ada)

    publish(PublishedPage.objects.get(), connection, Wish(space.space, TITLE), ada)

    kept = PublishedPage.objects.get()
    assert [page.id for page in wiki.pages(space.key) if page.title == TITLE] == [str(kept.number)]
    assert not kept.is_doubtful


def test_after_a_lost_answer_our_own_version_is_no_conflict(wiki, published, ada):
    wiki.fault("truncated", path=wiki.page_at, method="PUT", times=1)
    with pytest.raises(UnknownError):
        bring_up_to_date(published, ada)

    bring_up_to_date(published, ada)

    assert published.version == wiki.page(published.number).version == 3


def test_what_somebody_saved_on_top_of_a_lost_try_is_not_overwritten(wiki, published, ada):
    wiki.fault("truncated", path=wiki.page_at, method="PUT", times=1)
    with pytest.raises(UnknownError):
        bring_up_to_date(published, ada)
    theirs = wiki.page(published.number).body + "<p>By hand</p>"  # the mark is still in it
    wiki.amend(published.number, body=theirs)

    with pytest.raises(ChangedError):
        bring_up_to_date(PublishedPage.objects.get(), ada)

    assert wiki.page(published.number).body == theirs


def test_what_somebody_saved_on_top_of_a_lost_first_try_is_not_overwritten(
    wiki, row, connection, space, ada
):
    wiki.fault("truncated", path=wiki.pages_at, method="POST", times=1)
    with pytest.raises(UnknownError):
        publish(row, connection, Wish(space.space, TITLE), ada)
    made = wiki.titled(TITLE, space.key)
    wiki.amend(made.id, body=made.body + "<p>By hand</p>")

    with pytest.raises(ChangedError):
        publish(PublishedPage.objects.get(), connection, Wish(space.space, TITLE), ada)

    assert "By hand" in wiki.page(made.id).body


def test_a_try_that_never_arrived_is_made_once_more(wiki, row, connection, space, ada):
    wiki.fault("503", path=wiki.pages_at, method="POST", times=1)
    with pytest.raises(UnknownError):
        publish(row, connection, Wish(space.space, TITLE), ada)

    publish(PublishedPage.objects.get(), connection, Wish(space.space, TITLE), ada)

    assert wiki.titled(TITLE, space.key).version == PublishedPage.objects.get().version == 1


def test_who_saves_in_the_last_moment_is_not_overwritten(wiki, published, ada):
    wiki.fault("overtaken", path=wiki.page_at, method="PUT", key=str(published.number), times=1)

    with pytest.raises(ChangedError) as told:
        bring_up_to_date(published, ada)

    page = wiki.page(published.number)
    assert (page.version, told.value.conflict.version) == (2, 2)
    assert "Saved in between." in page.body


def test_a_page_of_another_site_that_has_the_same_number_is_left_alone(wiki, published, ada):
    page = wiki.wiki.page(published.number)
    other = replace(page.versions[-1], title="Salaries", body="<p>Theirs</p>")
    page.versions[-1] = other

    with pytest.raises(ChangedError):
        bring_up_to_date(published, ada)

    assert wiki.page(published.number).body == "<p>Theirs</p>"
