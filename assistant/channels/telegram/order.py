"""Work in the background: one thing at a time and in order for each chat, chats beside each other."""

import asyncio
import logging
import traceback
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from assistant.channels.telegram.api import TelegramError

logger = logging.getLogger(__name__)

Job = Callable[[], Coroutine[Any, Any, None]]


class InOrder:
    """Runs jobs in the event loop that it is called from; what fails is logged."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[int] = Counter()
        self._running: set[asyncio.Task[None]] = set()

    def start(self, chat: int, job: Job) -> None:
        """Runs the job after all earlier ones of the chat."""
        self._waiting[chat] += 1
        self._watch(asyncio.ensure_future(self._after_earlier(chat, job)))

    def beside(self, job: Job) -> None:
        """Runs the job now, whatever else is under way."""
        self._watch(asyncio.ensure_future(job()))

    def waiting(self, chat: int) -> int:
        """How many jobs of the chat have not ended."""
        return self._waiting[chat]

    async def end(self, seconds: float) -> None:
        """Lets what is under way end, and stops what takes longer."""
        tasks = set(self._running)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _after_earlier(self, chat: int, job: Job) -> None:
        lock = self._locks.setdefault(chat, asyncio.Lock())
        try:
            async with lock:
                await job()
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat]

    def _watch(self, task: "asyncio.Task[None]") -> None:
        self._running.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        fault = None if task.cancelled() else task.exception()
        if fault:
            logger.error("the Telegram door could not finish something: %s", without_words(fault))


def without_words(fault: BaseException) -> str:
    """What a fault was and where, without its message: that could hold what a person said."""
    words = str(fault) if isinstance(fault, TelegramError) else ""
    return "\n".join([f"{type(fault).__name__} {words}", *traceback.format_tb(fault.__traceback__)]).rstrip()
