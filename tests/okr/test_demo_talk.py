"""At Larkspur people talk, and those who try the product find something to read."""

from okr.models import Comment, Notification, Person
from okr.models.mention import mentioned


def test_whoever_is_worth_trying_finds_read_and_unread_notifications(larkspur):
    for name in ("ada.lindqvist", "ben.okafor", "cleo.marchetti", "olga.petrenko"):
        person = Person.objects.get(email=f"{name}@larkspur.example")
        shown = Notification.objects.shown_to(person)
        assert 0 < shown.unread().count() < shown.count(), name


def test_every_mention_is_of_somebody(larkspur):
    for comment in Comment.objects.all():
        assert len(mentioned(comment.words)) == comment.words.count("@"), comment.words
