"""Who of ours is meant when a provider vouches for somebody, and who is not let in."""

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from okr.audit import noted
from okr.company_sign_in.answers import FAILED
from okr.company_sign_in.errors import TurnedAwayError
from okr.models import Person, SignInProvider

NO_ADDRESS = "{provider} did not tell us your email address. Ask whoever runs it."
NOT_VERIFIED = "{provider} has not verified {email} as your address. Ask whoever runs it."
NOT_KNOWN = "{product} knows nobody with the address {email}. Ask an OKR admin to add you."
OTHER_DOMAIN = "People with an address like {email} do not sign in through {provider}."
SOMEBODY_ELSE = (
    "Another account of {provider} already signs in as {email}."
    " If it was yours, ask an OKR admin to let it go."
)


LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Arrival:
    """`subject` is what the provider knows somebody by, whatever becomes of name and address."""

    provider: SignInProvider
    subject: str
    email: str
    is_verified: bool
    name: str = ""

    def person(self) -> Person:
        """Raises TurnedAwayError."""
        known = self.provider.accounts.filter(uid=self.subject).first()
        person: Person = known.user if known else self._met_first()
        if not person.is_active:
            raise self._turned_away("has left", NOT_KNOWN)
        return person

    def _met_first(self) -> Person:
        """By the address, and from then on by the subject."""
        self._refuse_address()
        with transaction.atomic():
            found = Person.objects.active().select_for_update(no_key=True)
            named = found.filter(email__iexact=self.email)
            known = next((each for each in named if alike(each.email, self.email)), None)
            person = known or self._added()
            if person is None:
                raise self._turned_away("is nobody here", NOT_KNOWN)
            if self.provider.accounts.filter(user=person).exclude(uid=self.subject).exists():
                raise self._turned_away("has another account already", SOMEBODY_ELSE)
            SocialAccount.objects.get_or_create(
                provider=self.provider.slug, uid=self.subject, defaults={"user": person}
            )
        return person

    def _added(self) -> Person | None:
        """As an employee of no unit. None where nobody is added; whoever has left stays away."""
        may_be = self.provider.adds_people and self.provider.domains
        if not may_be or Person.objects.filter(email__iexact=self.email).exists():
            return None
        fresh = Person(email=self.email.strip().lower(), name=self.name or _name_in(self.email))
        try:
            fresh.clean_fields(exclude=["password"])
            with noted("people.arrived") as note:
                note.say(provider=self.provider)
                person = Person.objects.join(email=fresh.email, name=fresh.name)
                note.about = person
        except (ValidationError, IntegrityError):
            raise self._turned_away("could not be added", FAILED) from None
        return person

    def _refuse_address(self) -> None:
        if not self.email:
            raise self._turned_away("has no address", NO_ADDRESS)
        if not (self.is_verified or self.provider.trusts_email):
            raise self._turned_away("has an address that is not verified", NOT_VERIFIED)
        if not self.provider.answers_for(self.email):
            raise self._turned_away("has an address of another domain", OTHER_DOMAIN)

    def _turned_away(self, reason: str, sentence: str) -> TurnedAwayError:
        told = {"product": settings.PRODUCT_NAME, "provider": self.provider, "email": self.email}
        return TurnedAwayError(reason, sentence.format(**told))


def alike(one: str, other: str) -> bool:
    """Only capitals of ASCII count as their small letters: a database also takes ı for i, and an
    address that merely looks like a colleague's is somebody else's."""
    both_plain = one.isascii() and other.isascii()
    return one == other or (both_plain and one.lower() == other.lower())


def _name_in(email: str) -> str:
    """Where the provider tells none: “Noor New” of noor.new@larkspur.example."""
    words = email.partition("@")[0].replace(".", " ").replace("_", " ").split()
    return " ".join(words).title()[:LONGEST_NAME]
