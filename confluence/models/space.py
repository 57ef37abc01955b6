"""A space of Confluence in which people may publish: an admin chose it, nobody writes elsewhere."""

from collections.abc import Iterable

from django.db import models, transaction

from confluence.client import Space, Written
from confluence.models.connection import ConfluenceConnection


class PublishingSpaceQuerySet(models.QuerySet["PublishingSpace"]):
    def choose(self, connection: ConfluenceConnection, spaces: Iterable[Space]) -> None:
        """From now on these and no others; what was published elsewhere stays where it is."""
        wanted = {space.id: {"key": space.key, "name": space.name} for space in spaces}
        with transaction.atomic():
            self.filter(connection=connection).exclude(number__in=wanted).delete()
            for number, told in wanted.items():
                self.update_or_create(connection=connection, number=number, defaults=told)

    def holding(self, page: Written, connection: ConfluenceConnection) -> "PublishingSpace | None":
        """The one that this page is in; None where nobody chose it."""
        told = {"number": page.space_id} if page.space_id else {"key": page.space_key}
        return self.filter(connection=connection, **told).first()


class PublishingSpace(models.Model):
    connection = models.ForeignKey(
        ConfluenceConnection, on_delete=models.CASCADE, related_name="publishing_spaces"
    )
    number = models.BigIntegerField()
    key = models.CharField(max_length=255)
    name = models.CharField(max_length=255, blank=True)

    objects = PublishingSpaceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "number"], name="a_publishing_space_is_chosen_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.key

    @property
    def space(self) -> Space:
        return Space(self.number, self.key, self.name)
