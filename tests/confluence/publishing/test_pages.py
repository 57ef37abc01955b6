"""Publishing a unit's OKRs and review in Confluence of both kinds, and that page anew later."""

from dataclasses import replace
from datetime import timedelta

import pytest

from confluence.client import Space
from confluence.contents import has_changed
from confluence.models import PublishedPage, PublishingSpace, Subject
from confluence.publishing import Wish, bring_up_to_date, publish
from confluence.refusals import ChangedError, GoneError, NotPublishedError
from okr.models import AuditEntry, Level
from tests.cast import make_key_result, make_objective
from tests.confluence.publishing.stage import TITLE, calls
from tests.confluence.stage import BOTH

pytestmark = [pytest.mark.django_db, BOTH]


def test_a_page_is_made_with_tables_bars_and_links_back(wiki, published, space, ada):
    page = wiki.titled(TITLE, space.key)

    assert page is not None
    assert (str(published.number), published.version) == (page.id, page.version) == (page.id, 1)
    for each in ("<table>", "█", "Clinics stay online", "/objectives/", "Minutes offline"):
        assert each in page.body
    assert published.by == ada
    assert published.url.startswith(wiki.url)


def test_it_is_brought_up_to_date_as_its_next_version(wiki, published, ada):
    make_objective(ada, published.cycle, title="New aim", level=Level.UNIT, unit=ada.unit)

    bring_up_to_date(published, ada)

    page = wiki.page(published.number)
    assert (page.version, published.version) == (2, 2)
    assert "New aim" in page.body
    assert page.message.endswith("by Ada Lindqvist")


def test_what_somebody_else_saved_is_not_overwritten(wiki, published, ada):
    other = next(name for name, each in wiki.site.accounts.items() if each.id != wiki.account_id)
    wiki.amend(published.number, body="<p>By hand</p>", author=other)

    with pytest.raises(ChangedError) as told:
        bring_up_to_date(published, ada)

    assert wiki.page(published.number).body == "<p>By hand</p>"
    conflict = told.value.conflict
    assert (conflict.version, bool(conflict.editor), bool(conflict.at)) == (2, True, True)
    assert conflict.editor in str(told.value)
    assert not calls(wiki, "PUT")


def test_it_is_replaced_where_a_person_has_seen_that_version(wiki, published, ada):
    wiki.amend(published.number, body="<p>By hand</p>")

    bring_up_to_date(published, ada, over=2)

    assert "Clinics stay online" in wiki.page(published.number).body
    assert published.version == 3


def test_another_version_than_the_one_that_was_seen_is_not_replaced(wiki, published, ada):
    wiki.amend(published.number, body="<p>One</p>")
    wiki.amend(published.number, body="<p>Two</p>")

    with pytest.raises(ChangedError):
        bring_up_to_date(published, ada, over=2)

    assert wiki.page(published.number).body == "<p>Two</p>"


def test_a_title_that_was_given_in_confluence_stays(wiki, published, ada):
    wiki.amend(published.number, title="Where we stand")

    bring_up_to_date(published, ada, over=2)

    assert wiki.page(published.number).title == published.title == "Where we stand"


def test_a_title_that_is_taken_is_said_before_anything_is_written(
    wiki, row, connection, space, ada
):
    wiki.create(space.key, TITLE, "<p>Theirs</p>")

    with pytest.raises(NotPublishedError, match="a page called") as told:
        publish(row, connection, Wish(space.space, TITLE), ada)

    assert told.value.field == "title"
    assert not calls(wiki, "POST", "PUT")


def test_a_title_that_the_archive_holds_is_said_at_the_title(wiki, row, connection, space, ada):
    theirs = wiki.create(space.key, TITLE.upper(), "<p>Theirs</p>")
    wiki.archive(theirs.id)

    with pytest.raises(NotPublishedError, match="in its archive") as told:
        publish(row, connection, Wish(space.space, TITLE), ada)

    assert told.value.field == "title"
    assert not PublishedPage.objects.get().is_doubtful


@pytest.mark.parametrize("way", ["trash", "purge"])
def test_a_page_that_is_gone_is_said_and_can_be_made_anew(
    wiki, published, connection, space, ada, way
):
    getattr(wiki, way)(published.number)
    with pytest.raises(GoneError, match="new one"):
        bring_up_to_date(published, ada)

    publish(published, connection, Wish(space.space, f"{TITLE} again", published.number), ada)

    assert wiki.page(published.number).title == f"{TITLE} again"
    assert published.version == 1
    assert [each.title for each in published.publications.all()] == [f"{TITLE} again", TITLE]


def test_a_page_that_the_account_may_not_open_is_said(wiki, published, ada):
    wiki.restrict(published.number, "nobody-else")

    with pytest.raises(GoneError):
        bring_up_to_date(published, ada)

    assert not calls(wiki, "PUT")


def test_a_page_that_was_moved_where_nothing_is_published_is_left_alone(
    wiki, published, connection, space, ada
):
    PublishingSpace.objects.filter(number=space.number).delete()

    with pytest.raises(GoneError, match="moved"):
        bring_up_to_date(published, ada)

    assert not calls(wiki, "PUT")


def test_a_page_that_was_moved_among_the_chosen_spaces_is_written_there(
    wiki, published, connection, ada
):
    home = replace(wiki.wiki.spaces[published.space_key], id=4_711, key="NEW", name="New")
    wiki.wiki.page(published.number).space = home
    PublishingSpace.objects.choose(connection, [Space(home.id, home.key, home.name)])

    bring_up_to_date(published, ada)

    assert (published.version, published.space_key) == (2, "NEW")


def test_each_publication_is_kept_and_logged(wiki, published, ada):
    wiki.amend(published.number, body="<p>By hand</p>")
    bring_up_to_date(published, ada, over=2)

    told = published.publications.values_list("version", "over", "by__name")
    assert list(told) == [(3, 2, "Ada Lindqvist"), (1, 0, "Ada Lindqvist")]
    assert AuditEntry.objects.filter(action="confluence.published").count() == 2


def test_only_what_somebody_did_counts_as_changed(wiki, published, ada):
    later = published.at + timedelta(days=3)
    before = has_changed(published, ada, later)
    make_objective(ada, published.cycle, title="New aim", level=Level.UNIT, unit=ada.unit)

    assert (before, has_changed(published, ada, later)) == (False, True)


def test_the_companys_review_is_one_page_too(wiki, row, connection, space, olga, cycle):
    own = make_objective(olga, cycle, title="Everybody is well", level=Level.COMPANY)
    make_key_result(own, title="Days ill", at="20")
    page = PublishedPage.objects.begin(Subject.REVIEW, None, cycle, connection)

    publish(page, connection, Wish(space.space, "The quarter"), olga)

    body = wiki.titled("The quarter", space.key).body
    assert all(each in body for each in ("Everybody is well", "Days ill", "Platform", "█"))


def test_an_account_that_may_not_write_there_is_told_so(wiki, published, ada):
    wiki.lock(published.number)

    with pytest.raises(NotPublishedError, match="may not write pages"):
        bring_up_to_date(published, ada)

    assert not PublishedPage.objects.get().is_doubtful


def test_what_is_private_stays_out_of_confluence(wiki, row, connection, space, ben, olga, cycle):
    make_objective(ben, cycle, title="Secret plan", visibility="confidential")

    publish(row, connection, Wish(space.space, TITLE), olga)

    assert "Secret" not in wiki.page(row.number).body


def test_a_page_that_went_to_the_trash_in_between_does_not_count_as_saved(wiki, published, ada):
    before = wiki.page(published.number)
    wiki.fault("discarded", method="PUT", path=wiki.page_at, key=str(published.number), times=1)

    with pytest.raises(NotPublishedError):
        bring_up_to_date(published, ada)

    published.refresh_from_db()
    assert published.version == before.version
    assert wiki.page(published.number).body == before.body
