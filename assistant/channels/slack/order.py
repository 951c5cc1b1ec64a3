"""Work in the background, one piece after another for each conversation, so that Slack is answered at once."""

import asyncio
import logging
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

logger = logging.getLogger(__name__)

MOST_WAITING = 12
"""People write in bursts of short messages; more than so many unread ones are not kept."""
Work = Callable[[], Awaitable[None]]


class InOrder:
    """Runs what it is given, in the order it came in for each conversation, and conversations beside each other."""

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._most = most_waiting
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[str] = Counter()
        self._running: set[asyncio.Task[None]] = set()

    def start(self, conversation: str, work: Work) -> bool:
        """Whether the work was taken; False when too much waits for this conversation already."""
        if self._waiting[conversation] >= self._most:
            return False
        self._waiting[conversation] += 1
        task = asyncio.ensure_future(self._run(conversation, work))
        self._running.add(task)
        task.add_done_callback(lambda ended: self._end(ended, conversation))
        return True

    async def _run(self, conversation: str, work: Work) -> None:
        async with self._locks.setdefault(conversation, asyncio.Lock()):
            await work()

    def _end(self, task: "asyncio.Task[None]", conversation: str) -> None:
        self._running.discard(task)
        self._waiting[conversation] -= 1
        if not self._waiting[conversation]:
            del self._waiting[conversation]
        fault = None if task.cancelled() else task.exception()
        if fault:
            logger.error("work for a Slack talk failed: %s", without_words(fault))


def without_words(fault: BaseException) -> str:
    """What a fault was and where it came from, without its message: that could hold what a person said."""
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(fault.__traceback__)]
    return "\n  ".join([type(fault).__name__, *places])
