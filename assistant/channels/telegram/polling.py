"""Fetches updates from Telegram instead of waiting for them: no public address is needed."""

import asyncio
import fcntl
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.channels.telegram.api import Call, RefusedError, TelegramApi
from assistant.channels.telegram.memory import Memory
from assistant.channels.telegram.updates import ALLOWED, number_of

logger = logging.getLogger(__name__)

AT_ONCE = 50
LONG_POLL = 50
"""Seconds for which Telegram holds a request open until there is something."""
FOR_EVER = float("inf")
CONFLICT = 409
SOMEBODY_ELSE = 30.0
"""Seconds between two looks whether the other one that fetches this bot's updates has ended."""
DISK_FULL = 5.0
"""Seconds until the next try where the state folder cannot be written."""


async def poll(api: TelegramApi, memory: Memory, take: Callable[[Any], None], lock: Path) -> None:
    """Hands every update to ``take`` once, in order, until cancelled; only one process at a time (``lock``) fetches.

    Raises RefusedError where Telegram does not know the bot.
    """
    with lock.open("a") as file:
        while not _locked(file.fileno()):
            logger.warning("another process fetches the updates; this one waits")
            await asyncio.sleep(SOMEBODY_ELSE)
        await api.call(Call("deleteWebhook"), FOR_EVER)
        while True:
            try:
                _hand_on(await _fetch(api, memory.offset()), memory, take)
            except sqlite3.Error as fault:
                logger.error("updates could not be noted down (%s); they are fetched again", fault)
                await asyncio.sleep(DISK_FULL)


def _hand_on(updates: list[Any], memory: Memory, take: Callable[[Any], None]) -> None:
    for update in updates:
        take(update)
    numbers = [number for number in map(number_of, updates) if number is not None]
    if numbers:
        memory.move_to(max(numbers) + 1)


async def _fetch(api: TelegramApi, offset: int) -> list[Any]:
    fields = {"offset": offset, "limit": AT_ONCE, "timeout": LONG_POLL, "allowed_updates": list(ALLOWED)}
    try:
        updates = await api.call(Call("getUpdates", fields), FOR_EVER)
    except RefusedError as refused:
        if refused.code != CONFLICT:
            raise
        logger.warning("%s; trying again in %.0f s", refused, SOMEBODY_ELSE)
        await asyncio.sleep(SOMEBODY_ELSE)
        return []
    return updates if isinstance(updates, list) else []


def _locked(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
