"""Under an objective and a key result people talk; others' words are theirs."""

import pytest
from django.utils import timezone

from okr.models import AuditEntry, Comment, Follow, Visibility
from tests.cast import make_key_result, make_objective, make_person, signed_in
from tests.okr.pages import text_of

NOW = timezone.now()
PART = {"HX-Request": "true"}


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


@pytest.fixture(params=["objective", "key_result"])
def place(request, objective):
    """Where one can talk: the thing and the address of its page."""
    if request.param == "objective":
        return objective, f"/objectives/{objective.pk}/"
    key_result = make_key_result(objective)
    return key_result, f"/key-results/{key_result.pk}/"


def say(about, by, words="Well done"):
    return Comment.objects.say(about, by=by, at=NOW, words=words)


def test_a_comment_stands_on_the_page_with_its_mention_and_its_link(place, ada, cleo):
    _, url = place
    words = "<b>@Ada Lindqvist</b>, see https://larkspur.example/plan"

    answer = signed_in(cleo).post(f"{url}comments/", {"words": words})
    comment = Comment.objects.get()
    page = signed_in(ada).get(url)

    assert answer["Location"] == f"{url}#comment-{comment.pk}"
    html = page.content.decode()
    assert '<span class="mention">@Ada Lindqvist</span>' in html
    assert "&lt;b&gt;" in html
    assert 'href="https://larkspur.example/plan"' in html


def test_an_empty_or_endless_comment_is_refused_and_kept_in_the_box(place, cleo):
    _, url = place
    empty = signed_in(cleo).post(f"{url}comments/", {"words": "  "})
    endless = signed_in(cleo).post(f"{url}comments/", {"words": "ש" * 10_001}, headers=PART)

    assert (empty.status_code, endless.status_code) == (422, 422)
    assert "Write something first." in text_of(empty)
    assert "ש" * 10_001 in endless.content.decode()
    assert not Comment.objects.exists()


def test_htmx_gets_the_section_with_an_empty_box(place, cleo):
    _, url = place
    answer = signed_in(cleo).post(f"{url}comments/", {"words": "Fine"}, headers=PART)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.lstrip().startswith("<section")
    assert "Your comment is added." in html
    assert "Fine</textarea>" not in html


def test_the_conversation_of_what_one_may_not_see_is_not_there(ben, cleo, cycle):
    secret = make_objective(ben, cycle, visibility=Visibility.CONFIDENTIAL)
    comment = say(secret, ben)

    for address in (
        f"/objectives/{secret.pk}/comments/",
        f"/objectives/{secret.pk}/people/",
        f"/comments/{comment.pk}/edit/",
        f"/comments/{comment.pk}/delete/",
    ):
        assert signed_in(cleo).get(address).status_code == 404
        assert signed_in(ben).get(address).status_code == 200
    for address in ("comments", "follow"):
        answer = signed_in(cleo).post(f"/objectives/{secret.pk}/{address}/", {"words": "Oh"})
        assert answer.status_code == 404
    assert Comment.objects.count() == 1


def test_only_who_wrote_it_edits_a_comment(place, ben, cleo, olga):
    about, url = place
    comment = say(about, cleo)
    edit = f"/comments/{comment.pk}/edit/"

    for person in (ben, olga):
        assert signed_in(person).post(edit, {"words": "Mine"}).status_code == 403
    assert signed_in(cleo).post(edit, {"words": "Better"})["Location"] == url

    shown = text_of(signed_in(ben).get(url))
    assert "Better" in shown
    assert "edited" in shown


def test_who_wrote_it_and_admins_delete_a_comment_and_its_place_stays(place, ben, cleo, olga):
    about, url = place
    comments = [say(about, cleo, "Secret words") for _ in range(2)]

    assert signed_in(ben).post(f"/comments/{comments[0].pk}/delete/").status_code == 403
    for person, comment in zip((cleo, olga), comments, strict=True):
        assert signed_in(person).post(f"/comments/{comment.pk}/delete/")["Location"] == url

    logged = AuditEntry.objects.get()
    assert (logged.by, logged.sentence) == (olga, "deleted a comment of Cleo Marchetti")
    assert "Secret words" not in str(AuditEntry.objects.values())
    shown = text_of(signed_in(ben).get(url))
    assert shown.count("Comment deleted") == 2
    assert "Secret words" not in shown
    assert signed_in(cleo).get(f"/comments/{comments[0].pk}/edit/").status_code == 404


def test_following_is_a_press_and_a_press(place, cleo):
    about, url = place
    client = signed_in(cleo)
    assert "Follow" in text_of(client.get(url))

    for follow, button in (("1", "Unfollow"), ("0", "Follow")):
        part = client.post(f"{url}follow/", {"follow": follow}, headers=PART)
        assert text_of(part).endswith(button)
        assert Follow.objects.is_followed(about, cleo) is (follow == "1")
    assert client.post(f"{url}follow/", {"follow": "1"})["Location"] == f"{url}#comments"


def test_who_may_not_see_it_is_not_offered_for_a_mention(ada, ben, cleo, olga, cycle):
    public = make_objective(ben, cycle)
    secret = make_objective(ben, cycle, visibility=Visibility.CONFIDENTIAL)

    def offered(objective, words):
        return text_of(signed_in(ben).get(f"/objectives/{objective.pk}/people/?q={words}"))

    assert "Cleo Marchetti" in offered(public, "marc")
    assert "Cleo" not in offered(secret, "")
    assert "Ada Lindqvist" in offered(secret, "ada")
    assert "Olga Petrenko" in offered(secret, "")
    assert "Ben" not in offered(public, "")
    assert offered(public, "%00zz") == ""


def test_who_is_called_so_is_offered_before_who_only_has_the_letters_in_a_name(ben, cycle):
    for name in ("Zara Amani", "Lena Marsh", "Mara Voss"):
        make_person(name)
    url = f"/objectives/{make_objective(ben, cycle).pk}/people/"

    shown = text_of(signed_in(ben).get(f"{url}?q=mar"))

    names = ["Mara Voss", "Lena Marsh"]
    assert sorted(names, key=shown.index) == names
    assert "Zara" not in shown


def test_among_many_who_may_not_see_it_the_right_one_is_found(ben, cycle):
    for number in range(60):
        make_person(f"Anna {number}")
    secret = make_objective(ben, cycle, visibility=Visibility.CONFIDENTIAL)
    secret.viewers.add(make_person("Anna Zorn"))

    answer = signed_in(ben).get(f"/objectives/{secret.pk}/people/?q=anna")

    assert "Anna Zorn" in text_of(answer)
    assert answer.content.decode().count("<li") == 1


def test_a_long_conversation_shows_its_latest_comments_and_leads_to_the_earlier(place, ben):
    about, url = place
    Comment.objects.bulk_create(
        Comment(**place_in(about), by=ben, at=NOW, words=f"No {n}.") for n in range(45)
    )
    client = signed_in(ben)

    shown = text_of(client.get(url))
    assert "No 44." in shown
    assert "No 24." not in shown
    assert "Earlier comments" in shown
    assert "No 4." in text_of(client.get(f"{url}comments/?page=3"))


def place_in(about):
    return {"objective" if hasattr(about, "cycle_id") else "key_result": about}


def test_the_conversation_costs_the_same_however_long_it_is(
    place, ben, cleo, django_assert_max_num_queries
):
    about, url = place
    client = signed_in(ben)
    say(about, cleo, "Hello @Ada Lindqvist")
    with django_assert_max_num_queries(14) as few:
        client.get(f"{url}comments/")
    for number in range(19):
        say(about, make_person(f"Person {number}"), f"@Ben Okafor, {number}")
    with django_assert_max_num_queries(14) as many:
        client.get(f"{url}comments/")
    assert len(few) == len(many)


def test_who_deletes_the_thing_is_told_how_many_comments_go_with_it(place, ben, cleo):
    about, url = place
    say(about, cleo)
    say(about, ben)

    assert "2 comments" in text_of(signed_in(ben).get(f"{url}delete/"))
    signed_in(ben).post(f"{url}delete/")
    assert not Comment.objects.exists()
