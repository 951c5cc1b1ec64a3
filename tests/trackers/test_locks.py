"""Turns of one conversation are taken one after the other, in the order they came; others do not wait."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import EndpointConfig

from assistant.serving import free_port
from assistant.trackers import redis_locks
from assistant.trackers.locks import ProcessLocks
from assistant.trackers.redis_locks import RedisLocks
from tests.trackers.conftest import run


@pytest.fixture(scope="module")
def redis_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A real Redis server out of Debian's package, with nothing kept on disk."""
    port = free_port()
    folder = tmp_path_factory.mktemp("redis")
    try:
        server = subprocess.Popen(
            ["redis-server", "--port", str(port), "--save", "", "--dir", str(folder)], stdout=subprocess.DEVNULL
        )
    except FileNotFoundError:
        pytest.skip("Redis is not installed: apt-get install -y redis-server")
    _wait_for(port)
    yield port
    server.terminate()
    server.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("Redis did not start")


@pytest.fixture(params=["process", "redis"])
def stores(request: pytest.FixtureRequest) -> Iterator[tuple[LockStore, LockStore]]:
    """Two lock stores that must agree: twice the same in one process, two clients of one Redis."""
    if request.param == "process":
        one = ProcessLocks()
        yield one, one
        return
    at = EndpointConfig(url=f"redis://127.0.0.1:{request.getfixturevalue('redis_port')}/0")
    yield RedisLocks(at), RedisLocks(at)


def test_turns_of_one_conversation_keep_their_order(stores: tuple[LockStore, LockStore]) -> None:
    done: list[tuple[int, str]] = []

    async def turn(number: int) -> None:
        async with stores[number % 2].lock("ann"):
            done.append((number, "begins"))
            await asyncio.sleep(0.05)
            done.append((number, "ends"))

    async def twenty() -> None:
        for store in stores:  # connects, so that none of the twenty has to
            async with store.lock("ann"):
                pass
        tasks = []
        for number in range(20):
            tasks.append(asyncio.create_task(turn(number)))
            await asyncio.sleep(0.02)
        await asyncio.gather(*tasks)

    run(twenty())
    assert done == [(number, what) for number in range(20) for what in ("begins", "ends")]


def test_nobody_waits_for_somebody_else(stores: tuple[LockStore, LockStore]) -> None:
    async def both() -> bool:
        async with stores[0].lock("ann"), stores[1].lock("ben"):
            return True

    assert run(both())


def test_a_turn_that_breaks_off_lets_the_next_one_go_on(stores: tuple[LockStore, LockStore]) -> None:
    async def broken() -> None:
        async with stores[0].lock("ann"):
            raise ValueError("the action server is away")

    async def then() -> bool:
        with pytest.raises(ValueError, match="away"):
            await broken()
        async with stores[1].lock("ann"):
            return True

    assert run(then())


def test_the_place_of_a_process_that_died_is_passed_over(redis_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_locks, "LEASE", 0.2)
    at = EndpointConfig(url=f"redis://127.0.0.1:{redis_port}/0")

    async def dead_then_living() -> bool:
        dead = RedisLocks(at)
        await dead._queue_up("psoas:turns:eve", "dead")
        async with RedisLocks(at).lock("eve"):
            return True

    assert run(dead_then_living())


def test_without_redis_a_turn_is_refused_instead_of_taken_out_of_order() -> None:
    nowhere = EndpointConfig(url=f"redis://127.0.0.1:{free_port()}/0")

    async def try_it() -> None:
        async with RedisLocks(nowhere).lock("ann"):
            raise AssertionError("taken")

    with pytest.raises(LockError):
        run(try_it())
