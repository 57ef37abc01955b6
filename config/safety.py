"""What must be so in production: each fault is a sentence, all are told at once, no secret is."""

from base64 import urlsafe_b64decode
from collections.abc import Iterator
from ipaddress import ip_address
from stat import S_IROTH, S_IWOTH
from urllib.parse import SplitResult, urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.http.request import split_domain_port, validate_host

from config.environment import Environment

REQUIRED = (
    "PLUMBLINE_SECRET_KEY",
    "PLUMBLINE_FIELD_KEYS",
    "PLUMBLINE_HOSTS",
    "PLUMBLINE_ADDRESS",
    "DATABASE_URL",
    "REDIS_URL",
)
SAMPLES = ("django-insecure", "change", "example", "secret", "password", "123456", "abcdef")
KNOWN = {"password", "postgres", "plumbline", "redis", "secret", "changeme", "change-me", "admin"}
DIFFERENT = 10  # characters that a key has at least; sixteen are all of a hexadecimal one


def refuse_unsafe(env: Environment) -> None:
    faults = [fault for look in LOOKS for fault in look(env)]
    if faults:
        raise ImproperlyConfigured("\n".join(faults))


def missing(env: Environment) -> Iterator[str]:
    for name in REQUIRED:
        if not env.text(name):
            yield f"In production {name} must be set."


def open_files(env: Environment) -> Iterator[str]:
    for name, path in env.files():
        if path.is_file() and path.stat().st_mode & (S_IROTH | S_IWOTH):
            yield f"{path} ({name}) is open to everybody on this machine: chmod o= it."


def weak_secret_key(env: Environment) -> Iterator[str]:
    key = env.text("PLUMBLINE_SECRET_KEY")
    if key and len(key) < 50:
        yield "PLUMBLINE_SECRET_KEY is shorter than 50 characters."
    elif key and (len(set(key)) < DIFFERENT or any(word in key.lower() for word in SAMPLES)):
        yield "PLUMBLINE_SECRET_KEY is a sample: make one of random characters."


def weak_field_keys(env: Environment) -> Iterator[str]:
    keys = env.names("PLUMBLINE_FIELD_KEYS")
    for number, key in enumerate(keys, start=1):
        if not is_fernet(key):
            yield f"Key {number} of PLUMBLINE_FIELD_KEYS is no Fernet key: 32 random bytes, base64."
        elif len(set(urlsafe_b64decode(key))) < DIFFERENT:
            yield f"Key {number} of PLUMBLINE_FIELD_KEYS is a sample: make a random one."
        if key in env.text("PLUMBLINE_SECRET_KEY"):
            yield "PLUMBLINE_SECRET_KEY and PLUMBLINE_FIELD_KEYS share a key: make another."


def is_fernet(key: str) -> bool:
    try:
        return bool(Fernet(key))
    except ValueError:
        return False


def open_hosts(env: Environment) -> Iterator[str]:
    for host in env.names("PLUMBLINE_HOSTS"):
        if host == "*":
            yield "PLUMBLINE_HOSTS is *: name the hosts, as okr.example.org."
        elif "*" in host or not split_domain_port(host)[0] or split_domain_port(host)[1]:
            yield f"PLUMBLINE_HOSTS has {host!r}: it takes names alone, as okr.example.org."


def plain_addresses(env: Environment) -> Iterator[str]:
    for name in ("PLUMBLINE_ADDRESS", "PLUMBLINE_ORIGINS", "PLUMBLINE_JIRA_GATEWAY"):
        for address in env.names(name):
            parts = urlsplit(address)
            if parts.scheme != "https" or not parts.hostname or "*" in address:
                yield f"{name} must be https, as https://okr.example.org."


def unnamed_address(env: Environment) -> Iterator[str]:
    hosts = env.names("PLUMBLINE_HOSTS")
    host = urlsplit(env.text("PLUMBLINE_ADDRESS")).hostname
    if host and hosts and not validate_host(f"[{host}]" if ":" in host else host, hosts):
        yield "PLUMBLINE_HOSTS does not name the host of PLUMBLINE_ADDRESS."


def weak_database(env: Environment) -> Iterator[str]:
    parts = urlsplit(env.text("DATABASE_URL"))
    if parts.scheme and parts.scheme not in {"postgres", "postgresql"}:
        yield "DATABASE_URL must be of PostgreSQL, as postgresql://person:password@host:5432/name."
    elif known(parts):
        yield "The password in DATABASE_URL is a sample: make a random one."


def weak_redis(env: Environment) -> Iterator[str]:
    unguarded = env.flag("PLUMBLINE_REDIS_UNGUARDED", default=False)
    for name in ("REDIS_URL", "PLUMBLINE_CACHE_URL"):
        parts = urlsplit(env.text(name))
        if parts.scheme and parts.scheme not in {"redis", "rediss", "unix"}:
            yield f"{name} must be of Redis, as redis://:password@host:6379/0."
        elif known(parts):
            yield f"The password in {name} is a sample: make a random one."
        elif parts.hostname and not (parts.password or unguarded or is_here(parts.hostname)):
            yield (
                f"{name} has no password: give Redis one, or set PLUMBLINE_REDIS_UNGUARDED=yes"
                " where nobody else can reach it."
            )


def known(parts: SplitResult) -> bool:
    return bool(parts.password) and str(parts.password).lower() in KNOWN


def is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


LOOKS = (
    missing,
    open_files,
    weak_secret_key,
    weak_field_keys,
    open_hosts,
    plain_addresses,
    unnamed_address,
    weak_database,
    weak_redis,
)
