"""What a person is told: once, never by themselves, and never about what they may not see."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from okr.models.person import Person
from okr.models.place import column_of, shown_places, thing_of
from okr.models.preference import ADMINS_ONLY, NOT_BY_MAIL, Occasion, Preference, usual
from okr.models.readers import able_to_see

BATCH = 500
LONGEST_WORDS = 500


class NotificationQuerySet(models.QuerySet["Notification"]):
    def tell(
        self,
        people: Iterable[Person],
        kind: str,
        *,
        about: models.Model | None = None,
        by: Person | None = None,
        at: datetime,
        words: str = "",
        key: str = "",
    ) -> None:
        """Tells those of `people` who may see `about` and want to hear of this kind.

        Never `by`, who did it; nobody twice the same `key`. `about` is an objective, a key result
        or what belongs to one; `words` are the line below the sentence that the kind has. A few
        statements for any number of people.
        """
        place = column_of(about)
        if isinstance(about, apps.get_model("okr", "Comment")):
            place |= {"comment": about}
        listeners = able_to_see(_listeners(people, kind, by), thing_of(about))
        wishes = Preference.objects.ways(listeners, kind)
        made = {"kind": kind, "by": by, "at": at, "words": words[:LONGEST_WORDS], "key": key}
        told = [
            Notification(person=person, in_app=ways.in_app, **made, **place)
            for person in listeners
            if any(ways := wishes.get(person.pk, usual(kind)))
        ]
        self.bulk_create(told, batch_size=BATCH, ignore_conflicts=True)

    def shown_to(self, person: Person) -> Self:
        """What a person finds in the app."""
        return self.visible_to(person).filter(in_app=True)

    def visible_to(self, person: Person) -> Self:
        """A person's own, without what became confidential since, or theirs no longer."""
        objective, key_result = shown_places(person)
        own = self.filter(
            Q(objective=None) | objective, Q(key_result=None) | key_result, person=person
        )
        return own if person.is_okr_admin else own.exclude(kind__in=ADMINS_ONLY)

    def wanted_by_mail(self) -> Self:
        """Of people who want e-mails at all, the kinds that they want there."""
        decided = Preference.objects.filter(person=OuterRef("person"), kind=OuterRef("kind"))
        return self.filter(
            ~Exists(decided.filter(by_mail=False)),
            ~Q(kind__in=NOT_BY_MAIL) | Exists(decided.filter(by_mail=True)),
            person__is_active=True,
            person__wants_mail=True,
        )

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def older_than(self, moment: datetime) -> Self:
        """Read by then; what nobody has read waits."""
        return self.filter(read_at__lt=moment)


class Notification(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20, choices=Occasion)
    objective = models.ForeignKey(
        "okr.Objective", on_delete=models.CASCADE, null=True, related_name="+"
    )
    key_result = models.ForeignKey(
        "okr.KeyResult", on_delete=models.CASCADE, null=True, related_name="+"
    )
    comment = models.ForeignKey(
        "okr.Comment", on_delete=models.CASCADE, null=True, related_name="notifications"
    )
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    key = models.CharField(
        max_length=120, blank=True, help_text="What it is told of; once told, never again."
    )
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["person", "-at"]),
            models.Index(fields=["person"], condition=Q(read_at=None), name="unread_of_a_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=~Q(key=""), name="nothing_is_told_twice"
            ),
            models.CheckConstraint(
                condition=Q(objective=None) | Q(key_result=None), name="told_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.at:%Y-%m-%d %H:%M}"

    def mark(self, *, read: bool, at: datetime) -> None:
        """Read, the first time counts; or unread again."""
        mine = Notification.objects.filter(pk=self.pk)
        if read:
            mine.unread().update(read_at=at)
        else:
            mine.update(read_at=None)


def _listeners(people: Iterable[Person], kind: str, by: Person | None) -> list[Person]:
    """Each once: those who are still here, and for some kinds OKR admins alone."""
    once = {person.pk: person for person in people if person.is_active and person != by}
    return [each for each in once.values() if kind not in ADMINS_ONLY or each.is_okr_admin]
