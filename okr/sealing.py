"""Seals a secret together with what it belongs to: it opens for that alone."""

import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealError(Exception):
    """Made with another key, changed since, or belonging to something else."""


def seal(secret: str, owner: list[str]) -> str:
    return _keys().encrypt(json.dumps({"origin": owner, "token": secret}).encode()).decode()


def unseal(sealed: str, owner: list[str]) -> str:
    """Raises SealError for a wrong key or any other owner."""
    try:
        kept = json.loads(_keys().decrypt(sealed.encode()))
    except InvalidToken as error:
        raise SealError("cannot be opened with the keys in use") from error
    sealed_for, secret = kept.values()  # in this order, under whatever names
    if sealed_for != owner:
        raise SealError("belongs to something else")
    return str(secret)


def _keys() -> MultiFernet:
    """Newest first: the first seals, all of them open."""
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
