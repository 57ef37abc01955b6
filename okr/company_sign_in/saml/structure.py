"""Refuses what no honest answer looks like, before anything in it is fetched or believed.

The library that proves signatures follows every reference in them and takes any transformation;
here only the plain form is let through: one reference, to the element that carries the signature.
"""

from typing import Any

from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as Xml

from okr.company_sign_in.errors import ProviderError

DSIG, MORE = "http://www.w3.org/2000/09/xmldsig#", "http://www.w3.org/2001/04/xmldsig-more#"
CANONICAL = "http://www.w3.org/2001/10/xml-exc-c14n#"
TRANSFORMS = {f"{DSIG}enveloped-signature", CANONICAL}
SIGNED_BY = {f"{MORE}{kind}-sha{size}" for kind in ("rsa", "ecdsa") for size in (256, 384, 512)}
DIGESTED_BY = {
    "http://www.w3.org/2001/04/xmlenc#sha256",
    f"{MORE}sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512",
}
CARRIERS = "/samlp:Response/ds:Signature | /samlp:Response/saml:Assertion/ds:Signature"
FORBIDDEN = "//ds:Object | //ds:RetrievalMethod | //ds:HMACOutputLength | //ds:Manifest"


def refuse_odd(document: Any) -> None:
    """Raises ProviderError."""
    if Xml.query(document, "//saml:EncryptedAssertion | //saml:EncryptedID"):
        raise ProviderError("sent an encrypted answer; let it send a signed one")
    names = [str(name) for name in Xml.query(document, "//@ID")]
    signatures = Xml.query(document, "//ds:Signature")
    _ask(len(names) == len(set(names)), "names two things alike")
    _ask(signatures == Xml.query(document, CARRIERS), "has a signature in a place of its own")
    _ask(not Xml.query(document, FORBIDDEN), "has more in a signature than is taken")
    for signature in signatures:
        _refuse_odd_signature(signature)


def _refuse_odd_signature(signature: Any) -> None:
    def told(name: str) -> list[str]:
        return [str(value) for value in Xml.query(signature, f"./ds:SignedInfo{name}")]

    carrier = f"#{signature.getparent().get('ID')}"
    _ask(told("//ds:Reference/@URI") == [carrier], "signs something else than itself")
    _ask(len(Xml.query(signature, ".//ds:Reference")) == 1, "signs several things at once")
    _ask({*told("//ds:Transform/@Algorithm")} <= TRANSFORMS, "is changed before it is signed")
    _ask(told("/ds:CanonicalizationMethod/@Algorithm") == [CANONICAL], "is written oddly")
    _ask({*told("/ds:SignatureMethod/@Algorithm")} <= SIGNED_BY, "is signed in a way of old")
    _ask({*told("//ds:DigestMethod/@Algorithm")} <= DIGESTED_BY, "is digested in a way of old")


def _ask(fits: bool, fault: str) -> None:
    if not fits:
        raise ProviderError(f"sent an answer that {fault}")
