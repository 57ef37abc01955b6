"""An identity provider of the company, which tells us who somebody is."""

from typing import Self

from allauth.socialaccount.models import SocialAccount
from django.db import models, transaction
from django.utils.text import slugify

from okr.models.policy import Policy
from okr.models.refusing import RefusedError
from okr.models.version import Versioned
from okr.sealing import seal, unseal

NEEDED = (
    "Everybody signs in through {}. Let people in with their passwords again, or switch another"
    " provider on, first."
)
LONGEST_NAME, LONGEST_ADDRESS = 60, 500


class SignInKind(models.TextChoices):
    """By allauth's words for them."""

    OPENID = "openid_connect", "OpenID Connect"
    SAML = "saml", "SAML 2.0"


class SignInProviders(models.QuerySet["SignInProvider"]):
    def on(self) -> Self:
        return self.filter(is_on=True)

    def forget_secrets(self) -> None:
        """Nobody comes in by a provider that had one until an admin enters it again."""
        self.exclude(sealed_secret="").update(is_on=False, sealed_secret="")


class SignInProvider(Versioned):
    """The `slug` stands in the addresses that the provider knows, and never changes."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=SignInKind, default=SignInKind.OPENID)
    is_on = models.BooleanField(default=False)
    issuer = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    client_id = models.CharField(max_length=255, blank=True)
    sealed_secret = models.TextField(blank=True, editable=False)
    metadata = models.TextField(blank=True, db_default="", default="")
    metadata_address = models.CharField(
        max_length=LONGEST_ADDRESS, blank=True, db_default="", default=""
    )
    subject_attribute = models.CharField(max_length=255, blank=True, db_default="", default="")
    email_attribute = models.CharField(max_length=255, blank=True, db_default="", default="")
    domains = models.JSONField(default=list, blank=True)
    trusts_email = models.BooleanField(
        default=False,
        help_text="An address counts as verified though nobody says so.",
    )
    adds_people = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whoever comes from one of its domains and is nobody here yet is added.",
    )

    objects = SignInProviders.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """Raises SealError where no key in use opens it."""
        return unseal(self.sealed_secret, self._owner) if self.sealed_secret else ""

    @property
    def _owner(self) -> list[str]:
        return [self.slug, self.issuer]

    @property
    def accounts(self) -> "models.QuerySet[SocialAccount]":
        """Whom it signed in, by the subjects that it knows them by."""
        found: models.QuerySet[SocialAccount] = SocialAccount.objects.filter(provider=self.slug)
        return found

    def answers_for(self, email: str) -> bool:
        """Whether people of this address come from here; without domains, all do."""
        return not self.domains or email.rpartition("@")[2].lower() in self.domains

    def keep(self, secret: str = "") -> None:
        """An empty secret keeps the one that is there, unless the issuer changed: then nobody is
        remembered either, since another issuer may mean others by the same subjects, and so may
        another attribute."""
        with transaction.atomic():
            self.claim_version()
            self.slug = self.slug or free_slug(self.name)
            if self._is_moved():
                self.sealed_secret = ""
                self.accounts.delete()
            if secret:
                self.sealed_secret = seal(secret, self._owner)
            self.save()

    def may_be_off(self) -> bool:
        others = SignInProvider.objects.on().exclude(pk=self.pk)
        return others.exists() or not Policy.load().is_company_only

    def _is_moved(self) -> bool:
        told_by = ("issuer", "subject_attribute")
        before = SignInProvider.objects.filter(pk=self.pk).values_list(*told_by).first()
        return before is not None and before != (self.issuer, self.subject_attribute)

    def remove(self) -> None:
        """Raises RefusedError where nobody but the named admins could sign in any more."""
        with transaction.atomic():
            if not self.may_be_off():
                raise RefusedError(NEEDED.format(self))
            self.accounts.delete()
            self.delete()


def free_slug(name: str) -> str:
    """From the name; with a number where it is taken, or is what allauth calls a kind."""
    wanted = slugify(name)[:60] or "company"
    alike = SignInProvider.objects.filter(slug__startswith=wanted)
    taken = {*SignInKind.values, *alike.values_list("slug", flat=True)}
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
