"""What the two sides of a SAML sign-in know of each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class House:
    """An identity provider by its own description; the certificates are what it signs with."""

    entity_id: str
    sends_to: str
    certificates: tuple[str, ...]
    wants_signed: bool = False


@dataclass(frozen=True, slots=True)
class Here:
    """We, as a provider knows us."""

    entity_id: str
    answers_to: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """The attributes that tell who somebody is; the first empty: the NameID does."""

    subject: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Proven:
    """Whom a provider vouches for, in answer to which request of ours, and since when (epoch)."""

    subject: str
    email: str
    asked_by: str
    signed_in_at: int
    name: str = ""
