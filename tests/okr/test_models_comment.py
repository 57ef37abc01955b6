"""People talk about an objective or a key result; whoever is concerned and may see it is told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from okr.models import Comment, Follow, Notification, Occasion, Visibility
from okr.models.mention import known_names, mentioned, pieces
from tests.cast import make_key_result, make_objective, make_person

NOW = timezone.now()


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


@pytest.fixture
def key_result(objective):
    return make_key_result(objective)


def say(about, by, words="Well done"):
    return Comment.objects.say(about, by=by, at=NOW, words=words)


def kinds(person):
    return [each.kind for each in Notification.objects.shown_to(person)]


def test_the_owner_and_who_commented_before_are_told_but_not_who_speaks(ada, ben, cleo, objective):
    say(objective, cleo)
    say(objective, ada)

    assert (kinds(ben), kinds(cleo), kinds(ada)) == ([Occasion.COMMENT] * 2, [Occasion.COMMENT], [])


def test_who_follows_an_objective_hears_of_its_key_results(cleo, objective, key_result):
    Follow.objects.choose(cleo, objective, active=True)
    say(key_result, objective.owner)
    assert kinds(cleo) == [Occasion.COMMENT]

    Follow.objects.choose(cleo, key_result, active=False)
    say(key_result, objective.owner)
    assert kinds(cleo) == [Occasion.COMMENT]


def test_who_unfollowed_is_left_alone_even_after_a_comment_of_theirs(ben, cleo, objective):
    say(objective, cleo)
    for person in (ben, cleo):
        Follow.objects.choose(person, objective, active=False)

    say(objective, cleo)

    assert not Follow.objects.is_followed(objective, cleo)
    assert (len(kinds(ben)), len(kinds(cleo))) == (1, 0)


def test_a_mention_is_told_once_and_makes_one_follow(ben, cleo, objective):
    comment = say(objective, ben, "What does @Cleo Marchetti think?")
    assert kinds(cleo) == [Occasion.MENTION]
    assert Follow.objects.is_followed(objective, cleo)

    assert comment.reword("What do you think, @Cleo Marchetti?", NOW)
    assert kinds(cleo) == [Occasion.MENTION]


def test_who_is_mentioned_only_after_an_edit_is_told_then(ada, ben, objective):
    comment = say(objective, ben, "Hm")
    comment.reword("Hm, @Ada Lindqvist?", NOW)

    assert kinds(ada) == [Occasion.MENTION]
    assert comment.edited_at == NOW


def test_a_mention_of_who_may_not_see_it_tells_them_nothing(ben, cleo, cycle):
    secret = make_objective(ben, cycle, visibility=Visibility.CONFIDENTIAL)

    say(secret, ben, "@Cleo Marchetti must not know")

    assert kinds(cleo) == []
    assert not Follow.objects.filter(person=cleo).exists()


def test_a_removed_comment_keeps_its_place_and_loses_its_words_everywhere(ben, cleo, objective):
    comment = say(objective, cleo, "@Ben Okafor, I should not have said this")
    comment.remove(by=comment.by, at=NOW)

    comment.refresh_from_db()
    assert comment.words == ""
    assert list(Comment.objects.on(objective)) == [comment]
    assert kinds(ben) == []
    assert not comment.reword("Said again", NOW)
    assert not Comment.objects.visible_to(cleo).exists()


def test_a_check_in_tells_followers_and_a_drop_tells_the_manager_too(ada, ben, cleo, key_result):
    Follow.objects.choose(cleo, key_result, active=True)
    for turn, confidence in enumerate(("on_track", "on_track", "at_risk", "on_track")):
        at = NOW + timedelta(days=turn)
        key_result.check_in(by=ben, at=at, confidence=confidence, value=Decimal(turn))

    followed, dropped = Occasion.FOLLOWED, Occasion.CONFIDENCE_DROPPED
    assert kinds(cleo) == [followed, dropped, followed, followed]
    assert kinds(ada) == [dropped]
    assert kinds(ben) == []
    assert Notification.objects.get(person=ada).words == "From On track to At risk."


def test_a_note_mentions_too(cleo, ben, key_result):
    key_result.check_in(by=ben, at=NOW, confidence="on_track", note="Thanks, @Cleo Marchetti")

    assert kinds(cleo) == [Occasion.MENTION]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Ada Lindqvist", ["Ada Lindqvist"]),
        ("(@Ada Lindqvist, @Ben Okafor)", ["Ada Lindqvist", "Ben Okafor"]),
        ("@Ben Okafor Junior said so", ["Ben Okafor Junior"]),
        ("@Ben Okafor's idea", ["Ben Okafor"]),
        ("ask ada@Ada Lindqvist or @@Ada Lindqvist", []),
        ("@ada lindqvist, @Ada\nLindqvist, @Nobody Here, @", []),
        ("שלום @Zoë O’Neil Jr. ✨", ["Zoë O’Neil Jr."]),
    ],
)
def test_people_are_found_by_their_whole_name(db, text, names):
    for name in ("Ada Lindqvist", "Ben Okafor", "Ben Okafor Junior", "Zoë O’Neil Jr."):
        make_person(name, email=f"{len(name)}-{name[0].lower()}@larkspur.example")

    assert [person.name for person in mentioned(text)] == names
    cut = list(pieces(text, known_names([text])))
    assert "".join(words for words, _ in cut) == text
    assert [name for _, name in cut if name] == names


def test_two_of_one_name_are_both_told_and_who_left_is_not(ben, objective):
    twins = [make_person("Ada Byron", email=f"ada{number}@larkspur.example") for number in (1, 2)]
    gone = make_person("Ada Byron", email="ada3@larkspur.example", is_active=False)

    say(objective, ben, "@Ada Byron")

    assert [len(kinds(person)) for person in (*twins, gone)] == [1, 1, 0]


def test_a_text_full_of_signs_asks_for_a_bounded_number_of_names(db):
    assert mentioned("@a b c d e f g h " * 600) == []


def test_a_retrospective_and_a_review_mention_too(ada, ben, cleo, olga, objective):
    objective.review(by=ada, at=NOW, rating=4, comment="Ask @Olga Petrenko", outcome="close")
    assert kinds(olga) == [Occasion.MENTION]

    words = "Thanks, @Cleo Marchetti"
    objective.close(by=ben, at=NOW, score=Decimal("0.7"), retrospective=words, outcome="close")
    assert kinds(cleo) == [Occasion.MENTION]
