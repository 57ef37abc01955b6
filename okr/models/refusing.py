"""What cannot be done to somebody, so that the company is never without an admin who gets in."""

from typing import TYPE_CHECKING

from okr.models.people import CAN_SIGN_IN
from okr.models.policy import Policy

if TYPE_CHECKING:
    from okr.models.person import Person

LAST_ADMIN = "{} is the last OKR admin who can sign in. Make somebody else OKR admin first."
LAST_NAMED = (
    "{} is the last OKR admin who is named for emergencies. Name another one under Sign-in first."
)


class RefusedError(ValueError):
    """Says why in a sentence."""


def refuse_if_last_admin(person: "Person") -> None:
    """Raises RefusedError."""
    admins = type(person).objects.active().filter(role="okr_admin")
    if not admins.filter(pk=person.pk).exists():
        return
    if not admins.filter(CAN_SIGN_IN).exclude(pk=person.pk).exists():
        raise RefusedError(LAST_ADMIN.format(person))
    named = admins.filter(keeps_password=True).values_list("pk", flat=True)
    if list(named) == [person.pk] and Policy.load().is_company_only:
        raise RefusedError(LAST_NAMED.format(person))
