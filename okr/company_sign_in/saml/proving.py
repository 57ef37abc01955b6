"""Believes an answer only where signature, issuer, audience, address, time and request are right.

The library decides on the signature and the times. Where it is content with what is not said, as
with a missing audience, more is asked for here.
"""

from base64 import b64decode
from typing import Any

from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as Xml

from okr.company_sign_in.errors import ProviderError
from okr.company_sign_in.saml.shapes import Here, House, Proven, Wanted
from okr.company_sign_in.saml.structure import refuse_odd

parse_time = OneLogin_Saml2_Utils.parse_SAML_to_time
LONGEST, LONGEST_SUBJECT, LONGEST_REASON = 300_000, 191, 200
ASSERTION = "/samlp:Response/saml:Assertion"
BEARER = f"{ASSERTION}/saml:Subject/saml:SubjectConfirmation[@Method='{Names.CM_BEARER}']"
NAMES = (
    "displayName",
    "name",
    "urn:oid:2.16.840.1.113730.3.1.241",
    "http://schemas.microsoft.com/identity/claims/displayname",
)
ADDRESSES = (
    "email",
    "mail",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
)


def prove(sent: str, house: House, here: Here, wanted: Wanted) -> Proven:
    """Raises ProviderError, whatever the library trips over: what was sent is anybody's."""
    if len(sent) > LONGEST:
        raise ProviderError("sent an answer of too great a length")
    try:
        refuse_odd(Xml.to_etree(b64decode(sent)))
        answer = OneLogin_Saml2_Response(_settings(house, here), sent)
        _ask_library(answer, here)
        _ask_more(answer.document, house, here)
        return _told(answer, wanted)
    except ProviderError:
        raise
    except Exception as error:
        raise _not_believed(f"{type(error).__name__}: {error}") from None


def _settings(house: House, here: Here) -> OneLogin_Saml2_Settings:
    return OneLogin_Saml2_Settings(
        {
            "strict": True,
            "security": {
                "wantAssertionsSigned": True,
                "wantAttributeStatement": False,
                "wantNameId": False,
                "rejectDeprecatedAlgorithm": True,
                "requestedAuthnContext": False,
                "allowSingleLabelDomains": True,
            },
            "sp": {
                "entityId": here.entity_id,
                "assertionConsumerService": {"url": here.answers_to},
            },
            "idp": {
                "entityId": house.entity_id,
                "singleSignOnService": {"url": house.sends_to},
                "x509certMulti": {"signing": list(house.certificates)},
            },
        }
    )


def _ask_library(answer: OneLogin_Saml2_Response, here: Here) -> None:
    scheme, _, rest = here.answers_to.partition("://")
    host, _, path = rest.partition("/")
    arrived = {"https": "on" if scheme == "https" else "off", "http_host": host}
    if not answer.is_valid(arrived | {"script_name": f"/{path}"}):
        raise _not_believed(answer.get_error())


def _ask_more(document: Any, house: House, here: Here) -> None:
    issuers = _texts(document, f"{ASSERTION}/saml:Issuer")
    meant = [
        here.entity_id in _texts(each, "./saml:Audience")
        for each in Xml.query(document, f"{ASSERTION}/saml:Conditions/saml:AudienceRestriction")
    ]
    confirmed = Xml.query(document, f"{BEARER}/saml:SubjectConfirmationData")
    asked_by = document.get("InResponseTo", "")
    fits = {
        "is not of this provider": issuers == [house.entity_id],
        "does not say that it is for us": bool(meant) and all(meant),
        "was sent to another address": document.get("Destination") in (None, here.answers_to),
        "answers no request of ours": bool(asked_by),
        "is not confirmed": bool(confirmed) and len(confirmed) == len(Xml.query(document, BEARER)),
        "is confirmed for another address": _all(confirmed, "Recipient", here.answers_to),
        "is confirmed for another request": _all(confirmed, "InResponseTo", asked_by),
        "serves for ever": all(each.get("NotOnOrAfter") for each in confirmed),
    }
    for fault, is_right in fits.items():
        if not is_right:
            raise ProviderError(f"sent an answer that {fault}")


def _told(answer: OneLogin_Saml2_Response, wanted: Wanted) -> Proven:
    told: dict[str, list[Any]] = answer.get_attributes()
    name = answer.get_nameid_data()
    subject = _first(told, [wanted.subject]) if wanted.subject else _lasting(name)
    if not subject:
        raise ProviderError(f"does not tell “{wanted.subject}” of somebody")
    if len(subject) > LONGEST_SUBJECT:
        raise ProviderError("knows somebody by a name that is too long")
    email = _first(told, [wanted.email] if wanted.email else ADDRESSES)
    if not email and not wanted.email and name.get("Format") == Names.NAMEID_EMAIL_ADDRESS:
        email = name.get("Value") or ""
    since = Xml.query(answer.document, f"{ASSERTION}/saml:AuthnStatement/@AuthnInstant")[0]
    asked_by = answer.document.get("InResponseTo")
    return Proven(subject, email, asked_by, parse_time(since), _first(told, NAMES))


def _lasting(name: dict[str, Any]) -> str:
    if name.get("Format") != Names.NAMEID_PERSISTENT or not name.get("Value"):
        raise ProviderError(
            "names somebody by a NameID that is not persistent: let it send one, or enter the"
            " attribute that never changes"
        )
    return str(name["Value"]).strip()


def _first(told: dict[str, list[Any]], names: Any) -> str:
    values = (value for name in names for value in told.get(name, []) if isinstance(value, str))
    return next(values, "")


def _texts(node: Any, query: str) -> list[str]:
    return [(Xml.element_text(each) or "").strip() for each in Xml.query(node, query)]


def _all(nodes: Any, name: str, value: str) -> bool:
    return all(each.get(name) == value for each in nodes)


def _not_believed(reason: object) -> ProviderError:
    return ProviderError(f"sent an answer that is not believed: {str(reason)[:LONGEST_REASON]}")
