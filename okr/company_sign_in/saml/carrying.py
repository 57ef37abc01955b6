"""Carries whom a provider vouches for over to the session that asked.

The answer is posted from another site, so the browser keeps the session's cookie back. What was
proven goes on in a cookie of its own, signed, for the minute until the browser comes by itself.
"""

from dataclasses import astuple

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from okr.company_sign_in.saml.shapes import Proven

COOKIE, PATH, SALT = "saml-answer", "/sign-in/saml/", "okr.company_sign_in.saml"
SECONDS = 60


def carry(response: HttpResponseBase, slug: str, proven: Proven) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(astuple(proven), salt=f"{SALT}.{slug}", compress=True),
        max_age=SECONDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def carried(request: HttpRequest, slug: str) -> Proven | None:
    try:
        told = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=f"{SALT}.{slug}", max_age=SECONDS
        )
    except signing.BadSignature:
        return None
    return Proven(*told)


def drop(response: HttpResponseBase) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
