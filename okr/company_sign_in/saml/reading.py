"""The description of a SAML provider: as it was saved, or as it stands at its address by now."""

import structlog
from django.core.cache import cache

from okr.company_sign_in.calls import get_bytes
from okr.company_sign_in.errors import ProviderError
from okr.company_sign_in.saml.gate import read_metadata
from okr.company_sign_in.saml.shapes import House
from okr.models import SignInProvider

logger = structlog.get_logger(__name__)
AN_HOUR = 3_600
OTHER = "calls itself {!r} by now, not {!r}"


def house_of(provider: SignInProvider) -> House:
    """Where it has an address, at most an hour old, so that new certificates come by themselves.

    Raises ProviderError.
    """
    if not provider.metadata_address:
        return read_metadata(provider.metadata)
    key = f"saml-metadata-{provider.pk}-{provider.version}"
    house: House | None = cache.get(key)
    if house is None:
        house = _by_now(provider)
        cache.set(key, house, AN_HOUR)
    return house


def _by_now(provider: SignInProvider) -> House:
    """What was saved, where the address does not answer, or speaks for somebody else."""
    try:
        return read_now(provider)
    except ProviderError as error:
        logger.warning("company sign-in failed", provider=provider.name, reason=str(error))
        return read_metadata(provider.metadata)


def read_now(provider: SignInProvider) -> House:
    """As it stands there in this moment. Raises ProviderError."""
    if not provider.metadata_address:
        return read_metadata(provider.metadata)
    house = read_metadata(get_bytes(provider.metadata_address))
    if house.entity_id != provider.issuer:
        raise ProviderError(OTHER.format(house.entity_id, provider.issuer))
    return house
