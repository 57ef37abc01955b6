"""A person is told once, never by themselves, never about what they may not see."""

import pytest
from django.utils import timezone

from okr.models import Notification, Occasion, Preference, Role, Visibility
from tests.cast import make_key_result, make_objective, make_person

NOW = timezone.now()


@pytest.fixture
def secret(ben, cycle):
    return make_objective(ben, cycle, title="Buy the rival", visibility=Visibility.CONFIDENTIAL)


def tell(*people, about=None, kind=Occasion.COMMENT, **more):
    Notification.objects.tell(people, kind, about=about, **{"at": NOW, **more})


def told(person):
    return list(Notification.objects.shown_to(person))


def test_people_are_told_but_never_who_did_it_nor_who_left(ada, ben, cleo, cycle):
    cleo.is_active = False
    cleo.save()

    tell(ada, ben, ben, cleo, about=make_objective(ben, cycle), by=ada, words="Good news")

    [notification] = told(ben)
    assert (notification.by, notification.words) == (ada, "Good news")
    assert Notification.objects.count() == 1


def test_nobody_is_told_of_what_they_may_not_see(ada, ben, cleo, olga, secret):
    key_result = make_key_result(secret)

    for about in (secret, key_result):
        tell(ada, ben, cleo, olga, about=about)

    assert [len(told(person)) for person in (ada, ben, cleo, olga)] == [2, 2, 0, 2]


def test_what_became_confidential_is_no_longer_shown_nor_counted(ben, cleo, cycle):
    objective = make_objective(ben, cycle)
    tell(cleo, about=objective)
    tell(cleo, about=make_key_result(objective))
    assert len(told(cleo)) == 2

    objective.visibility = Visibility.CONFIDENTIAL
    objective.keep()

    assert Notification.objects.shown_to(cleo).unread().count() == 0


def test_a_key_is_told_once_to_each_and_no_key_as_often_as_it_happens(ada, ben):
    for _ in range(2):
        tell(ada, ben, key="check-in-7")
        tell(ben)

    assert (len(told(ada)), len(told(ben))) == (1, 3)


def test_a_failing_sync_is_told_to_admins_alone_and_hidden_from_who_no_longer_is_one(ben, olga):
    tell(ben, olga, kind=Occasion.SYNC_FAILING)
    assert (len(told(ben)), len(told(olga))) == (0, 1)

    olga.role = Role.EMPLOYEE
    olga.save()

    assert told(olga) == []


def test_a_kind_that_nobody_wants_is_not_written(ben):
    kind = Occasion.COMMENT
    wish = Preference.objects.create(person=ben, kind=kind, in_app=False, by_mail=True)
    tell(ben)
    assert told(ben) == []
    assert Notification.objects.count() == 1

    Preference.objects.filter(pk=wish.pk).update(by_mail=False)
    tell(ben)
    assert Notification.objects.count() == 1


def test_telling_three_or_fifty_costs_the_same(ada, cycle, django_assert_num_queries):
    objective = make_objective(ada, cycle)
    for count in (3, 50):
        people = [make_person(f"Person {count} {number}") for number in range(count)]
        with django_assert_num_queries(4):
            tell(*people, about=objective)


def test_long_words_are_cut_not_refused(ben):
    tell(ben, words="é" * 10_000)

    assert len(told(ben)[0].words) == 500
