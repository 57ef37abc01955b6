"""What the admin decided: whether pages may be attached, and whether anything may be published."""

from django.db import models
from django.db.models import Q


class ConfluenceSettings(models.Model):
    """The one row of the room. Off is what it is before anybody decided."""

    enabled = models.BooleanField("Attach Confluence pages as evidence", default=False)
    publishing = models.BooleanField("Publish OKRs as Confluence pages", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_row_of_confluence_settings"),
        ]

    def __str__(self) -> str:
        return "Confluence settings"

    @classmethod
    def load(cls) -> "ConfluenceSettings":
        """As it is before anybody decided until then: looking writes nothing."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def publishes(self) -> bool:
        return self.enabled and self.publishing

    def switch(self, name: str, *, on: bool) -> None:
        """`name` is enabled or publishing; what is attached or published stays."""
        type(self).objects.get_or_create(pk=1)
        setattr(self, name, on)
        self.save(update_fields=[name])
