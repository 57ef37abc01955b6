"""Answers of a SAML provider, made and signed here, for what an honest one never sends."""

from base64 import b64encode
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from okr.company_sign_in.saml.shapes import Here, House

HOUSE = "https://login.larkspur.example/saml"
HERE = Here(
    "https://okr.example/sign-in/saml/x/metadata/", "https://okr.example/sign-in/saml/x/answer/"
)
REQUEST, SIGNED_IN_AT = "_of-this-session", 1_790_000_000
WHOLE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{response}" Version="2.0"
 IssueInstant="{now}"{destination}{answers}><saml:Issuer>{issuer}</saml:Issuer>{before}
<samlp:Status><samlp:StatusCode Value="{status}"/></samlp:Status>{assertion}</samlp:Response>"""
ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}"
 Version="2.0" IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>
<saml:NameID Format="{format}">{subject}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData{recipient}{answers}{until}/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{since}" NotOnOrAfter="{ends}">{audience}</saml:Conditions>
<saml:AuthnStatement AuthnInstant="{signed_in}"><saml:AuthnContext>
<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{attributes}
</saml:AttributeStatement></saml:Assertion>"""

METADATA = """<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"
 entityID="{house}">
<md:IDPSSODescriptor {wants} protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="{use}"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
<ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
</md:KeyDescriptor><md:SingleSignOnService Location="{place}"
 Binding="urn:oasis:names:tc:SAML:2.0:bindings:{binding}"/></md:IDPSSODescriptor>
</md:EntityDescriptor>"""


@dataclass(frozen=True)
class Keys:
    pem: str
    certificate: str

    @property
    def house(self) -> House:
        body = "".join(self.certificate.splitlines()[1:-1])
        return House(HOUSE, "https://login.larkspur.example/sso", (body,))


def make_keys(key: RSAPrivateKey | None = None) -> Keys:
    key = key or generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "larkspur")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return Keys(pem, made.public_bytes(Encoding.PEM).decode())


def told(name: str, value: str) -> str:
    text = f"<saml:AttributeValue>{value}</saml:AttributeValue>"
    return f'<saml:Attribute Name="{name}">{text}</saml:Attribute>'


def audience(*names: str) -> str:
    said = "".join(f"<saml:Audience>{name}</saml:Audience>" for name in names)
    return f"<saml:AudienceRestriction>{said}</saml:AudienceRestriction>" if names else ""


def minutes(number: int) -> str:
    return f"{datetime.now(UTC) + timedelta(minutes=number):%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True)
class Answer:
    """What is said; each word may be another, and an empty attribute is left out."""

    keys: Keys
    issuer: str = HOUSE
    subject: str = "ada-7"
    format: str = Names.NAMEID_PERSISTENT
    destination: str = HERE.answers_to
    recipient: str = HERE.answers_to
    answers: str = REQUEST
    confirms: str = REQUEST
    audiences: str = field(default=audience(HERE.entity_id))
    attributes: str = field(default=told("mail", "ada@larkspur.example"))
    status: str = Names.STATUS_SUCCESS
    since: int = -1
    ends: int = 5
    until: int | None = 5
    before: str = ""
    signs: str = Names.RSA_SHA256
    digests: str = Names.SHA256

    def but(self, **changes: object) -> "Answer":
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def assertion(self) -> str:
        return ASSERTION.format(
            id="_assertion",
            now=minutes(0),
            signed_in=f"{datetime.fromtimestamp(SIGNED_IN_AT, UTC):%Y-%m-%dT%H:%M:%SZ}",
            issuer=self.issuer,
            format=self.format,
            subject=self.subject,
            recipient=_said("Recipient", self.recipient),
            answers=_said("InResponseTo", self.confirms),
            until=_said("NotOnOrAfter", "" if self.until is None else minutes(self.until)),
            since=minutes(self.since),
            ends=minutes(self.ends),
            audience=self.audiences,
            attributes=self.attributes,
        )

    @property
    def signed(self) -> str:
        return self.sign(self.assertion)

    def sign(self, text: str) -> str:
        made: bytes = OneLogin_Saml2_Utils.add_sign(
            text,
            self.keys.pem,
            self.keys.certificate,
            sign_algorithm=self.signs,
            digest_algorithm=self.digests,
        )
        return made.decode()

    def around(self, assertion: str) -> str:
        return WHOLE.format(
            response="_response",
            now=minutes(0),
            destination=_said("Destination", self.destination),
            answers=_said("InResponseTo", self.answers),
            issuer=self.issuer,
            status=self.status,
            before=self.before,
            assertion=assertion,
        )

    @property
    def sent(self) -> str:
        return packed(self.around(self.signed))


def _said(name: str, value: str) -> str:
    return f' {name}="{value}"' if value else ""


def packed(text: str | bytes) -> str:
    return b64encode(text.encode() if isinstance(text, str) else text).decode()


@cache
def described(**changes: str) -> str:
    """What a provider tells of itself."""
    usual = {
        "house": HOUSE,
        "wants": "",
        "use": "signing",
        "certificate": make_keys().house.certificates[0],
        "place": "https://login.larkspur.example/sso?a=1&amp;b=2",
        "binding": "HTTP-Redirect",
    }
    return METADATA.format(**usual | changes)
