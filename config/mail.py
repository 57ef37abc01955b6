"""Reads the mail server's address: smtp (STARTTLS where there is a password) or smtps."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = "django.core.mail.backends"
PORTS = {"smtp": 587, "smtps": 465}
WRONG = "PLUMBLINE_EMAIL_URL must be like smtp://person:password@mail.example.org:587."


def mail_settings(url: str, folder: Path | None) -> dict[str, Any]:
    """Django's settings for a server; without one, messages are written into the folder, if any."""
    if not url:
        return (
            written_into(folder) if folder else {"EMAIL_BACKEND": f"{BACKENDS}.dummy.EmailBackend"}
        )
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured(WRONG) from error
    if not parts.hostname:
        raise ImproperlyConfigured(WRONG)
    return {
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.password),
        "EMAIL_TIMEOUT": 10,
    }


def written_into(folder: Path) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    return {"EMAIL_BACKEND": f"{BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": str(folder)}
