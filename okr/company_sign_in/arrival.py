"""Who of ours is meant when a provider vouches for somebody, and who is not let in."""

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction

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


@dataclass(frozen=True, slots=True)
class Arrival:
    """`subject` is what the provider knows somebody by, whatever becomes of name and address."""

    provider: SignInProvider
    subject: str
    email: str
    is_verified: bool

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
            person: Person | None = found.filter(email__iexact=self.email).first()
            if person is None:
                raise self._turned_away("is nobody here", NOT_KNOWN)
            if self.provider.accounts.filter(user=person).exclude(uid=self.subject).exists():
                raise self._turned_away("has another account already", SOMEBODY_ELSE)
            SocialAccount.objects.get_or_create(
                provider=self.provider.slug, uid=self.subject, defaults={"user": person}
            )
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
