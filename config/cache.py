"""The cache of several web processes: Redis, and while it cannot be reached each one's own memory.

A page never fails or waits for want of a cache, and the limits of signing in still count.
"""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

TRIED_AGAIN_AFTER = 5.0  # seconds
OPERATIONS = (
    *("add", "get", "set", "touch", "delete", "has_key", "incr", "clear"),
    *("get_many", "set_many", "delete_many"),
)


class SteadyClient(RedisCacheClient):
    """Asks Redis, and while that does not answer the memory of this process."""

    down_until = 0.0

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, retry=Retry(NoBackoff(), 1), **options)
        self.own = LocMemCache(__name__, {})

    def steadily(self, name: str, *arguments: Any) -> Any:
        if monotonic() >= SteadyClient.down_until:
            try:
                return getattr(super(), name)(*arguments)
            except (RedisError, OSError) as error:
                SteadyClient.down_until = monotonic() + TRIED_AGAIN_AFTER
                logger.warning("The cache cannot be reached (%s); our own memory serves.", error)
        return getattr(self.own, name)(*arguments)


def operation(name: str) -> Callable[..., Any]:
    def steady(self: SteadyClient, *arguments: Any) -> Any:
        return self.steadily(name, *arguments)

    return steady


for each in OPERATIONS:
    setattr(SteadyClient, each, operation(each))


class SteadyCache(RedisCache):
    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SteadyClient
