"""What a provider signs with, as an admin looks at it."""

from base64 import b64decode
from datetime import datetime

from cryptography import x509

from okr.company_sign_in.errors import ProviderError


def valid_until(certificate: str) -> datetime:
    """Raises ProviderError."""
    try:
        return x509.load_der_x509_certificate(b64decode(certificate)).not_valid_after_utc
    except ValueError:
        raise ProviderError("tells a certificate that cannot be read") from None
