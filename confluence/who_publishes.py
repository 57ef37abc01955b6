"""Who may publish what a unit or the company does, and in which spaces of Confluence."""

from django.core.exceptions import PermissionDenied

from confluence.models import ConfluenceSettings, PublishingSpace
from okr.models import Level, Person, Unit

OFF = "Publishing to Confluence is not switched on. Ask an OKR admin."
NO_SPACE = "No space of Confluence has been chosen for publishing yet. Ask an OKR admin."
NOT_YOURS = "Only who leads this unit and OKR admins can publish it."
OF_ADMINS = "Only OKR admins can publish what the company does."


def may_publish(person: Person, unit: Unit | None) -> bool:
    """Without a unit it is about the company."""
    return person.may_create(Level.UNIT if unit else Level.COMPANY, unit)


def require_publisher(person: Person, unit: Unit | None) -> None:
    """Raises PermissionDenied with the reason."""
    if not may_publish(person, unit):
        raise PermissionDenied(NOT_YOURS if unit else OF_ADMINS)


def spaces_to_publish(person: Person, unit: Unit | None) -> list[PublishingSpace]:
    """Those that an admin chose. Raises PermissionDenied with the reason where nothing is
    published."""
    require_publisher(person, unit)
    if not ConfluenceSettings.load().publishes:
        raise PermissionDenied(OFF)
    spaces = list(PublishingSpace.objects.select_related("connection"))
    if not spaces:
        raise PermissionDenied(NO_SPACE)
    return spaces


def offers_publishing(person: Person, unit: Unit | None) -> bool:
    """Whether to show the way there at all."""
    if not may_publish(person, unit):
        return False
    return ConfluenceSettings.load().publishes and PublishingSpace.objects.exists()
