"""Reads the mail server's address: smtp (STARTTLS where there is a password) or smtps."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 587, "smtps": 465}
WRONG = "PLUMBLINE_EMAIL_URL must be like smtp://person:password@mail.example.org:587."


def mail_settings(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings for a server; without one, messages are written into the folder."""
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(folder)}
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured(WRONG) from error
    if not parts.hostname:
        raise ImproperlyConfigured(WRONG)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.password),
        "EMAIL_TIMEOUT": 10,
    }
