"""What a person was told stands on one page: unread first, and nothing they may not see."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from okr.models import Comment, Notification, Occasion, Preference, Visibility
from okr.pages.notifications import in_words
from tests.cast import make_key_result, make_objective, make_person, signed_in
from tests.okr.pages import text_of

NOW = timezone.now()
PART = {"HX-Request": "true"}


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


def tell(*people, about=None, kind=Occasion.COMMENT, **more):
    Notification.objects.tell(people, kind, about=about, **{"at": NOW, **more})


def only_one():
    return Notification.objects.get()


def test_the_unread_stand_first_in_groups_by_thing(ada, ben, objective):
    key_result = make_key_result(objective)
    tell(ben, about=objective, by=ada, words="Read before")
    Notification.objects.update(read_at=NOW)
    early = NOW - timedelta(minutes=1)
    tell(ben, about=key_result, by=ada, kind=Occasion.MENTION, words="First", at=early)
    tell(ben, about=key_result, by=ada, words="Second")

    shown = text_of(signed_in(ben).get("/notifications/"))

    order = ["Unread", key_result.title, "Second", "mentioned you", "Earlier", "Read before"]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)
    assert "2 unread" in shown


def test_with_nothing_to_tell_the_page_says_so(ben):
    shown = text_of(signed_in(ben).get("/notifications/"))

    assert "You are up to date" in shown
    assert "Mark all read" not in shown


def test_following_a_notification_up_reads_it_and_leads_there(ada, ben, objective):
    comment = Comment.objects.say(objective, by=ada, at=NOW, words="Look")
    url = f"/notifications/{only_one().pk}/"

    assert signed_in(ada).get(url).status_code == 404
    signed_in(ben).head(url)
    assert only_one().read_at is None
    answer = signed_in(ben).get(url)

    assert answer["Location"] == f"/objectives/{objective.pk}/#comment-{comment.pk}"
    assert only_one().read_at is not None


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        (Occasion.SYNC_FAILING, "/okr-admin/integration/"),
        (Occasion.CHECK_IN_DUE, "/check-in/"),
        (Occasion.HANDED_OVER, "/my/"),
    ],
)
def test_what_is_about_nothing_leads_where_it_can_be_mended(olga, kind, url):
    tell(olga, kind=kind)

    assert signed_in(olga).get(f"/notifications/{only_one().pk}/")["Location"] == url


def test_what_is_told_by_mail_alone_can_be_followed_up_but_is_not_on_the_page(ben, objective):
    kind = Occasion.COMMENT
    Preference.objects.create(person=ben, kind=kind, in_app=False, by_mail=True)
    tell(ben, about=objective, words="By mail alone")
    client = signed_in(ben)

    assert "By mail alone" not in text_of(client.get("/notifications/"))
    answer = client.get(f"/notifications/{only_one().pk}/")
    assert answer["Location"] == f"/objectives/{objective.pk}/"


def test_one_is_marked_read_and_unread_again_without_leaving_the_page(ben, cleo):
    tell(ben)
    tell(ben)
    url = f"/notifications/{Notification.objects.latest('pk').pk}/read/"

    assert signed_in(cleo).post(url).status_code == 404
    part = signed_in(ben).post(url, {"read": "1"}, headers=PART)
    assert "Marked as read. 1 unread." in text_of(part)
    part = signed_in(ben).post(url, {"read": "0"}, headers=PART)
    assert "Marked as unread. 2 unread." in text_of(part)
    assert signed_in(ben).post(url)["Location"] == "/notifications/"


def test_all_that_was_shown_is_marked_read_and_nothing_that_came_since(ada, ben):
    tell(ada)
    tell(ben)
    newest = Notification.objects.latest("pk").pk
    tell(ben, words="Came since")

    signed_in(ben).post("/notifications/read/", {"newest": newest})

    unread = Notification.objects.unread()
    assert [each.words for each in unread.filter(person=ben)] == ["Came since"]
    assert unread.filter(person=ada).count() == 1


def test_what_became_confidential_leaks_neither_title_nor_count(ben, cleo, objective):
    tell(cleo, about=objective, words="Secret words")
    tell(cleo, about=make_key_result(objective, title="Secret number"))
    gone = [f"/notifications/{each.pk}/" for each in Notification.objects.all()]
    objective.title, objective.visibility = "Secret plan", Visibility.CONFIDENTIAL
    objective.keep()

    client = signed_in(cleo)
    shown = text_of(client.get("/notifications/"))

    assert "Secret" not in shown
    assert "unread" not in shown.replace("Nothing unread", "")
    assert [client.get(url).status_code for url in gone] == [404, 404]
    assert [client.post(f"{url}read/").status_code for url in gone] == [404, 404]


def test_a_deleted_comment_is_no_longer_told(ada, ben, objective):
    comment = Comment.objects.say(objective, by=ada, at=NOW, words="Never said")
    assert "Never said" in text_of(signed_in(ben).get("/notifications/"))

    comment.remove(by=ada, at=NOW)

    assert "You are up to date" in text_of(signed_in(ben).get("/notifications/"))


def test_every_page_counts_the_unread(ben, cleo):
    tell(ben, ben, cleo)
    tell(ben)

    assert "2 unread" in text_of(signed_in(ben).get("/my/"))
    tell(*[ben] * 1)
    assert "3 unread" in text_of(signed_in(ben).get("/my/"))


def test_more_than_a_page_is_paged_and_costs_the_same(ben, cycle, django_assert_max_num_queries):
    client = signed_in(ben)

    def fill(count):
        for number in range(count):
            by = make_person(f"Person {Notification.objects.count()}")
            tell(ben, about=make_objective(by, cycle), by=by, words=f"@Ben Okafor {number}")

    fill(3)
    with django_assert_max_num_queries(9) as few:
        client.get("/notifications/")
    fill(57)
    with django_assert_max_num_queries(9) as many:
        page = client.get("/notifications/")
    assert len(few) == len(many)
    assert "1–50 of 60" in text_of(page)


def test_days_are_named_as_people_do():
    today = date(2026, 1, 5)
    days = [date(2026, 1, 5), date(2026, 1, 4), date(2026, 1, 3), date(2025, 12, 30)]

    assert [in_words(day, today) for day in days] == [
        "Today",
        "Yesterday",
        "3 January",
        "30 December 2025",
    ]


@pytest.mark.parametrize("kind", Occasion)
def test_every_kind_has_its_words_with_and_without_somebody_who_did_it(olga, ada, kind):
    tell(olga, kind=kind)
    tell(olga, kind=kind, by=ada)

    shown = text_of(signed_in(olga).get("/notifications/"))

    assert shown.count("Ada Lindqvist ") >= 1
    assert signed_in(olga).get(f"/notifications/{Notification.objects.latest('pk').pk}/")
