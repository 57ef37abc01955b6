"""What people say to each other about an objective or a key result."""

from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Q

from okr.models.happens import Happens
from okr.models.key_result import KeyResult
from okr.models.news import tell_of_comment
from okr.models.objective import Objective
from okr.models.outbox import happened
from okr.models.person import Person
from okr.models.place import column_of, shown_places

LONGEST = 10_000


class CommentQuerySet(models.QuerySet["Comment"]):
    def say(
        self, about: Objective | KeyResult, *, by: Person, at: datetime, words: str
    ) -> "Comment":
        """Adds a comment; tells whom it mentions and who follows."""
        with transaction.atomic():
            comment = self.create(**column_of(about), by=by, at=at, words=words)
            tell_of_comment(comment, at)
            happened(Happens.COMMENT_ADDED, comment, by=by, at=at)
        return comment

    def on(self, about: Objective | KeyResult) -> Self:
        """The conversation, oldest first."""
        return self.filter(**column_of(about)).select_related("by").order_by("at", "id")

    def visible_to(self, person: Person) -> Self:
        objective, key_result = shown_places(person)
        return self.filter(objective | key_result, removed_at=None)

    def editable_by(self, person: Person) -> Self:
        """Nobody changes what another has said."""
        return self.filter(by=person, removed_at=None)

    def removable_by(self, person: Person) -> Self:
        standing = self.filter(removed_at=None)
        return standing if person.is_okr_admin else standing.filter(by=person)


class Comment(models.Model):
    """One that is removed leaves its place in the conversation, but not its words."""

    objective = models.ForeignKey(
        Objective, on_delete=models.CASCADE, null=True, related_name="comments"
    )
    key_result = models.ForeignKey(
        KeyResult, on_delete=models.CASCADE, null=True, related_name="comments"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    at = models.DateTimeField()
    words = models.TextField(max_length=LONGEST, blank=True)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(objective=None) ^ Q(key_result=None), name="a_comment_is_on_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(words=""), name="a_removed_comment_has_no_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} at {self.at:%Y-%m-%d %H:%M}"

    @property
    def about(self) -> Objective | KeyResult:
        """Where it stands."""
        about = self.key_result or self.objective
        assert about is not None  # noqa: S101  the database sees to it
        return about

    def reword(self, words: str, at: datetime) -> bool:
        """Changes it and tells whom it mentions only now; not when it was removed meanwhile."""
        with transaction.atomic():
            standing = Comment.objects.filter(pk=self.pk, removed_at=None)
            if not standing.update(words=words, edited_at=at):
                return False
            self.words, self.edited_at = words, at
            tell_of_comment(self, at)
            happened(Happens.COMMENT_CHANGED, self, by=self.by, at=at)
        return True

    def remove(self, *, by: Person, at: datetime) -> None:
        """Takes the words away, and what people were told of them."""
        with transaction.atomic():
            standing = Comment.objects.filter(pk=self.pk, removed_at=None)
            if standing.update(words="", removed_at=at):
                happened(Happens.COMMENT_DELETED, self, by=by, at=at)
            self.notifications.all().delete()
