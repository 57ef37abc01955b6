"""Reads the environment: typed, with one sentence for a value that cannot be used."""

import os
import re
import secrets
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

FILED = re.compile(r"(?:PLUMBLINE_[A-Z_]+|DATABASE_URL|REDIS_URL)_FILE$")
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


class Environment:
    """A read-only view of environment variables."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def text(self, name: str, default: str = "") -> str:
        """The variable, or what is in the file that its twin with _FILE at the end names."""
        return self._variables.get(name, "").strip() or self._filed(name) or default

    def files(self) -> list[tuple[str, Path]]:
        """The files that variables of ours are read from."""
        ours = [name for name in self._variables if FILED.match(name)]
        return [(name, Path(self._variables[name].strip())) for name in ours]

    def _filed(self, name: str) -> str:
        path = self._variables.get(f"{name}_FILE", "").strip()
        try:
            return Path(path).read_text().strip() if path else ""
        except (OSError, UnicodeDecodeError):
            raise ImproperlyConfigured(f"{name}_FILE is {path}; that cannot be read.") from None

    def names(self, name: str, default: str = "") -> list[str]:
        """A comma-separated list without empty members."""
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def flag(self, name: str, default: bool) -> bool:
        word = self.text(name, "yes" if default else "no").lower()
        if word not in TRUE | FALSE:
            raise ImproperlyConfigured(f"{name} is {word!r}; it must be yes or no.")
        return word in TRUE

    def networks(self, name: str) -> list[IPv4Network | IPv6Network]:
        """A comma-separated list of addresses and networks, as 10.1.2.3 or 10.1.0.0/16."""
        try:
            return [ip_network(part) for part in self.names(name)]
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} names no network: {error}.") from None

    def number(self, name: str, default: int, least: int, most: int) -> int:
        word = self.text(name, str(default))
        if not word.isdecimal() or not least <= int(word) <= most:
            raise ImproperlyConfigured(
                f"{name} is {word!r}; it must be a whole number from {least} to {most}."
            )
        return int(word)

    def days(self, name: str, default: int, least: int = 1) -> int:
        """How long something is kept; 0 is for ever."""
        word = self.text(name, str(default))
        return 0 if word == "0" else self.number(name, default, least, 36_500)


def environment() -> Environment:
    return Environment(os.environ)


def kept_secret(path: Path, made: str) -> str:
    """The secret in a file that only its owner may read; `made` is written where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(made)
    return made


def new_secret_key() -> str:
    return secrets.token_urlsafe(50)


def new_field_key() -> str:
    """A Fernet key: 32 random bytes, URL-safe base64."""
    return Fernet.generate_key().decode()
