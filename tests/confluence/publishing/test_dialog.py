"""The way from a unit's pages into Confluence: who finds it, and what each press leads to."""

import pytest
from django.utils import timezone

from confluence.models import ConfluenceSettings, PublishedPage, PublishingSpace
from okr.models import AuditEntry, Level, Review
from tests.cast import make_key_result, make_objective, signed_in
from tests.confluence.publishing.stage import connect
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db
SPACES = "/okr-admin/integration/confluence/spaces/"


def dialog(cycle, subject="okrs", slug="platform"):
    return f"/confluence/publish/{subject}/{cycle.pk}/{slug}/"


def press(person, cycle, subject="okrs", **sent):
    return signed_in(person).post(dialog(cycle, subject), sent)


@pytest.fixture
def published(ada, cycle, space, objective):
    press(ada, cycle, space=space.pk, title="Where Platform stands")
    return PublishedPage.objects.get()


@pytest.mark.parametrize("place", ["/teams/platform/?cycle={}", "/reviews/{}/platform/"])
def test_the_way_is_shown_to_who_leads_the_unit_and_to_admins(
    ada, ben, olga, cycle, space, objective, place
):
    address = place.format(cycle.pk)
    shown = ["in Confluence" in text_of(signed_in(each).get(address)) for each in (ada, olga, ben)]
    assert shown == [True, True, False]


@pytest.mark.parametrize("missing", ["publishing", "spaces"])
def test_nothing_is_shown_or_done_before_an_admin_opened_it(
    ada, cycle, space, objective, wiki, missing
):
    if missing == "spaces":
        PublishingSpace.objects.all().delete()
    else:
        ConfluenceSettings.load().switch("publishing", on=False)
    wiki.forget_calls()

    assert "in Confluence" not in text_of(signed_in(ada).get("/teams/platform/"))
    assert press(ada, cycle, space=space.pk, title="x").status_code == 403
    assert not wiki.calls


def test_who_does_not_lead_the_unit_is_told_who_may(ben, cycle, space):
    response = signed_in(ben).get(dialog(cycle))

    assert response.status_code == 403
    assert "Only who leads this unit" in text_of(response)


def test_the_dialog_suggests_a_title_and_offers_the_chosen_spaces(ada, cycle, space, objective):
    seen = signed_in(ada).get(dialog(cycle)).content.decode()

    assert 'value="Platform: OKRs Autumn"' in seen
    assert str(space) in seen
    assert "with_reviews" not in seen


def test_publishing_leads_back_and_says_what_it_is_called(ada, cycle, space, objective, wiki):
    response = press(ada, cycle, space=space.pk, title="Where  Platform stands ")

    assert response["Location"] == f"/teams/platform/?cycle={cycle.pk}"
    assert wiki.titled("Where Platform stands", space.key)
    page = text_of(signed_in(ada).get(response["Location"]))
    assert "Update OKRs in Confluence" in page


def test_a_space_that_was_not_chosen_is_refused(ada, cycle, space, objective, wiki):
    wiki.forget_calls()
    response = press(ada, cycle, space=space.pk + 1_000, title="x")

    assert response.status_code == 422
    assert not wiki.calls


def test_a_taken_title_is_said_at_its_box(ada, cycle, space, objective, wiki):
    wiki.create(space.key, "Taken")

    response = press(ada, cycle, space=space.pk, title="Taken")

    assert response.status_code == 422
    assert "a page called “Taken”" in text_of(response)
    assert 'value="Taken"' in response.content.decode()


def test_reviews_leave_only_when_somebody_ticked_them(ada, olga, cycle, space, objective, wiki):
    Review.objects.say(objective, olga, timezone.now(), comment="Bold", rating=2, outcome="close")

    press(ada, cycle, "review", space=space.pk, title="Review", with_notes="on")
    before = wiki.titled("Review", space.key).body
    press(ada, cycle, "review", with_notes="on", with_reviews="on")

    assert "Bold" not in before
    assert "Bold" in wiki.titled("Review", space.key).body


def test_a_conflict_says_who_saved_and_offers_two_ways_on(ada, cycle, published, wiki):
    wiki.amend(published.number, body="<p>By hand</p>")

    response = press(ada, cycle)

    seen = text_of(response)
    assert response.status_code == 422
    assert "(version 2)" in seen
    assert "Nothing was overwritten." in seen
    assert "Replace version 2" in seen
    assert "Publish a new page" in seen
    assert "pageId=" in response.content.decode()


def test_the_first_way_replaces_what_was_seen(ada, cycle, published, wiki):
    wiki.amend(published.number, body="<p>By hand</p>")

    assert press(ada, cycle, over="2").status_code == 302
    assert wiki.page(published.number).version == 3


def test_the_second_way_leaves_their_page_alone(ada, cycle, space, published, wiki):
    wiki.amend(published.number, body="<p>By hand</p>")

    seen = str(published.number)
    asked = press(ada, cycle, anew=seen)
    assert asked.status_code == 200
    assert PublishedPage.objects.get().number == published.number
    press(ada, cycle, anew=seen, space=space.pk, title="Another")

    assert wiki.page(published.number).body == "<p>By hand</p>"
    assert PublishedPage.objects.get().number == int(wiki.titled("Another", space.key).id)


def test_a_second_press_of_publish_makes_nothing_more(ada, cycle, space, published, wiki):
    response = press(ada, cycle, space=space.pk, title="Where Platform stands")

    assert response.status_code == 302
    assert wiki.page(published.number).version == 1


def test_the_dialog_shows_what_is_going_to_be_said_and_what_stays_out(
    ada, ben, cycle, space, objective
):
    make_objective(ada, cycle, title="Secret plan", visibility="confidential")
    seen = signed_in(ada).get(dialog(cycle))

    assert all(each in text_of(seen) for each in ("Clinics stay online", "Minutes offline"))
    assert "this stays out: 1 confidential." in text_of(seen)
    assert "Secret plan" not in text_of(seen)


def test_what_nobody_told_this_person_is_not_counted(ada, olga, cycle, space, objective):
    make_objective(
        olga, cycle, title="Hush", visibility="confidential", level=Level.UNIT, unit=ada.unit
    )

    assert "this stays out" not in text_of(signed_in(ada).get(dialog(cycle)))
    assert "1 confidential" in text_of(signed_in(olga).get(dialog(cycle)))


def test_the_preview_follows_what_is_ticked(ada, olga, cycle, space, objective):
    Review.objects.say(objective, olga, timezone.now(), comment="Bold", rating=2, outcome="close")
    place = f"/confluence/preview/review/{cycle.pk}/platform/"

    assert "Bold" not in text_of(signed_in(ada).get(place))
    assert "Bold" in text_of(signed_in(ada).get(f"{place}?with_reviews=on"))
    looked = press(ada, cycle, "review", look="1", with_reviews="on", space=space.pk, title="Mine")
    assert "Bold" in text_of(looked)
    assert 'value="Mine"' in looked.content.decode()
    assert not PublishedPage.objects.exists()


def test_the_companys_pages_are_published_by_admins_alone(ada, olga, cycle, space, objective, wiki):
    place = f"/confluence/publish/review/{cycle.pk}/"
    sent = {"space": space.pk, "title": "The quarter"}

    assert "in Confluence" not in text_of(signed_in(ada).get("/company/"))
    assert signed_in(ada).post(place, sent).status_code == 403
    assert "Publish review in Confluence" in text_of(signed_in(olga).get("/company/"))
    assert signed_in(olga).post(place, sent)["Location"] == f"/company/?cycle={cycle.pk}"
    assert "Published just now" in text_of(signed_in(olga).get("/company/"))
    assert "Platform" in wiki.titled("The quarter", space.key).body
    assert AuditEntry.objects.get(action="confluence.published").by == olga


def test_the_page_says_when_something_has_changed_since(ada, cycle, objective, published):
    before = text_of(signed_in(ada).get("/teams/platform/"))
    make_key_result(objective, title="One more", at="60")
    after = text_of(signed_in(ada).get("/teams/platform/"))

    assert "Published just now" in before
    assert "changed since" not in before
    assert "changed since" in after


def test_who_published_before_is_listed(ada, olga, cycle, published, wiki):
    wiki.amend(published.number, body="<p>By hand</p>")
    press(olga, cycle, over="2")

    seen = text_of(signed_in(ada).get(dialog(cycle)))
    assert "version 3" in seen
    assert "over version 2 of somebody else" in seen
    assert "by Ada Lindqvist" in seen


@pytest.mark.parametrize("over", ["", "x", "-1", "²", "9" * 30])
def test_a_version_that_makes_no_sense_replaces_nothing(ada, cycle, published, wiki, over):
    wiki.amend(published.number, body="<p>By hand</p>")

    assert press(ada, cycle, over=over).status_code == 422
    assert wiki.page(published.number).version == 2


@pytest.mark.parametrize("place", ["okrs/1/nowhere", "okrs/999999/platform", "words/1/platform"])
def test_what_is_not_there_is_not_found(ada, olga, space, place):
    assert signed_in(olga).get(f"/confluence/publish/{place}/").status_code == 404


def test_an_admin_chooses_the_spaces_and_that_is_logged(olga, connection, wiki):
    client = signed_in(olga)
    offered = client.get(SPACES).content.decode()
    number = wiki.wiki.spaces["DEMO"].id

    response = client.post(SPACES, {"spaces": [number]})

    assert "Demo notes (DEMO)" in offered
    assert response["Location"] == "/okr-admin/integration/confluence/"
    assert [each.key for each in PublishingSpace.objects.all()] == ["DEMO"]
    assert AuditEntry.objects.filter(action="confluence.spaces").count() == 1
    assert "People publish in Demo notes." in text_of(client.get(response["Location"]))


def test_a_space_that_the_account_does_not_see_cannot_be_chosen(olga, connection):
    assert signed_in(olga).post(SPACES, {"spaces": [1]}).status_code == 422
    assert not PublishingSpace.objects.exists()


def test_only_admins_choose_spaces(ada, connection):
    assert signed_in(ada).get(SPACES).status_code == 403


def test_publishing_cannot_be_switched_on_with_a_token_that_only_reads(olga, wiki):
    connect(wiki, token=wiki.page_token, api_base=wiki.gateway)
    ConfluenceSettings.load().switch("publishing", on=False)
    client = signed_in(olga)

    response = client.post("/okr-admin/integration/confluence/switch/publishing/", follow=True)

    assert "write:page:confluence" in text_of(response)
    assert not ConfluenceSettings.load().publishing
