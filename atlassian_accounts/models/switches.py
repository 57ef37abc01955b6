"""What the admin decided for the whole room: whether accounts are read, and may be removed."""

from django.db import models
from django.db.models import Q


class AccountsSettings(models.Model):
    """The one row of the room. Reading and removing are switched each by itself, off by default."""

    enabled = models.BooleanField("Read Atlassian accounts", default=False)
    removes = models.BooleanField("Remove, suspend and restore accounts", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_row_of_accounts_settings"),
            models.CheckConstraint(
                condition=Q(enabled=True) | Q(removes=False), name="who_removes_reads_too"
            ),
        ]

    def __str__(self) -> str:
        return "Atlassian accounts settings"

    @classmethod
    def load(cls) -> "AccountsSettings":
        """As it is before anybody decided until then: looking writes nothing."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def turn_on(self) -> None:
        self._keep(enabled=True)

    def turn_off(self) -> None:
        """What was read stays as it was; nothing can be removed either."""
        self._keep(enabled=False, removes=False)

    def allow_removing(self) -> None:
        self._keep(enabled=True, removes=True)

    def forbid_removing(self) -> None:
        self._keep(removes=False)

    def _keep(self, **decided: bool) -> None:
        AccountsSettings.objects.get_or_create(pk=1)
        for name, value in decided.items():
            setattr(self, name, value)
        self.save(update_fields=list(decided))
