"""The order of turns: those of one conversation are taken one after the other, as they came, without polling."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore


class ProcessLocks(LockStore):  # type: ignore[misc]
    """For one Rasa process; in endpoints.yml: ``lock_store: {type: assistant.trackers.locks.ProcessLocks}``.

    Rasa's own in-memory lock looks once a second whether a waiting turn may go on; here it goes on at once.
    """

    def __init__(self, endpoint_config: Any = None) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._turns: Counter[str] = Counter()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncGenerator[TicketLock, None]:
        """Wait for the turns of this conversation that came before; asyncio's locks are first come, first served."""
        self._turns[conversation_id] += 1
        try:
            async with self._locks.setdefault(conversation_id, asyncio.Lock()):
                yield TicketLock(conversation_id)
        finally:
            self._turns[conversation_id] -= 1
            if not self._turns[conversation_id]:
                del self._turns[conversation_id], self._locks[conversation_id]
