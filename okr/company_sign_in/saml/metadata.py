"""Reads how an identity provider describes itself: who it is, where people go, how it signs."""

from typing import Any

from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as Xml

from okr.company_sign_in.calls import read_address
from okr.company_sign_in.errors import ProviderError
from okr.company_sign_in.saml.certificates import valid_until
from okr.company_sign_in.saml.shapes import House
from okr.models.sign_in_provider import LONGEST_ADDRESS

LONGEST = 400_000
PEOPLE = "./md:IDPSSODescriptor"
WAY = f"{PEOPLE}/md:SingleSignOnService[@Binding='{Names.BINDING_HTTP_REDIRECT}']"
KEYS = f"{PEOPLE}/md:KeyDescriptor[not(@use) or @use='signing']//ds:X509Certificate"
UNREADABLE = "describes itself in a way that cannot be read as SAML metadata"


def read(text: bytes | str) -> House:
    """Raises ProviderError."""
    described = _descriptor(text)
    (people,) = Xml.query(described, PEOPLE)
    ways = [way.get("Location", "") for way in Xml.query(described, WAY)]
    if not ways:
        raise ProviderError("takes nobody by the HTTP-Redirect binding, or does not say where")
    if not read_address(ways[0]):
        raise ProviderError("sends people to an address that does not begin with https://")
    entity_id = described.get("entityID", "")
    if not 0 < len(entity_id) <= LONGEST_ADDRESS:
        raise ProviderError(f"does not say who it is in at most {LONGEST_ADDRESS} letters")
    return House(
        entity_id=entity_id,
        sends_to=ways[0],
        certificates=tuple(dict.fromkeys(_certificates(described))),
        wants_signed=people.get("WantAuthnRequestsSigned") in ("true", "1"),
    )


def _descriptor(text: bytes | str) -> Any:
    """The one identity provider that it is about."""
    if len(text) > LONGEST:
        raise ProviderError("describes itself at too great a length")
    try:
        root = Xml.to_etree(text.strip())
    except (ValueError, SyntaxError):
        raise ProviderError(UNREADABLE) from None
    found = Xml.query(root, f"//md:EntityDescriptor[{PEOPLE}]")
    if len(found) != 1:
        number = "no identity provider" if not found else "several identity providers"
        raise ProviderError(f"gave a description of {number}")
    return found[0]


def _certificates(described: Any) -> list[str]:
    """Raises ProviderError where there is none, or one of them is none."""
    told = ["".join(node.itertext()).split() for node in Xml.query(described, KEYS)]
    if not told:
        raise ProviderError("tells no certificate that it signs with")
    found = ["".join(words) for words in told]
    for each in found:
        valid_until(each)
    return found
