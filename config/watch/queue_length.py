"""How many messages wait in the queue, asked of Redis or counted in the folder."""

from pathlib import Path

from celery import current_app
from django.conf import settings

SECONDS = 2.0


def queue_length() -> int:
    """Raises OSError or a RedisError where the queue cannot be reached."""
    names = list(current_app.amqp.queues)
    return _in_redis(names) if settings.REDIS_URL else _in_folder(names)


def _in_folder(names: list[str]) -> int:
    folder = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])
    endings = tuple(f".{name}.msg" for name in names)
    return sum(entry.name.endswith(endings) for entry in folder.iterdir())


def _in_redis(names: list[str]) -> int:
    """Imported only here: redis takes a third of a second, and most programs never ask."""
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    patience = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
    with Redis.from_url(settings.REDIS_URL, retry=Retry(NoBackoff(), 0), **patience) as redis:
        return sum(int(redis.llen(name)) for name in names)
