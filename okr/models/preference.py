"""What a person wants to be told, and how; a row only where that differs from the usual."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import models, transaction

from okr.models.person import Person


class Occasion(models.TextChoices):
    """The kinds of notifications."""

    CHECK_IN_DUE = "check_in_due", "A check-in is due"
    CONFIDENCE_DROPPED = "confidence_dropped", "Confidence dropped"
    MENTION = "mention", "Somebody mentions you"
    COMMENT = "comment", "A comment on what you follow"
    FOLLOWED = "followed", "News of what you follow"
    APPROVAL_ASKED = "approval_asked", "Somebody asks for your approval"
    APPROVAL_DECIDED = "approval_decided", "Your objective is approved or sent back"
    REVIEW_GIVEN = "review_given", "Your objective is reviewed"
    CLOSED = "closed", "Something you follow is closed"
    RETROSPECTIVE_DUE = "retrospective_due", "A retrospective is asked for"
    HANDED_OVER = "handed_over", "Something is handed over to you"
    LINK_BROKEN = "link_broken", "A link to an integration is broken"
    SYNC_FAILING = "sync_failing", "An integration cannot be read"
    TOKEN_ENDING = "token_ending", "A token of an integration is about to end"
    WEBHOOK_STOPPED = "webhook_stopped", "A webhook is switched off because it kept failing"


ADMINS_ONLY = frozenset({Occasion.SYNC_FAILING, Occasion.TOKEN_ENDING, Occasion.WEBHOOK_STOPPED})
NOT_BY_MAIL = frozenset({Occasion.FOLLOWED})


class Ways(NamedTuple):
    in_app: bool
    by_mail: bool


def usual(kind: str) -> Ways:
    """In the app always, by e-mail all but the small news."""
    return Ways(in_app=True, by_mail=kind not in NOT_BY_MAIL)


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def ways(self, people: Iterable[Person], kind: str) -> dict[int, Ways]:
        """How those want to be told who decided it themselves."""
        rows = self.filter(kind=kind, person__in=[person.pk for person in people])
        return {row.person_id: Ways(row.in_app, row.by_mail) for row in rows}

    def all_of(self, person: Person) -> dict[str, Ways]:
        """How a person is told of each kind that concerns them."""
        decided = {row.kind: Ways(row.in_app, row.by_mail) for row in self.filter(person=person)}
        hidden = frozenset() if person.is_okr_admin else ADMINS_ONLY
        return {
            kind.value: decided.get(kind, usual(kind)) for kind in Occasion if kind not in hidden
        }

    def decide(self, person: Person, wishes: Mapping[str, Ways], wants_mail: bool) -> None:
        """From now on; what was told before stays as it is."""
        rows = [Preference(person=person, kind=kind, **w._asdict()) for kind, w in wishes.items()]
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(wants_mail=wants_mail)
            self.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["person", "kind"],
                update_fields=["in_app", "by_mail"],
            )


class Preference(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=20, choices=Occasion)
    in_app = models.BooleanField()
    by_mail = models.BooleanField()

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_preference_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
