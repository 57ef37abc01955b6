"""A secret opens for its owner, whatever its parts were called when it was sealed."""

import json

import pytest
from cryptography.fernet import Fernet

from okr.sealing import SealError, seal, unseal

OWNER = ["webhook", "7"]


@pytest.mark.parametrize("names", [("of", "secret"), ("origin", "token")])
def test_what_earlier_versions_sealed_still_opens_for_its_owner_alone(settings, names):
    told = json.dumps(dict(zip(names, (OWNER, "canary"), strict=True))).encode()
    sealed = Fernet(settings.FIELD_KEYS[0]).encrypt(told).decode()

    assert unseal(sealed, OWNER) == "canary"
    with pytest.raises(SealError):
        unseal(sealed, ["webhook", "8"])


def test_what_is_sealed_now_earlier_versions_open_too(settings):
    sealed = seal("canary", OWNER)

    opened = json.loads(Fernet(settings.FIELD_KEYS[0]).decrypt(sealed.encode()))

    assert opened == {"origin": OWNER, "token": "canary"}
