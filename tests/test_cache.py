"""The cache of several web programs: shared while Redis answers, and never in the way when not."""

import socket
from collections.abc import Iterator
from time import monotonic

import pytest

from config.cache import SteadyCache, SteadyClient
from tests.servers import Servers, free_port


@pytest.fixture(autouse=True)
def _up() -> Iterator[None]:
    SteadyClient.down_until = 0.0
    yield
    SteadyClient.down_until = 0.0


def at(address: str) -> SteadyCache:
    waits = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
    return SteadyCache(address, {"OPTIONS": waits, "KEY_PREFIX": address})


def test_a_cache_that_is_gone_is_replaced_by_our_own_memory():
    works(at(f"redis://127.0.0.1:{free_port()}/0"))


def test_a_cache_that_is_frozen_is_waited_for_once():
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        cache = at(f"redis://127.0.0.1:{frozen.getsockname()[1]}/0")
        cache.get("anything")
        assert monotonic() < SteadyClient.down_until
        works(cache)


@pytest.mark.servers
def test_a_cache_that_answers_is_shared(servers: Servers):
    works(at(servers.redis_url))
    assert SteadyClient.down_until == 0.0
    at(servers.redis_url).set("told", "once")
    assert at(servers.redis_url).get("told") == "once"


def works(cache: SteadyCache) -> None:
    assert cache.add("word", "first")
    assert not cache.add("word", "second")
    cache.set_many({"count": 1, "gone": 2}, 60)
    assert cache.incr("count", 2) == 3
    assert cache.delete("gone")
    assert cache.touch("word", 30)
    assert cache.get_many(["word", "count", "gone"]) == {"word": "first", "count": 3}
    assert cache.has_key("word")
    cache.delete_many(["word", "count"])
    assert cache.get("word", "none") == "none"
