"""The providers as the sign-in page offers them."""

from dataclasses import dataclass

from django.urls import reverse

from okr.models import Policy, SignInProvider


@dataclass(frozen=True, slots=True)
class Offer:
    name: str
    begins_at: str


def offers() -> list[Offer]:
    return [Offer(each.name, begins_at(each)) for each in SignInProvider.objects.on()]


def is_company_only() -> bool:
    return Policy.load().is_company_only


def begins_at(provider: SignInProvider) -> str:
    return reverse(f"{provider.kind}_login", args=[provider.slug])
