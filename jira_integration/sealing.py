"""Seals a token together with the address it belongs to: it opens for that address alone."""

import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from jira_integration.client import JiraError


class SealError(JiraError):
    """The sealed text was made with another key, was changed, or belongs to another address."""

    code = "sealed_token"
    retry = False
    stops_connection = True


def seal(token: str, origin: list[str]) -> str:
    return _keys().encrypt(json.dumps({"origin": origin, "token": token}).encode()).decode()


def unseal(sealed: str, origin: list[str]) -> str:
    """The token. Raises SealError for a wrong key or any other origin."""
    try:
        kept = json.loads(_keys().decrypt(sealed.encode()))
    except InvalidToken as error:
        raise SealError("The saved token cannot be opened with the keys in use.") from error
    if kept["origin"] != origin:
        raise SealError("The saved token belongs to another address.")
    token: str = kept["token"]
    return token


def _keys() -> MultiFernet:
    """Newest first: the first seals, all of them open."""
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
