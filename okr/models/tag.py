"""A word that people put on objectives across the tree, up to three on each."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from okr.models.alignment import hold_graph
from okr.models.closure import refuse_if_closed
from okr.models.objective import MOST_TAGS, Objective
from okr.models.version import Versioned

if TYPE_CHECKING:
    from okr.models.person import Person

TOO_MANY = f"Use at most {MOST_TAGS} tags."
TAKEN = "There is a tag “{}” already. Merge the two instead."


def tidy(name: str) -> str:
    """A name without spaces that nobody sees."""
    return " ".join(unicodedata.normalize("NFKC", name).split())


def distinct(names: Iterable[str]) -> dict[str, str]:
    """Tidy names by their keys, each once, as it was written first."""
    by_key: dict[str, str] = {}
    for name in filter(None, map(tidy, names)):
        by_key.setdefault(name.casefold(), name)
    return by_key


class TagQuerySet(models.QuerySet["Tag"]):
    def visible_to(self, person: "Person") -> Self:
        """Tags of objectives that the person sees, and those suggested to everybody.

        A tag that stands on confidential objectives alone would give them away.
        """
        if person.is_okr_admin:
            return self
        seen = Objective.objects.visible_to(person).filter(tags=OuterRef("pk"))
        return self.filter(Q(is_suggested=True) | Exists(seen))

    def named(self, names: Iterable[str]) -> list["Tag"]:
        """The tags of these names, made where they are new; each once, in the order given."""
        rows = distinct(names).items()
        return [self.get_or_create(key=key, defaults={"name": name})[0] for key, name in rows]

    def put_on(self, objective: Objective, names: Sequence[str]) -> None:
        """In the place of the tags that it has. Raises ValidationError for more than three."""
        with transaction.atomic():
            hold_graph(objective.cycle_id)
            refuse_if_closed(objective.pk)
            Objective.objects.select_for_update().get(pk=objective.pk)
            tags = self.named(names)
            if len(tags) > MOST_TAGS:
                raise ValidationError({"tags": TOO_MANY})
            Tagging.objects.filter(objective=objective).delete()
            Tagging.objects.bulk_create(
                Tagging(objective=objective, tag=tag, place=place)
                for place, tag in enumerate(tags, start=1)
            )


class Tag(Versioned):
    name = models.CharField(max_length=40)
    key = models.CharField(
        max_length=160, unique=True, editable=False, help_text="The name without upper case."
    )
    is_suggested = models.BooleanField(
        default=False, help_text="Offered to everybody, whether or not it is in use."
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_tag_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its objectives are listed."""
        return f"{reverse('okr:company')}?tag={self.pk}"

    def clean(self) -> None:
        self.name = tidy(self.name)
        self.key = self.name.casefold()
        if Tag.objects.filter(key=self.key).exclude(pk=self.pk).exists():
            raise ValidationError({"name": TAKEN.format(self.name)})

    def keep(self) -> None:
        """Saves a new or renamed tag. Raises StaleError where it was saved meanwhile."""
        self.full_clean()
        with transaction.atomic():
            self.claim_version()
            self.save()

    def merge_into(self, other: "Tag") -> None:
        """Its objectives bear the other one from now on, and it is gone."""
        if other.pk == self.pk:
            raise ValueError(f"{self} cannot be merged into itself")
        with transaction.atomic():
            Tag.objects.select_for_update().filter(pk__in=[self.pk, other.pk]).order_by(
                "pk"
            ).count()
            taggings = Tagging.objects.filter(tag=self)
            taggings.filter(objective__in=other.objectives.values("pk")).delete()
            taggings.update(tag=other)
            self.delete()

    def remove(self) -> None:
        """Deletes it; the objectives stay."""
        self.delete()


class Tagging(models.Model):
    """That a tag stands on an objective, in one of its three places."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                condition=Q(place__range=(1, MOST_TAGS)), name="an_objective_has_three_tags_at_most"
            ),
            models.UniqueConstraint(fields=["objective", "place"], name="one_tag_a_place"),
            models.UniqueConstraint(fields=["objective", "tag"], name="a_tag_once_an_objective"),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.objective_id}"
