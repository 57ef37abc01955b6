"""Signs what a webhook is sent, as standardwebhooks.com describes it.

`webhook-id`, `webhook-timestamp` and the body, with points between them, are signed by HMAC-SHA256.
`webhook-signature` holds a signature of each secret that is valid, with a space between them.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from okr.models.webhook import LEAD


def signed_headers(
    number: str, at: datetime, body: bytes, secrets: Sequence[str]
) -> dict[str, str]:
    moment = str(int(at.timestamp()))
    content = b".".join([number.encode(), moment.encode(), body])
    return {
        "webhook-id": number,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{signature(each, content)}" for each in secrets),
    }


def signature(secret: str, content: bytes) -> str:
    key = b64decode(secret.removeprefix(LEAD))
    return b64encode(hmac.new(key, content, sha256).digest()).decode()
