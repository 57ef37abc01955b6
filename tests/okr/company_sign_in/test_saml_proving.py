"""A SAML answer is believed only where everything about it is right."""

import re

import pytest
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names

from okr.company_sign_in.errors import ProviderError
from okr.company_sign_in.saml.gate import prove
from okr.company_sign_in.saml.shapes import Proven, Wanted
from tests.identity.saml_answers import (
    HERE,
    REQUEST,
    SIGNED_IN_AT,
    Answer,
    audience,
    make_keys,
    packed,
    told,
)

OURS, FOREIGN = make_keys(), make_keys()
USUAL = Answer(OURS)
BOB = told("mail", "bob@larkspur.example")
DOCTYPE = '<!DOCTYPE r [<!ENTITY who "ada-7">]>'


def believed(sent: str, wanted: Wanted | None = None) -> Proven:
    return prove(sent, OURS.house, HERE, wanted or Wanted())


def test_an_answer_that_is_right_in_everything_is_believed():
    ada = Proven("ada-7", "ada@larkspur.example", REQUEST, SIGNED_IN_AT)
    assert believed(USUAL.sent) == ada


def test_a_signature_around_the_whole_is_proven_too():
    assert believed(packed(USUAL.sign(USUAL.around(USUAL.signed)))).subject == "ada-7"


def test_an_attribute_that_an_admin_names_tells_who_it_is():
    named = USUAL.but(
        format=Names.NAMEID_TRANSIENT, attributes=told("staff", "7") + told("work", "ada@x.example")
    )

    proven = believed(named.sent, Wanted("staff", "work"))
    assert (proven.subject, proven.email) == ("7", "ada@x.example")


def test_a_name_that_is_an_address_tells_the_address():
    named = USUAL.but(
        format=Names.NAMEID_EMAIL_ADDRESS, subject="ada@x.example", attributes=told("staff", "7")
    )

    assert believed(named.sent, Wanted("staff")).email == "ada@x.example"


@pytest.mark.parametrize(
    "changes",
    [
        {"keys": FOREIGN},
        {"issuer": "https://login.elsewhere.example/saml"},
        {"issuer": ""},
        {"audiences": audience("https://another.example/")},
        {"audiences": ""},
        {"audiences": audience(HERE.entity_id) + audience("https://another.example/")},
        {"recipient": f"{HERE.answers_to}more/"},
        {"recipient": "https://another.example/"},
        {"recipient": ""},
        {"destination": f"{HERE.answers_to}more/"},
        {"destination": "https://another.example/"},
        {"since": 30, "ends": 60},
        {"since": -60, "ends": -30},
        {"until": -1},
        {"until": None},
        {"answers": "", "confirms": ""},
        {"answers": ""},
        {"confirms": ""},
        {"confirms": "_of-another-session"},
        {"status": "urn:oasis:names:tc:SAML:2.0:status:Responder"},
        {"format": Names.NAMEID_TRANSIENT},
        {"format": Names.NAMEID_EMAIL_ADDRESS},
        {"format": Names.NAMEID_UNSPECIFIED},
        {"subject": ""},
        {"subject": "a" * 192},
        {"attributes": told("mail", "ada@larkspur.example") + BOB},
        {"signs": Names.RSA_SHA1},
        {"digests": Names.SHA1},
    ],
    ids=lambda changes: " and ".join(changes),
)
def test_an_answer_that_is_wrong_in_one_thing_is_not(changes):
    with pytest.raises(ProviderError):
        believed(USUAL.but(**changes).sent)


SIGNED = USUAL.signed
SIGNATURE = re.search(r"<ds:Signature.*</ds:Signature>", SIGNED, re.DOTALL).group()  # type: ignore[union-attr]
EVIL = USUAL.but(subject="olga-1").assertion
EVIL_OF_ANOTHER_NAME = EVIL.replace('ID="_assertion"', 'ID="_evil"')
HIDING = SIGNATURE.replace("</ds:Signature>", f"<ds:Object>{SIGNED}</ds:Object></ds:Signature>")
XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"
CANONICAL = 'CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#'
EXTENSIONS = "<samlp:Extensions>{}</samlp:Extensions>"


def spoilt(old: str, new: str) -> str:
    assert old in SIGNED
    return USUAL.around(SIGNED.replace(old, new, 1))


@pytest.mark.parametrize(
    "text",
    [
        USUAL.around(USUAL.assertion),
        USUAL.sign(USUAL.around(USUAL.assertion)),
        USUAL.around(SIGNED.replace("ada-7", "olga-1")),
        USUAL.around(SIGNED + EVIL_OF_ANOTHER_NAME),
        USUAL.around(EVIL_OF_ANOTHER_NAME + SIGNED),
        USUAL.but(before=EXTENSIONS.format(SIGNED)).around(EVIL),
        USUAL.but(before=EXTENSIONS.format(SIGNED)).around(EVIL_OF_ANOTHER_NAME),
        USUAL.around(EVIL.replace("<saml:Subject>", f"{SIGNATURE}<saml:Subject>")),
        USUAL.around(EVIL.replace("<saml:Subject>", f"{SIGNATURE}{SIGNED}<saml:Subject>")),
        USUAL.around(EVIL_OF_ANOTHER_NAME.replace("<saml:Subject>", f"{HIDING}<saml:Subject>")),
        spoilt('URI="#_assertion"', 'URI=""'),
        spoilt('URI="#_assertion"', 'URI="#_response"'),
        spoilt("</ds:Reference>", '</ds:Reference><ds:Reference URI="file:///etc/hostname"/>'),
        spoilt("<ds:Transforms>", f'<ds:Transforms><ds:Transform Algorithm="{XSLT}"/>'),
        spoilt(CANONICAL, f"{CANONICAL}WithComments"),
        spoilt("xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256"),
        DOCTYPE + USUAL.around(SIGNED),
        DOCTYPE + USUAL.around(SIGNED.replace("ada-7", "&who;")),
        USUAL.around("<saml:EncryptedAssertion/>"),
        USUAL.around(""),
        "<samlp:Response",
        "",
        "a" * 300_001,
    ],
)  # fmt: skip
def test_what_is_wrapped_changed_or_hidden_is_not_believed(text):
    with pytest.raises(ProviderError):
        believed(packed(text))


def test_a_comment_does_not_cut_a_name_short():
    parted = USUAL.but(subject="ada-7.of.elsewhere").signed.replace("ada-7.", "ada-7<!-- -->.")

    assert believed(packed(USUAL.around(parted))).subject == "ada-7.of.elsewhere"


@pytest.mark.parametrize("sent", ["", "no answer", "%%%", "PGE+"])
def test_what_is_no_answer_at_all_is_refused(sent):
    with pytest.raises(ProviderError):
        believed(sent)
