"""The order of turns over several Rasa processes: a queue in Redis for each conversation.

A turn puts its token at the end of the conversation's queue and begins when it is at the head. Each token lives as long as the
process behind it says so; the token of a process that died is passed over after `LEASE` seconds.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockError, LockStore
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError, RedisError

LEASE = 6.0
"""Seconds that a token lives without word from its process."""
LOOK_EVERY = 0.02
"""Seconds between two looks of a waiting turn."""
PATIENCE = 60.0
"""Seconds after which a turn gives up waiting."""
AGAIN, AGAIN_AFTER = 3, 0.1
"""How often and after how many seconds Redis is asked again when a connection broke, as after its restart."""
logger = logging.getLogger(__name__)


class RedisLocks(LockStore):  # type: ignore[misc]
    """In endpoints.yml: ``lock_store: {type: assistant.trackers.redis_locks.RedisLocks, url: redis://HOST:6379/0}``."""

    def __init__(self, endpoint_config: Any) -> None:
        again = Retry(ConstantBackoff(AGAIN_AFTER), AGAIN)
        options = {"socket_timeout": 5, "socket_connect_timeout": 2, "decode_responses": True}
        self._redis = Redis.from_url(endpoint_config.url, retry=again, retry_on_error=[ConnectionError], **options)

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncGenerator[TicketLock, None]:
        """Wait for the turns of this conversation that came before, in whichever process. Raises LockError where Redis is
        away or the wait is too long."""
        queue, token = f"psoas:turns:{conversation_id}", secrets.token_hex(8)
        try:
            await self._queue_up_surely(queue, token)
            await asyncio.wait_for(self._reach_head(queue, token), PATIENCE)
        except (RedisError, OSError, asyncio.TimeoutError) as fault:
            await self._leave(queue, token)
            raise LockError(f"The order of turns cannot be kept: {type(fault).__name__}") from fault
        lease = asyncio.create_task(self._stay(token))
        try:
            yield TicketLock(conversation_id)
        finally:
            lease.cancel()
            await self._leave(queue, token)

    async def _queue_up_surely(self, queue: str, token: str) -> None:
        """A connection that broke since the last turn is found broken here; redis-py does not repeat a transaction."""
        for left in reversed(range(AGAIN)):
            try:
                await self._queue_up(queue, token)
                break
            except ConnectionError:
                if not left:
                    raise
                await asyncio.sleep(AGAIN_AFTER)

    async def _queue_up(self, queue: str, token: str) -> None:
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.set(_lease(token), 1, px=int(LEASE * 1000))
            pipe.rpush(queue, token)
            pipe.expire(queue, int(2 * PATIENCE))
            await pipe.execute()

    async def _reach_head(self, queue: str, token: str) -> None:
        while (head := await self._redis.lindex(queue, 0)) != token:
            if head is None:
                await self._queue_up(queue, token)
                continue
            await self._renew(token)
            if not await self._redis.exists(_lease(head)):
                await self._redis.lrem(queue, 1, head)
                continue
            await asyncio.sleep(LOOK_EVERY)

    async def _renew(self, token: str) -> None:
        await self._redis.set(_lease(token), 1, px=int(LEASE * 1000))

    async def _stay(self, token: str) -> None:
        while True:
            await asyncio.sleep(LEASE / 3)
            with suppress(RedisError, OSError):
                await self._renew(token)

    async def _leave(self, queue: str, token: str) -> None:
        try:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.lrem(queue, 0, token)
                pipe.delete(_lease(token))
                await pipe.execute()
        except (RedisError, OSError) as fault:
            logger.warning("A turn's place could not be given up and ends by itself: %s", type(fault).__name__)


def _lease(token: str) -> str:
    return f"psoas:turn:{token}"
