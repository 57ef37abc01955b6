"""What the server itself asks a provider for: guarded, and bounded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import requests
from django.conf import settings

from okr.allowed_calls import outgoing_policy
from okr.company_sign_in.errors import ProviderError
from okr.outgoing import (
    AddressPolicy,
    Answer,
    BadAddress,
    BodyError,
    CallError,
    Patience,
    WayOut,
    read_answer,
    read_place,
)

PATIENCE = Patience(connect=5.0, total=10.0)
OK = 200
Told = dict[str, Any]


def get_json(url: str, headers: Mapping[str, str] | None = None) -> Told:
    return _told(requests.Request("GET", url, headers=dict(headers or {})))


def post_form(url: str, fields: Mapping[str, str], auth: tuple[str, str] | None = None) -> Told:
    return _told(requests.Request("POST", url, data=dict(fields), auth=auth))


def get_bytes(url: str) -> bytes:
    return _answer(requests.Request("GET", url)).body


def _told(request: requests.Request) -> Told:
    """Raises ProviderError."""
    request.headers["Accept"] = "application/json"
    answer = _answer(request)
    try:
        told = answer.json()
    except BodyError:
        told = None
    if not isinstance(told, dict):
        raise ProviderError(f"{request.url} did not answer with a JSON object")
    return told


def _answer(request: requests.Request) -> Answer:
    try:
        with WayOut(policy(), PATIENCE) as out:
            answer = out.ask(request, read_answer)
    except CallError as error:
        raise ProviderError(f"{request.url} could not be asked ({type(error).__name__})") from None
    if answer.status != OK:
        raise ProviderError(f"{request.url} answered with the status {answer.status}")
    return answer


def read_issuer(text: str) -> bool:
    return read_address(text) and "?" not in text


def read_address(text: str) -> bool:
    """Whether it may be asked: https, or http where the operator lists it."""
    try:
        place = read_place(text, policy().allowed_hosts)
    except BadAddress:
        return False
    return text.startswith(place.origin)


def policy() -> AddressPolicy:
    """By the proxy and the certificates of all that the product calls, to hosts of its own list."""
    return replace(outgoing_policy(), allowed_hosts=frozenset(settings.SIGN_IN_HOSTS))
